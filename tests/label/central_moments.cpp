// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/label/central_moments.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>

#include <cmath>

using namespace quoin;
using Catch::Matchers::WithinRel;

namespace {

/// Pixel by pixel, about the centroid from plain sums.
std::vector<second_moments> slow(bit_image const& m, std::vector<index_t> const& label, std::size_t count) {
    struct sums {
        long double x = 0, y = 0, n = 0, xx = 0, xy = 0, yy = 0;
    };
    std::vector<sums> of(count);
    auto const each = [&](auto const& f) {
        for (index_t y = 0; y < m.height(); ++y)
            for (index_t x = 0; x < m.width(); ++x)
                if (index_t const k = label[static_cast<std::size_t>(y * m.width() + x)]; k >= 0)
                    f(of[static_cast<std::size_t>(k)], static_cast<long double>(x), static_cast<long double>(y));
    };
    each([](sums& s, long double x, long double y) { s.x += x, s.y += y, s.n += 1; });
    each([](sums& s, long double x, long double y) {
        long double const u = x - s.x / s.n, v = y - s.y / s.n;
        s.xx += u * u, s.xy += u * v, s.yy += v * v;
    });
    std::vector<second_moments> result;
    for (sums const& s : of)
        result.push_back({static_cast<double>(s.xx), static_cast<double>(s.xy), static_cast<double>(s.yy)});
    return result;
}

bool close(double a, double b, double scale) {
    return std::abs(a - b) <= 1e-12 * scale;
}

} // namespace

TEST_CASE("central_moments: equal to loops over the pixels", "[segment][central_moments]") {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        CAPTURE(seed);
        index_t const width = 1 + static_cast<index_t>(seed * 7 % 140);
        bit_image const m =
            seed % 2 == 0 ? masks::random(width, 150, 0.6, seed) : masks::random_shapes(200, 170, 60, seed);
        for (connectivity c : {connectivity::four, connectivity::eight}) {
            component_map const map = components(serial{}, m, c);
            auto const found = central_moments(serial{}, map);
            auto const expected = slow(m, masks::flood_fill(m, c == connectivity::eight), map.components.size());
            REQUIRE(found.size() == expected.size());
            for (std::size_t k = 0; k < found.size(); ++k) {
                double const scale = 1 + expected[k].mu20 + expected[k].mu02;
                REQUIRE(close(found[k].mu20, expected[k].mu20, scale));
                REQUIRE(close(found[k].mu11, expected[k].mu11, scale));
                REQUIRE(close(found[k].mu02, expected[k].mu02, scale));
            }
            CHECK(central_moments(test::backwards_policy{}, map) == found);
            for (int threads : {2, 3, 7}) CHECK(central_moments(test::thread_policy{threads}, map) == found);
        }
    }
}

TEST_CASE("central_moments: of a rectangle, by formula", "[segment][central_moments]") {
    auto const m = masks::where(300, 200, [](index_t x, index_t y) { return x >= 20 && x < 270 && y >= 7 && y < 97; });
    auto const found = central_moments(serial{}, components(serial{}, m));
    REQUIRE(found.size() == 1);
    CHECK(found[0] == second_moments{90.0 * 250 * (250 * 250 - 1) / 12, 0, 250.0 * 90 * (90 * 90 - 1) / 12});
}

TEST_CASE("central_moments: sums beyond 64 bits", "[segment][central_moments]") {
    // Two ends of one row of 2^31 - 1 pixels, of which only the map exists.
    constexpr index_t width = (index_t{1} << 31) - 1;
    component_map map;
    map.runs = {{{0, static_cast<std::int32_t>(width)}}, {0, 1}, width};
    map.label = {0};
    map.components = {{width, {0, 0, width, 1}, static_cast<double>(width - 1) / 2, 0}};
    auto const found = central_moments(serial{}, map);
    long double const n = width;
    CHECK_THAT(found[0].mu20, WithinRel(static_cast<double>(n * (n * n - 1) / 12), 1e-15));
    CHECK((found[0].mu11 == 0 && found[0].mu02 == 0));
}
