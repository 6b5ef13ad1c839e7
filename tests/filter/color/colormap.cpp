// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/color/colormap.hpp>

#include "support/functor.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>

using namespace quoin;
using test::values;

namespace {

/// The color of a place of a map of shades, which is white times it.
rgb8 gray_of(double place) {
    double const shade = std::isnan(place) ? 0 : std::floor(std::min(std::max(place, 0.0), 1.0) * 255 + 0.5);
    auto const v = static_cast<std::uint8_t>(shade);
    return {v, v, v};
}

/// The entry of each value, of 255 colors that are not black.
values entries(values const& in, test::channel_kind kind) {
    values out(in.size, 3);
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x) {
            double const v = in.row(y, 0)[x];
            // 255 v is rounded to the type of the channels.
            double const scaled = kind.integral
                                      ? std::floor((std::max(v, 0.0) * 510 + kind.highest) / (2 * kind.highest))
                                      : std::floor(kind.stored(v * 255) + 0.5);
            for (int c = 0; c < 3; ++c) out.row(y, c)[x] = std::min(std::max(scaled, 0.0), 255.0);
        }
    return out;
}

} // namespace

TEST_CASE("colormap: every type of channel finds the nearest entry", "[filter][colormap]") {
    auto const check = []<class T>(T) {
        values const in = test::random_values<T>({203, 25}, 1, 5, std::floating_point<T>);
        CHECK(test::wrong_alone<T>(colormap(color_map::gray), in, entries(in, test::kind_of_channel<T>())) == "");
    };
    check(std::uint8_t{});
    check(std::uint16_t{});
    check(std::int16_t{});
    check(std::int32_t{});
    check(float{});
    check(double{});
}

TEST_CASE("colormap: every value of 8 and 16 bits, and all that a float can be", "[filter][colormap]") {
    colormap_fn const shades = colormap(color_map::gray);
    bool right = true;
    for (int v = 0; v < 256; ++v) right = right && shades(static_cast<std::uint8_t>(v)) == gray_of(v / 255.0);
    for (int v = 0; v < 65536; ++v) // |257 entry - v| is at most 128
        right = right && std::abs(257 * shades(static_cast<std::uint16_t>(v)).r - v) <= 128;
    for (int v = -32768; v < 32768; ++v) {
        int const twice = 2 * 255 * std::max(v, 0); // entry - 1/2 <= 255 v / 32767 < entry + 1/2
        int const entry = shades(static_cast<std::int16_t>(v)).g;
        right = right && (2 * entry - 1) * 32767 <= twice && twice < (2 * entry + 1) * 32767;
    }
    CHECK(right);
    float const huge = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
    for (float const v : {0.0f, -0.0f, -1.0f, 0.5f, 1.0f, 1e30f, -huge, huge, nan, 0.25f / 255, 0.75f / 255})
        CHECK(shades(v) == gray_of(static_cast<double>(v)));
    CHECK(shades(std::numeric_limits<std::int32_t>::max()) == rgb8{255, 255, 255});
    CHECK(shades(std::uint32_t{1} << 31) == rgb8{128, 128, 128});
}

TEST_CASE("colormap: published colors", "[filter][colormap]") {
    // The first, the last and one between, of matplotlib and of Google's table.
    auto const colors = [](color_map map) {
        colormap_fn const f = colormap(map);
        return std::vector<rgb8>{f(std::uint8_t{0}), f(std::uint8_t{100}), f(std::uint8_t{255})};
    };
    CHECK(colors(color_map::viridis) == std::vector<rgb8>{{68, 1, 84}, {42, 118, 142}, {253, 231, 37}});
    CHECK(colors(color_map::magma) == std::vector<rgb8>{{0, 0, 4}, {137, 40, 129}, {252, 253, 191}});
    CHECK(colors(color_map::inferno) == std::vector<rgb8>{{0, 0, 4}, {144, 37, 104}, {252, 255, 164}});
    CHECK(colors(color_map::plasma) == std::vector<rgb8>{{13, 8, 135}, {174, 40, 146}, {240, 249, 33}});
    CHECK(colors(color_map::turbo) == std::vector<rgb8>{{48, 18, 59}, {63, 246, 138}, {122, 4, 3}});
    // The sums of all 256 entries of each channel.
    auto const sums = [](color_map map) {
        std::vector<int> sum(3);
        for (int v = 0; v < 256; ++v) {
            rgb8 const c = colormap(map)(static_cast<std::uint8_t>(v));
            sum[0] += c.r, sum[1] += c.g * (v + 1), sum[2] += c.b;
        }
        return sum;
    };
    CHECK(sums(color_map::viridis) == std::vector<int>{21356, 5792254, 28105});
    CHECK(sums(color_map::magma) == std::vector<int>{41031, 4028590, 27942});
    CHECK(sums(color_map::inferno) == std::vector<int>{41293, 4161232, 18007});
    CHECK(sums(color_map::plasma) == std::vector<int>{46057, 4251230, 28303});
    CHECK(sums(color_map::turbo) == std::vector<int>{35759, 4515755, 26240});
}

TEST_CASE("colormap: in the engine", "[filter][colormap]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(colormap(color_map::turbo), reflect_101) == "");
    CHECK(!concepts::stage_for<colormap_fn, rgb8>);
    CHECK_THROWS_AS(colormap(static_cast<color_map>(6)), invalid_argument);
}
