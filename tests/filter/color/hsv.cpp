// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/color/hsv.hpp>

#include "support/hues.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <limits>

using namespace quoin;
using test::color;
using test::differing;
using test::hue_of;
using test::rounded;
using test::values;
using test::wide;
using test::wrong;

namespace {

/// The contract in whole numbers: `white` is the largest channel, and a turn has `turn` hues.
color hsv_of(color const& c, wide white, wide turn) {
    auto const r = static_cast<wide>(c[0]), g = static_cast<wide>(c[1]), b = static_cast<wide>(c[2]);
    wide const v = std::max({r, g, b}), d = v - std::min({r, g, b});
    return {hue_of(c, turn), static_cast<double>(v == 0 ? 0 : rounded(white * d, v)), static_cast<double>(v)};
}
color rgb_of(color const& c, wide white, wide turn) {
    auto const h = static_cast<wide>(c[0]), s = static_cast<wide>(c[1]), v = static_cast<wide>(c[2]);
    color out{};
    for (std::size_t i = 0; i < 3; ++i)
        out[i] = static_cast<double>(rounded(v * (white * turn - s * test::hue_ramp(h, turn, i)), white * turn));
    return out;
}

/// OpenCV 4: quotients of 12 fractional bits, each rounded.
color opencv_hsv(color const& c, int turn) {
    int const r = static_cast<int>(c[0]), g = static_cast<int>(c[1]), b = static_cast<int>(c[2]);
    int const v = std::max({r, g, b}), d = v - std::min({r, g, b});
    int const by_v = v == 0 ? 0 : static_cast<int>(std::lrint((255 << 12) / double(v)));
    int const by_d = d == 0 ? 0 : static_cast<int>(std::lrint((turn << 12) / (6. * d)));
    int const sixths = v == r ? g - b : v == g ? b - r + 2 * d : r - g + 4 * d;
    int const hue = (sixths * by_d + 2048) >> 12;
    return {static_cast<double>(hue < 0 ? hue + turn : hue), static_cast<double>((d * by_v + 2048) >> 12),
            static_cast<double>(v)};
}

} // namespace

TEST_CASE("rgb_to_hsv: colors of bytes are the rounded real values", "[filter][hsv]") {
    CHECK(differing(rgb_to_hsv, [](color const& c) { return hsv_of(c, 255, 180); }) == 0);
    CHECK(differing(rgb_to_hsv_as<hue_scale::full>, [](color const& c) { return hsv_of(c, 255, 256); }, 5) == 0);
    STATIC_CHECK(rgb_to_hsv(rgb8{0, 0, 0}) == rgb8{0, 0, 0});
    STATIC_CHECK(rgb_to_hsv(rgba8{255, 0, 1, 7}) == rgba8{0, 255, 255, 7}); // -0.12 becomes 0, not 180
    STATIC_CHECK(rgb_to_hsv(test::bgr<std::uint8_t>{0, 255, 0}).r == 60);
    STATIC_CHECK(!concepts::stage_for<rgb_to_hsv_fn<hue_scale::half_degrees>, std::uint8_t>);
    STATIC_CHECK(!concepts::stage_for<rgb_to_hsv_fn<hue_scale::full>, rgbf>);
    STATIC_CHECK(!concepts::stage_for<rgb_to_hsv_fn<hue_scale::half_degrees>, rgb<std::int16_t>>);
}

TEST_CASE("rgb_to_hsv: the bytes of OpenCV", "[filter][hsv]") {
    CHECK(differing(rgb_to_hsv_as<hue_scale::opencv>, [](color const& c) { return opencv_hsv(c, 180); }, 5) == 0);
    CHECK(differing(rgb_to_hsv_as<hue_scale::opencv_full>, [](color const& c) { return opencv_hsv(c, 256); }, 5) == 0);
}

TEST_CASE("hsv_to_rgb: colors of bytes are the rounded real values", "[filter][hsv]") {
    CHECK(differing(hsv_to_rgb, [](color const& c) { return rgb_of(c, 255, 180); }, 5) == 0);
    CHECK(differing(hsv_to_rgb_as<hue_scale::full>, [](color const& c) { return rgb_of(c, 255, 256); }, 5) == 0);
}

TEST_CASE("rgb_to_hsv and back: lanes, other types of channels", "[filter][hsv]") {
    values const bytes = test::byte_colors(769), colors = test::random_values<std::uint16_t>({203, 25}, 4, 3, false);
    CHECK(wrong<rgb8>(rgb_to_hsv, [](color const& c) { return hsv_of(c, 255, 180); }, bytes) == "");
    CHECK(wrong<rgb8>(rgb_to_hsv_as<hue_scale::full>, [](color const& c) { return hsv_of(c, 255, 256); }, bytes) == "");
    CHECK(
        wrong<rgb8>(rgb_to_hsv_as<hue_scale::opencv>, [](color const& c) { return opencv_hsv(c, 180); }, bytes) == "");
    CHECK(wrong<rgb8>(hsv_to_rgb, [](color const& c) { return rgb_of(c, 255, 180); }, bytes) == "");
    CHECK(wrong<rgb8>(hsv_to_rgb_as<hue_scale::full>, [](color const& c) { return rgb_of(c, 255, 256); }, bytes) == "");
    CHECK(wrong<rgba<std::uint16_t>>(rgb_to_hsv, [](color const& c) { return hsv_of(c, 65535, 65536); }, colors) == "");
    CHECK(wrong<rgba<std::uint16_t>>(hsv_to_rgb, [](color const& c) { return rgb_of(c, 65535, 65536); }, colors) == "");
}

TEST_CASE("rgb_to_hsv and back: floats", "[filter][hsv]") {
    values in = test::byte_colors(769);
    for (double& v : in.data) v = static_cast<double>(static_cast<float>(v / 255));
    auto const real = [](color const& c) {
        double const v = std::max({c[0], c[1], c[2]}), d = v - std::min({c[0], c[1], c[2]});
        if (d == 0) return color{0, 0, v};
        double const h = v == c[0] ? (c[1] - c[2]) / d : v == c[1] ? 2 + (c[2] - c[0]) / d : 4 + (c[0] - c[1]) / d;
        return color{60 * (h < 0 ? h + 6 : h), d / v, v};
    };
    CHECK(wrong<rgbf>(rgb_to_hsv, real, in, 1e-4) == "");
    values const hsv = test::colors_of(in, [&](color const& c) {
        color out = real(c);
        for (double& v : out) v = static_cast<double>(static_cast<float>(v));
        return out;
    });
    CHECK(test::wrong_alone<rgbf>(hsv_to_rgb, hsv, in, 2e-6) == "");
    // The example of skimage.color.rgb2hsv, in degrees.
    auto const p = rgb_to_hsv(rgbf{0.2f, 0.4f, 0.1f});
    CHECK(std::abs(p.r - 100) < 1e-4f);
    CHECK(std::abs(p.g - 0.75f) < 1e-6f);
    CHECK(p.b == 0.4f);
    CHECK(hsv_to_rgb(rgbf{-240, 1, 1}) == rgbf{0, 1, 0});
    CHECK(hsv_to_rgb(rgbf{480, 1, 1}) == rgbf{0, 1, 0});
}

TEST_CASE("rgb_to_hsv: dark, negative and no numbers", "[filter][hsv]") {
    CHECK(rgb_to_hsv(rgbf{0, 0, 0}) == rgbf{0, 0, 0});
    CHECK(rgb_to_hsv(rgbf{-1, -3, -2}) == rgbf{330, 0, -1});
    float const nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
    for (auto const& p : {rgbaf{nan, 1, 2, 3}, rgbaf{1, nan, 2, 3}, rgbaf{1, 2, nan, 3}, rgbaf{infinity, 1, 2, 3}}) {
        auto const q = rgb_to_hsv(p);
        CHECK((std::isnan(q.r) && std::isnan(q.g) && std::isnan(q.b) && q.a == 3));
    }
    CHECK(rgb_to_hsv(rgbf{1, 0, 1e-9f}).r < 360);
    for (auto const& p : {rgbaf{nan, 1, 1, 3}, rgbaf{60, nan, 1, 3}, rgbaf{60, 1, nan, 3}, rgbaf{infinity, 1, 1, 3}}) {
        auto const q = hsv_to_rgb(p);
        CHECK((std::isnan(q.r) && std::isnan(q.g) && std::isnan(q.b) && q.a == 3));
    }
}

TEST_CASE("rgb_to_hsv and back: in the engine", "[filter][hsv]") {
    CHECK(test::wrong_in_engine<rgb8>(rgb_to_hsv, reflect_101) == "");
    CHECK(test::wrong_in_engine<rgb8>(hsv_to_rgb, reflect_101) == "");
}
