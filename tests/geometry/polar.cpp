// SPDX-License-Identifier: BSL-1.0
#include <quoin/geometry/polar.hpp>

#include "support/sampling.hpp"

#include <quoin/exec/to_image.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include <limits>
#include <numbers>

using namespace quoin;

namespace {

/// Sine and cosine differ from those of the library by less than 2^-32 of the places, but for quarters.
test::places places_of(double center_x, double center_y, double radius, extent size) {
    return [=](index_t x, index_t y) {
        double const angle = 2 * std::numbers::pi * static_cast<double>(y) / static_cast<double>(size.height);
        bool const quarter = 4 * y % size.height == 0;
        double const c = quarter ? std::round(std::cos(angle)) : std::cos(angle);
        double const s = quarter ? std::round(std::sin(angle)) : std::sin(angle);
        double const r = static_cast<double>(x) * (radius / static_cast<double>(size.width));
        return test::near_place(center_x + r * c, center_y + r * s);
    };
}

template <class P, class Border>
std::string check(Border border, double x, double y, double radius) {
    std::string wrong;
    for (extent const in : {extent{1, 1}, extent{2, 3}, extent{70, 33}})
        for (extent const size : {extent{1, 1}, extent{65, 8}, extent{83, 21}})
            if (wrong.empty())
                wrong = test::check_sampling<P>(in, border, size, places_of(x, y, radius, size),
                                                [&](interpolation how) { return polar(x, y, radius, size, how); });
    return wrong;
}

} // namespace

TEST_CASE("polar: discs inside and outside", "[geometry][polar]") {
    CHECK(check<std::uint8_t>(constant(7), 35, 16, 16) == "");
    CHECK(check<std::uint8_t>(constant(7), -10.3, 40.6, 60.7) == "");
    CHECK(check<rgb8>(replicate, 30.1, 16.2, 31.3) == "");
    CHECK(check<float>(wrap, 30.1, 16.2, 31.3) == "");
}

TEST_CASE("polar: angles begin to the right and turn clockwise", "[geometry][polar]") {
    auto const in = test::random_pixels<std::uint8_t>({21, 21}, 3);
    test::guarded<std::uint8_t> const source(in);
    auto const out = to_image(serial{}, source.view() | polar(10, 10, 10, {10, 4}, interpolation::cubic));
    for (index_t r = 0; r < 10; ++r) {
        CHECK(out(r, 0) == in(10 + r, 10));
        CHECK(out(r, 1) == in(10, 10 + r));
        CHECK(out(r, 2) == in(10 - r, 10));
        CHECK(out(r, 3) == in(10, 10 - r));
    }
}

TEST_CASE("polar: errors", "[geometry][polar]") {
    using Catch::Matchers::Message;
    CHECK_THROWS_MATCHES(polar(1, 1, 0, {5, 5}), invalid_argument,
                         Message("quoin::polar: a radius of 0 pixels; give a number above 0"));
    CHECK_THROWS_AS(polar(1, 1, std::numeric_limits<double>::infinity(), {5, 5}), invalid_argument);
    CHECK_THROWS_MATCHES(polar(1, std::numeric_limits<double>::quiet_NaN(), 3, {5, 5}), invalid_argument,
                         Message("quoin::polar: the center has nan; give finite numbers"));
    CHECK_THROWS_MATCHES(
        polar(1, 1, 3, {}), invalid_argument,
        Message("quoin::polar: a result of 0 x 0 pixels; give a width and a height from 1 to 2147483647"));
    CHECK_THROWS_MATCHES((image_view<std::uint8_t const>{} | polar(1, 1, 3, {5, 5})), invalid_argument,
                         Message("quoin::polar: the input has 0 x 0 pixels; give an image that is not empty"));
}
