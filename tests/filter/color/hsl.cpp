// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/color/hsl.hpp>

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
color hsl_of(color const& c, wide white, wide turn) {
    auto const r = static_cast<wide>(c[0]), g = static_cast<wide>(c[1]), b = static_cast<wide>(c[2]);
    wide const most = std::max({r, g, b}), least = std::min({r, g, b}), sum = most + least;
    wide const whole = std::min(sum, 2 * white - sum);
    return {hue_of(c, turn), static_cast<double>(whole == 0 ? 0 : rounded(white * (most - least), whole)),
            static_cast<double>(rounded(sum, 2))};
}
color rgb_of(color const& c, wide white, wide turn) {
    auto const h = static_cast<wide>(c[0]), s = static_cast<wide>(c[1]), l = static_cast<wide>(c[2]);
    color out{};
    for (std::size_t i = 0; i < 3; ++i) {
        wide const numerator = l * white * turn + s * std::min(l, white - l) * (turn - 2 * test::hue_ramp(h, turn, i));
        out[i] = static_cast<double>(rounded(numerator, white * turn));
    }
    return out;
}
color hsl_of_bytes(color const& c) {
    return hsl_of(c, 255, 180);
}
color rgb_of_bytes(color const& c) {
    return rgb_of(c, 255, 180);
}

} // namespace

TEST_CASE("rgb_to_hsl: colors of bytes are the rounded real values", "[filter][hsl]") {
    CHECK(differing(rgb_to_hsl, hsl_of_bytes) == 0);
    CHECK(differing(rgb_to_hsl_as<hue_scale::full>, [](color const& c) { return hsl_of(c, 255, 256); }, 5) == 0);
    STATIC_CHECK(rgb_to_hsl(rgb8{0, 0, 0}) == rgb8{0, 0, 0});
    STATIC_CHECK(rgb_to_hsl(rgb8{255, 255, 255}) == rgb8{0, 0, 255});
    STATIC_CHECK(rgb_to_hsl(rgba8{255, 0, 1, 7}) == rgba8{0, 255, 128, 7}); // -0.12 becomes 0, where OpenCV has 180
    STATIC_CHECK(rgb_to_hsl(test::bgr<std::uint8_t>{0, 255, 0}).r == 60);
    STATIC_CHECK(!concepts::stage_for<rgb_to_hsl_fn<hue_scale::half_degrees>, std::uint8_t>);
    STATIC_CHECK(!concepts::stage_for<rgb_to_hsl_fn<hue_scale::full>, rgbf>);
    STATIC_CHECK(!concepts::stage_for<rgb_to_hsl_fn<hue_scale::half_degrees>, rgb<std::int16_t>>);
}

TEST_CASE("hsl_to_rgb: colors of bytes are the rounded real values", "[filter][hsl]") {
    CHECK(differing(hsl_to_rgb, rgb_of_bytes) == 0);
    CHECK(differing(hsl_to_rgb_as<hue_scale::full>, [](color const& c) { return rgb_of(c, 255, 256); }, 5) == 0);
}

TEST_CASE("rgb_to_hsl and back: lanes, other types of channels", "[filter][hsl]") {
    values const bytes = test::byte_colors(769), colors = test::random_values<std::uint16_t>({203, 25}, 4, 3, false);
    CHECK(wrong<rgb8>(rgb_to_hsl, hsl_of_bytes, bytes) == "");
    CHECK(wrong<rgb8>(rgb_to_hsl_as<hue_scale::full>, [](color const& c) { return hsl_of(c, 255, 256); }, bytes) == "");
    CHECK(wrong<rgb8>(hsl_to_rgb, rgb_of_bytes, bytes) == "");
    CHECK(wrong<rgb8>(hsl_to_rgb_as<hue_scale::full>, [](color const& c) { return rgb_of(c, 255, 256); }, bytes) == "");
    CHECK(wrong<rgba<std::uint16_t>>(rgb_to_hsl, [](color const& c) { return hsl_of(c, 65535, 65536); }, colors) == "");
    CHECK(wrong<rgba<std::uint16_t>>(hsl_to_rgb, [](color const& c) { return rgb_of(c, 65535, 65536); }, colors) == "");
}

TEST_CASE("rgb_to_hsl and back: floats", "[filter][hsl]") {
    values in = test::byte_colors(769);
    for (double& v : in.data) v = static_cast<double>(static_cast<float>(v / 255));
    auto const real = [](color const& c) {
        double const v = std::max({c[0], c[1], c[2]}), m = std::min({c[0], c[1], c[2]}), d = v - m;
        if (d == 0) return color{0, 0, v};
        double const h = v == c[0] ? (c[1] - c[2]) / d : v == c[1] ? 2 + (c[2] - c[0]) / d : 4 + (c[0] - c[1]) / d;
        return color{60 * (h < 0 ? h + 6 : h), d / (1 - std::abs(v + m - 1)), (v + m) / 2};
    };
    CHECK(wrong<rgbf>(rgb_to_hsl, real, in, 1e-4) == "");
    values const hsl = test::colors_of(in, [&](color const& c) {
        color out = real(c);
        for (double& v : out) v = static_cast<double>(static_cast<float>(v));
        return out;
    });
    CHECK(test::wrong_alone<rgbf>(hsl_to_rgb, hsl, in, 2e-6) == "");
    // Python's colorsys.rgb_to_hls(0.2, 0.4, 0.1) is 5/18 of a turn, 0.25, 0.6.
    auto const p = rgb_to_hsl(rgbf{0.2f, 0.4f, 0.1f});
    CHECK(std::abs(p.r - 100) < 1e-4f);
    CHECK(std::abs(p.g - 0.6f) < 1e-6f);
    CHECK(std::abs(p.b - 0.25f) < 1e-7f);
    CHECK(hsl_to_rgb(rgbf{-240, 1, 0.5f}) == rgbf{0, 1, 0});
    CHECK(hsl_to_rgb(rgbf{480, 1, 0.5f}) == rgbf{0, 1, 0});
}

TEST_CASE("rgb_to_hsl: dark, bright, negative and no numbers", "[filter][hsl]") {
    CHECK(rgb_to_hsl(rgbf{0, 0, 0}) == rgbf{0, 0, 0});
    CHECK(rgb_to_hsl(rgbf{1, 1, 1}) == rgbf{0, 0, 1});
    CHECK(rgb_to_hsl(rgbf{-1, -3, -2}) == rgbf{330, 0, -2});
    CHECK(rgb_to_hsl(rgbf{4, 2, 3}) == rgbf{330, 0, 3});
    float const nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
    for (auto const& p : {rgbaf{nan, 1, 2, 3}, rgbaf{1, nan, 2, 3}, rgbaf{1, 2, nan, 3}, rgbaf{infinity, 1, 2, 3}}) {
        auto const q = rgb_to_hsl(p);
        CHECK((std::isnan(q.r) && std::isnan(q.g) && std::isnan(q.b) && q.a == 3));
    }
    for (auto const& p : {rgbaf{nan, 1, 1, 3}, rgbaf{60, nan, 1, 3}, rgbaf{60, 1, nan, 3}, rgbaf{infinity, 1, 1, 3}}) {
        auto const q = hsl_to_rgb(p);
        CHECK((std::isnan(q.r) && std::isnan(q.g) && std::isnan(q.b) && q.a == 3));
    }
}
