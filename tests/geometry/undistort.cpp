// SPDX-License-Identifier: BSL-1.0
#include <quoin/geometry/undistort.hpp>

#include "support/sampling.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include <limits>

using namespace quoin;

namespace {

/// The formula as in the header.
test::places places_of(camera c, distortion d) {
    return [c, d](index_t column, index_t row) {
        double const x = (static_cast<double>(column) - c.cx) / c.fx, y = (static_cast<double>(row) - c.cy) / c.fy;
        double const r = x * x + y * y;
        double const radial = 1 + r * (d.k1 + r * (d.k2 + r * d.k3));
        double const u = x * radial + d.p1 * (2 * x * y) + d.p2 * (r + 2 * (x * x));
        double const v = y * radial + d.p1 * (r + 2 * (y * y)) + d.p2 * (2 * x * y);
        return test::near_place(c.fx * u + c.cx, c.fy * v + c.cy);
    };
}

template <class P, class Border>
std::string check(Border border, distortion const& d) {
    std::string wrong;
    for (extent const size : {extent{1, 1}, extent{2, 3}, extent{70, 33}}) {
        camera const c{60.5, 58.25, static_cast<double>(size.width) * 0.47, static_cast<double>(size.height) * 0.55};
        if (wrong.empty())
            wrong = test::check_sampling<P>(size, border, size, places_of(c, d),
                                            [&](interpolation how) { return undistort(c, d, how); });
    }
    return wrong;
}

constexpr distortion barrel{-0.28, 0.07, 0.001, -0.0005, 0.01}, pincushion{2.5, 1, -0.02, 0.03, 0.5};

} // namespace

TEST_CASE("undistort: lenses", "[geometry][undistort]") {
    CHECK(check<std::uint8_t>(constant(7), barrel) == "");
    CHECK(check<std::uint8_t>(constant(7), pincushion) == "");
    CHECK(check<rgb8>(replicate, barrel) == "");
    CHECK(check<std::uint16_t>(wrap, pincushion) == "");
    CHECK(check<float>(reflect_101, barrel) == "");
    // So strong that places are beyond 2^30, and not numbers.
    CHECK(check<std::uint8_t>(constant(7), {1e12, -1e12, 3, 3, 1e15}) == "");
    CHECK(check<std::uint8_t>(constant(7), {1e308, -1e308, 1e308, 1e308, 1e308}) == "");
}

TEST_CASE("undistort: no distortion copies", "[geometry][undistort]") {
    auto const in = test::random_pixels<std::uint8_t>({70, 33}, 3);
    for (auto const how : test::interpolations)
        CHECK(test::check_pipeline(in, in, [&](auto v) { return v | undistort({64, 32, 35.5, 16.25}, {}, how); }) ==
              "");
}

TEST_CASE("undistort: errors", "[geometry][undistort]") {
    using Catch::Matchers::Message;
    CHECK_THROWS_MATCHES(undistort({0, 5, 1, 1}, {}), invalid_argument,
                         Message("quoin::undistort: focal lengths of 0 and 5 pixels; give numbers above 0"));
    CHECK_THROWS_MATCHES(undistort({5, 5, std::numeric_limits<double>::infinity(), 1}, {}), invalid_argument,
                         Message("quoin::undistort: the camera has inf; give finite numbers"));
    CHECK_THROWS_MATCHES(undistort({5, 5, 1, 1}, {.k3 = std::numeric_limits<double>::quiet_NaN()}), invalid_argument,
                         Message("quoin::undistort: the distortion has nan; give finite numbers"));
    CHECK_THROWS_MATCHES((image_view<std::uint8_t const>{} | undistort({5, 5, 1, 1}, {})), invalid_argument,
                         Message("quoin::undistort: the input has 0 x 0 pixels; give an image that is not empty"));
}
