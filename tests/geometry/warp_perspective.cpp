// SPDX-License-Identifier: BSL-1.0
#include <quoin/geometry/warp_perspective.hpp>

#include "support/sampling.hpp"

#include <quoin/exec/to_image.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include <limits>

using namespace quoin;

namespace {

test::places places_of(perspective const& m) {
    return [m](index_t column, index_t row) {
        double const x = static_cast<double>(column), y = static_cast<double>(row);
        double const w = (m.g * x + m.h * y) + m.i;
        return test::near_place(((m.a * x + m.b * y) + m.c) / w, ((m.d * x + m.e * y) + m.f) / w, w != 0);
    };
}

template <class P, class Border>
std::string check(extent in, Border border, perspective const& m, extent size) {
    return test::check_sampling<P>(in, border, size, places_of(m),
                                   [&](interpolation how) { return warp_perspective(m, how, size); });
}

/// Within; turned; with a horizon in the image, on pixels and between them; far away; in the middle between two
/// multiples of 1/2048.
constexpr perspective maps[] = {{0.9, 0.1, 0.3, -0.1, 0.95, 4.7, 0.001, -0.002, 1},
                                {-1.5, 0.7, 40.3, 0.6, 2.3, -9.1, 0.02, 0.01, 2},
                                {1, 0, 3, 0, 1, 4, 0.0625, 0, -1},
                                {10, 1, 3, 2, 10, 4, 0.1, -0.07, -0.3},
                                {1.5, 0, 3.0 / 4096, 0, 4.5, -9.0 / 4096, 0, 0, 3},
                                {1, 0, 1e12, 0, 1, -1e12, 0, 0, 1},
                                {3e300, 0, 1, 0, 2e300, 0, 1e300, 0, 1e300}};

} // namespace

TEST_CASE("warp_perspective: places within and outside, and horizons", "[geometry][warp_perspective]") {
    for (perspective const& m : maps)
        for (extent const in : {extent{1, 1}, extent{2, 3}, extent{70, 33}}) {
            CAPTURE(m.a, in.width);
            CHECK(check<std::uint8_t>(in, constant(99), m, {83, 21}) == "");
            CHECK(check<rgb8>(in, constant(99), m, {66, 9}) == "");
        }
}

TEST_CASE("warp_perspective: other borders", "[geometry][warp_perspective]") {
    for (extent const size : {extent{1, 1}, extent{30, 20}}) {
        CHECK(check<std::uint8_t>(size, reflect, maps[1], {40, 21}) == "");
        CHECK(check<float>(size, replicate, maps[1], {40, 21}) == "");
    }
}

TEST_CASE("warp_perspective: exact copies, and the last places", "[geometry][warp_perspective]") {
    auto const in = test::random_pixels<std::uint8_t>({70, 40}, 3);
    for (auto const how : test::interpolations) {
        CHECK(test::check_pipeline(in, in, [&](auto v) { return v | warp_perspective({}, how); }) == "");
        CHECK(test::check_pipeline(
                  in, in, [&](auto v) { return v | warp_perspective({-4, 0, 0, 0, -4, 0, 0, 0, -4}, how); }) == "");
    }
    // Far to the right the place is 2^30, and below a divisor of 0 it is -2^30 on both axes: of wrapped columns 0 and
    // 0.
    std::uint8_t const values[] = {10, 20, 30, 40, 50, 60};
    image_view<std::uint8_t const> const view(values, 3, 2);
    auto const far = to_image(serial{}, view | extend(wrap) | warp_perspective({1, 0, 1e15, 0, 1, 0, 0, 0, 1}));
    CHECK(far(0, 0) == values[(1 << 30) % 3]);
    CHECK(far(0, 1) == values[(1 << 30) % 3 + 3]);
    auto const none = to_image(serial{}, view | extend(wrap) | warp_perspective({1, 0, 1, 0, 1, 5, 1, 0, 0}));
    CHECK(none(0, 1) == values[2]); // -2^30 = -1 of 3, 0 of 2
    // Infinity minus infinity in one coordinate.
    extent const size{3, 3};
    auto const no_row =
        to_image(serial{}, view | extend(wrap) |
                               warp_perspective({1, 0, 4, 1e308, -1e308, 0, 0, 0, 1}, interpolation::linear, size));
    CHECK(no_row(2, 2) == values[2]);
    auto const no_column =
        to_image(serial{}, view | extend(wrap) |
                               warp_perspective({1e308, -1e308, 0, 0, 1, 5, 0, 0, 1}, interpolation::linear, size));
    CHECK(no_column(2, 2) == values[2]);
}

TEST_CASE("warp_perspective: maps one after another, and backwards", "[geometry][warp_perspective]") {
    constexpr perspective m{0.5, 0.25, 3, -0.25, 1, 2, 0.125, 0.5, 2}, back = m.inverse();
    for (double const x : {0.0, 3.0, 10.0}) {
        double const y = 2 * x - 1;
        auto const of = [](perspective const& p, double u, double v) {
            double const w = p.g * u + p.h * v + p.i;
            return std::pair{(p.a * u + p.b * v + p.c) / w, (p.d * u + p.e * v + p.f) / w};
        };
        auto const [u, v] = of(m, x, y);
        auto const [p, q] = of(back, u, v);
        CHECK(std::abs(p - x) + std::abs(q - y) < 1e-12);
        auto const [s, t] = of(m.then(back), x, y);
        CHECK(std::abs(s - x) + std::abs(t - y) < 1e-12);
        auto const [a, b] = of(m.then(m), x, y);
        auto const [c, d] = of(m, u, v);
        CHECK(std::abs(a - c) + std::abs(b - d) < 1e-12);
    }
    CHECK_THROWS_AS((perspective{1, 2, 3, 2, 4, 6, 0, 0, 1}.inverse()), invalid_argument);
}

TEST_CASE("warp_perspective: errors", "[geometry][warp_perspective]") {
    using Catch::Matchers::Message;
    CHECK_THROWS_MATCHES(warp_perspective({1, 0, 0, 0, 1, 0, 0, 0, 0}), invalid_argument,
                         Message("quoin::warp_perspective: the map 1:0:0:0:1:0:0:0:0 is singular; give one whose "
                                 "determinant is not 0"));
    CHECK_THROWS_MATCHES(warp_perspective({1, 0, std::numeric_limits<double>::quiet_NaN()}), invalid_argument,
                         Message("quoin::warp_perspective: the map has nan; give finite numbers"));
    CHECK_THROWS_AS(warp_perspective({}, interpolation::linear, {-1, 5}), invalid_argument);
    CHECK_THROWS_MATCHES(
        (image_view<std::uint8_t const>{} | warp_perspective({})), invalid_argument,
        Message("quoin::warp_perspective: the input has 0 x 0 pixels; give an image that is not empty"));
}
