// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/color/oklab.hpp>

#include "support/spaces.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <limits>

using namespace quoin;
using test::color;
using test::encoding;
using test::errors;
using test::errors_of;

namespace {

encoding const bytes{{255, 255, 255}, {0, 128, 128}};

color oklab_of(color const& c) {
    double const r = test::light(c[0]), g = test::light(c[1]), b = test::light(c[2]);
    double const l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double const m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double const s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}
color rgb_of(color const& c) {
    auto const cube = [](double x) { return x * x * x; };
    double const l = cube(c[0] + 0.3963377774 * c[1] + 0.2158037573 * c[2]);
    double const m = cube(c[0] - 0.1055613458 * c[1] - 0.0638541728 * c[2]);
    double const s = cube(c[0] - 0.0894841775 * c[1] - 1.2914855480 * c[2]);
    return {test::stored(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
            test::stored(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
            test::stored(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)};
}

} // namespace

TEST_CASE("rgb_to_oklab and back: bytes are the rounded real values but close to halves", "[filter][oklab]") {
    errors const e = errors_of(rgb_to_oklab, test::whole_of(oklab_of, bytes), 17);
    CHECK(e.share < 1e-4);
    CHECK(e.most < 0.5003);
    errors const back = errors_of(oklab_to_rgb, test::whole_back(rgb_of, bytes), 17);
    CHECK(back.share < 2e-4);
    CHECK(back.most < 0.502);
    CHECK(rgb_to_oklab(rgba8{255, 255, 255, 7}) == rgba8{255, 128, 128, 7});
    CHECK(rgb_to_oklab(rgb8{0, 0, 0}) == rgb8{0, 128, 128});
    CHECK(rgb_to_oklab(test::bgr<std::uint8_t>{0, 0, 255}).r == 160); // L of red is 0.628
    STATIC_CHECK(!concepts::stage_for<rgb_to_oklab_fn, std::uint8_t>);
    STATIC_CHECK(!concepts::stage_for<oklab_to_rgb_fn, rgb<std::int16_t>>);
}

TEST_CASE("rgb_to_oklab and back: lanes, other types of channels", "[filter][oklab]") {
    CHECK(test::wrong_space(rgb_to_oklab, oklab_to_rgb, oklab_of, rgb_of, bytes, bytes, {0.5003, 0.55, 1e-6},
                            {0.502, 1.5, 2e-5}) == "");
}

TEST_CASE("rgb_to_oklab: known colors, colors outside of 0..1", "[filter][oklab]") {
    // CSS Color 4: oklch(0.62796 0.25768 29.234) is red.
    auto const red = rgb_to_oklab(rgbf{1, 0, 0});
    CHECK(std::abs(red.r - 0.62796f) < 1e-4f);
    CHECK(std::abs(red.g - 0.22486f) < 1e-4f);
    CHECK(std::abs(red.b - 0.12585f) < 1e-4f);
    float const nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
    CHECK(rgb_to_oklab(rgbf{nan, -1, 0}) == rgbf{0, 0, 0});
    CHECK(rgb_to_oklab(rgbf{infinity, 2, 1}) == rgb_to_oklab(rgbf{1, 1, 1}));
    CHECK(oklab_to_rgb(rgbf{nan, 0, 0}) == rgbf{0, 0, 0});
    auto const white = oklab_to_rgb(rgbf{1.5f, 0, 0});
    CHECK((std::abs(white.r - 1) < 1e-6f && std::abs(white.g - 1) < 1e-6f && std::abs(white.b - 1) < 1e-6f));
}
