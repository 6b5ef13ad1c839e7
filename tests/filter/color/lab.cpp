// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/color/lab.hpp>

#include "support/lab.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <limits>

using namespace quoin;
using test::color;
using test::errors;
using test::errors_of;
using test::lab_of;
using test::lab_of_whole;
using test::values;
using test::wrong;

TEST_CASE("rgb_to_lab: bytes are the rounded real values but close to halves", "[filter][lab]") {
    errors const e = errors_of(rgb_to_lab, lab_of_whole, 67);
    CHECK(e.share < 1e-4);
    CHECK(e.most < 0.5003);
    CHECK(rgb_to_lab(rgba8{255, 255, 255, 7}) == rgba8{255, 128, 128, 7});
    CHECK(rgb_to_lab(rgb8{0, 0, 0}) == rgb8{0, 128, 128});
    CHECK(rgb_to_lab(test::bgr<std::uint8_t>{0, 0, 255}).r == 136); // L of red is 53.24
    STATIC_CHECK(!concepts::stage_for<rgb_to_lab_fn, std::uint8_t>);
    STATIC_CHECK(!concepts::stage_for<rgb_to_lab_fn, rgb<std::int16_t>>);
}

TEST_CASE("rgb_to_lab: numbers of the CIE, colors outside of 0..1", "[filter][lab]") {
    // skimage.color.rgb2lab of red, with its white of D65: 53.2406, 80.0923, 67.2027.
    auto const red = rgb_to_lab(rgbf{1, 0, 0});
    CHECK(std::abs(red.r - 53.2406f) < 0.01f);
    CHECK(std::abs(red.g - 80.0923f) < 0.05f);
    CHECK(std::abs(red.b - 67.2027f) < 0.05f);
    float const nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
    CHECK(rgb_to_lab(rgbf{nan, -1, 0}) == rgb_to_lab(rgbf{0, 0, 0}));
    CHECK(rgb_to_lab(rgbf{infinity, 2, 1}) == rgb_to_lab(rgbf{1, 1, 1}));
    CHECK(std::abs(rgb_to_lab(rgbf{1, 1, 1}).r - 100) < 1e-3f);
}

TEST_CASE("rgb_to_lab: lanes, other types of channels", "[filter][lab]") {
    values const bytes = test::byte_colors(4099, 4), deep = test::random_values<std::uint16_t>({203, 25}, 3, 3, false);
    CHECK(wrong<rgba8>(rgb_to_lab, [](color const& c) { return lab_of_whole(c, 255); }, bytes, 0.5003) == "");
    CHECK(wrong<rgb16>(rgb_to_lab, [](color const& c) { return lab_of_whole(c, 65535); }, deep, 0.54) == "");
    values parts = test::byte_colors(4099);
    for (double& v : parts.data) v = static_cast<double>(static_cast<float>(v / 255));
    CHECK(wrong<rgbf>(rgb_to_lab, lab_of, parts, 3e-4) == "");
}
