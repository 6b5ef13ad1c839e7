// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/color/luv.hpp>

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

encoding const bytes{{2.55, 255 / 354.0, 255 / 262.0}, {0, 134 * 255 / 354.0, 140 * 255 / 262.0}};

constexpr double white_sum = 0.950456 + 15 + 3 * 1.088754, white_u = 4 * 0.950456 / white_sum, white_v = 9 / white_sum;

color luv_of(color const& c) {
    color const xyz = test::xyz_of(c);
    double const sum = xyz[0] + 15 * xyz[1] + 3 * xyz[2], l = 116 * test::bent(xyz[1]) - 16;
    if (sum == 0) return {0, 0, 0};
    return {l, 13 * l * (4 * xyz[0] / sum - white_u), 13 * l * (9 * xyz[1] / sum - white_v)};
}
color rgb_of(color const& c) {
    double const a = c[1] + 13 * c[0] * white_u, v = c[2] + 13 * c[0] * white_v;
    double const y = test::straight((c[0] + 16) / 116) / std::max(v, 1 / 1024.0);
    return test::rgb_of_xyz({2.25 * a * y, v * y, (39 * c[0] - 0.75 * a - 5 * v) * y});
}

} // namespace

TEST_CASE("rgb_to_luv and back: bytes are the rounded real values but close to halves", "[filter][luv]") {
    errors const e = errors_of(rgb_to_luv, test::whole_of(luv_of, bytes), 17);
    CHECK(e.share < 1e-4);
    CHECK(e.most < 0.5001);
    // Of colors; other values may be off by more.
    auto const there_and_back = [](rgb8 const& p) { return luv_to_rgb(rgb_to_luv(p)); };
    auto const formula = [](color const& c, double most) {
        color luv = test::whole_of(luv_of, bytes)(c, most);
        for (double& v : luv) v = std::floor(v + 0.5);
        return test::whole_back(rgb_of, bytes)(luv, most);
    };
    errors const back = errors_of(there_and_back, formula, 17);
    CHECK(back.share < 1e-3); // of which the way there is a part
    CHECK(rgb_to_luv(rgba8{255, 255, 255, 7}) == rgba8{255, 97, 136, 7});
    CHECK(rgb_to_luv(rgb8{0, 0, 0}) == rgb8{0, 97, 136});
    CHECK(luv_to_rgb(rgb8{0, 97, 136}) == rgb8{0, 0, 0});
    CHECK(rgb_to_luv(test::bgr<std::uint8_t>{0, 0, 255}).r == 136); // L of red is 53.24
    STATIC_CHECK(!concepts::stage_for<rgb_to_luv_fn, std::uint8_t>);
    STATIC_CHECK(!concepts::stage_for<luv_to_rgb_fn, rgb<std::int16_t>>);
}

TEST_CASE("rgb_to_luv and back: lanes, other types of channels", "[filter][luv]") {
    CHECK(test::wrong_space(rgb_to_luv, luv_to_rgb, luv_of, rgb_of, bytes, bytes, {0.5001, 0.54, 1e-4},
                            {0.502, 1.5, 5e-6}) == "");
}

TEST_CASE("rgb_to_luv: numbers of the CIE, colors outside of 0..1, no colors", "[filter][luv]") {
    // skimage.color.rgb2luv of red, with its white of D65: 53.2406, 175.0152, 37.7564.
    auto const red = rgb_to_luv(rgbf{1, 0, 0});
    CHECK(std::abs(red.r - 53.2406f) < 0.01f);
    CHECK(std::abs(red.g - 175.0152f) < 0.1f);
    CHECK(std::abs(red.b - 37.7564f) < 0.1f);
    float const nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
    CHECK(rgb_to_luv(rgbf{nan, -1, 0}) == rgbf{0, 0, 0});
    CHECK(rgb_to_luv(rgbf{infinity, 2, 1}) == rgb_to_luv(rgbf{1, 1, 1}));
    CHECK(luv_to_rgb(rgbf{nan, 0, 0}) == rgbf{0, 0, 0});
    CHECK(luv_to_rgb(rgbf{0, 0, 0}) == rgbf{0, 0, 0});
    CHECK(luv_to_rgb(rgbf{50, 0, -9000}).r == 0); // no color: v' < 0
}
