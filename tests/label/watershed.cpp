// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/label/watershed.hpp>
#include <quoin/mask/squared_distance_transform.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <functional>
#include <set>

using namespace quoin;

namespace {

using heights = image<std::uint16_t>;

heights random_heights(index_t width, index_t height, int most, std::uint64_t seed) {
    std::mt19937_64 engine(seed);
    heights h(width, height);
    for (index_t y = 0; y < height; ++y)
        for (index_t x = 0; x < width; ++x)
            h(x, y) = static_cast<std::uint16_t>(engine() % static_cast<std::uint64_t>(most + 1));
    return h;
}

/// The loop of the contract, word by word: regions are sets of pixels, and the next pixel is searched for each time.
std::vector<std::uint32_t> slow(heights const& h, bit_image const& mask, double depth) {
    struct hill {
        std::set<std::pair<index_t, index_t>> pixels; // (y, x): in raster order
        std::uint16_t peak;
    };
    std::vector<hill> hills;
    auto const hill_of = [&](index_t x, index_t y) {
        for (std::size_t i = 0; i < hills.size(); ++i)
            if (hills[i].pixels.count({y, x}) != 0) return static_cast<int>(i);
        return -1;
    };
    std::set<int, std::greater<>> levels;
    for (index_t y = 0; y < h.height(); ++y)
        for (index_t x = 0; x < h.width(); ++x) levels.insert(h(x, y));
    for (int const level : levels) {
        for (index_t y = 0; y < h.height(); ++y)
            for (index_t x = 0; x < h.width(); ++x) {
                if (!mask.get(x, y) || h(x, y) != level) continue;
                std::vector<std::pair<index_t, index_t>> near;
                for (index_t v = y - 1; v <= y + 1; ++v)
                    for (index_t u = x - 1; u <= x + 1; ++u)
                        if (u >= 0 && v >= 0 && u < h.width() && v < h.height() && hill_of(u, v) >= 0)
                            near.push_back({v, u});
                if (near.empty()) {
                    hills.push_back({{{y, x}}, h(x, y)});
                    continue;
                }
                auto best = near.front();
                for (auto const& n : near)
                    if (h(n.second, n.first) > h(best.second, best.first)) best = n;
                hills[static_cast<std::size_t>(hill_of(best.second, best.first))].pixels.insert({y, x});
                for (auto const& n : near) {
                    int const own = hill_of(x, y), other = hill_of(n.second, n.first);
                    if (own == other) continue;
                    hill& a = hills[static_cast<std::size_t>(own)];
                    hill& b = hills[static_cast<std::size_t>(other)];
                    if (level < depth * std::min(a.peak, b.peak)) continue;
                    a.pixels.insert(b.pixels.begin(), b.pixels.end());
                    a.peak = std::max(a.peak, b.peak);
                    hills.erase(hills.begin() + other);
                }
            }
    }
    std::sort(hills.begin(), hills.end(),
              [](hill const& a, hill const& b) { return *a.pixels.begin() < *b.pixels.begin(); });
    std::vector<std::uint32_t> labels;
    for (index_t y = 0; y < h.height(); ++y)
        for (index_t x = 0; x < h.width(); ++x) labels.push_back(static_cast<std::uint32_t>(hill_of(x, y) + 1));
    return labels;
}

} // namespace

TEST_CASE("watershed: every landscape of 3 x 3 pixels and three heights", "[segment][watershed]") {
    bit_image const all = masks::where(3, 3, [](index_t, index_t) { return true; });
    for (int number = 0; number < 19683; ++number) {
        heights h(3, 3);
        for (int i = 0, rest = number; i < 9; ++i, rest /= 3)
            h(i % 3, i / 3) = static_cast<std::uint16_t>(1 + rest % 3);
        for (double depth : {0.5, 1.0})
            if (masks::pixels(watershed(serial{}, h.view(), all, depth)) != slow(h, all, depth)) {
                CAPTURE(number, depth);
                FAIL("not what the loop of the contract gives");
            }
    }
    SUCCEED();
}

TEST_CASE("watershed: equal to the loop of its contract, under every policy", "[segment][watershed]") {
    for (std::uint64_t seed = 0; seed < 60; ++seed)
        for (double depth : {0.0, 0.6, 0.9, 1.0}) {
            CAPTURE(seed, depth);
            index_t const width = 1 + static_cast<index_t>(seed % 17), height = 1 + static_cast<index_t>(seed % 13);
            heights const h = random_heights(width, height, seed % 2 == 0 ? 6 : 65535, seed);
            bit_image const mask = masks::random(width, height, 0.7, seed + 1000);
            auto const expected = slow(h, mask, depth);
            CHECK(masks::pixels(watershed(serial{}, h.view(), mask, depth)) == expected);
            CHECK(masks::pixels(watershed(test::backwards_policy{}, h.view(), mask, depth)) == expected);
            CHECK(masks::pixels(watershed(test::thread_policy{3}, h.view(), mask, depth)) == expected);
        }
}

TEST_CASE("watershed: depth 0 labels the components, depth 1 has a region for each regional maximum",
          "[segment][watershed]") {
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
        CAPTURE(seed);
        bit_image const mask = masks::random_shapes(129, 140, 90, seed);
        heights const h = random_heights(129, 140, 65535, seed);
        auto const whole = watershed(test::thread_policy{2}, h.view(), mask, 0);
        auto const parts = watershed(test::thread_policy{2}, h.view(), mask, 1);
        auto const component = masks::flood_fill(mask, true);
        // Plateaus of neighbors of one height are rare here, and are left out of the count of maxima below.
        std::set<std::uint32_t> peaks;
        std::uint32_t most = 0;
        index_t maxima = 0;
        bool plateau = false;
        for (index_t y = 0; y < mask.height(); ++y)
            for (index_t x = 0; x < mask.width(); ++x) {
                REQUIRE(index_t{whole(x, y)} == component[static_cast<std::size_t>(y * mask.width() + x)] + 1);
                if (!mask.get(x, y)) continue;
                most = std::max(most, parts(x, y));
                bool peak = true;
                for (index_t v = std::max<index_t>(0, y - 1); v <= std::min(mask.height() - 1, y + 1); ++v)
                    for (index_t u = std::max<index_t>(0, x - 1); u <= std::min(mask.width() - 1, x + 1); ++u) {
                        if ((u == x && v == y) || !mask.get(u, v)) continue;
                        plateau |= h(u, v) == h(x, y);
                        peak &= h(u, v) < h(x, y);
                    }
                if (!peak) continue;
                ++maxima;
                peaks.insert(parts(x, y));
            }
        if (plateau) continue;
        CHECK(index_t{most} == maxima);
        CHECK(peaks.size() == most);
    }
}

TEST_CASE("watershed: two discs are cut at their neck, an ellipse is not", "[segment][watershed]") {
    auto const depths = [](bit_image const& mask) {
        auto const squares = squared_distance_transform(serial{}, mask);
        heights h(mask.size());
        for (index_t y = 0; y < mask.height(); ++y)
            for (index_t x = 0; x < mask.width(); ++x)
                h(x, y) = static_cast<std::uint16_t>(64 * std::sqrt(static_cast<double>(squares(x, y))));
        return h;
    };
    auto const disc = [](index_t x, index_t y, index_t cx) { return (x - cx) * (x - cx) + (y - 30) * (y - 30) < 400; };
    auto const two = masks::where(100, 60, [&](index_t x, index_t y) { return disc(x, y, 30) || disc(x, y, 63); });
    auto const deep = depths(two);
    auto const cut = watershed(serial{}, deep.view(), two, 0.85);
    CHECK(cut(30, 30) == 1);
    CHECK(cut(63, 30) == 2);
    CHECK(cut(44, 30) == 1);
    CHECK(cut(49, 30) == 2);
    auto const long_one = masks::where(
        100, 60, [](index_t x, index_t y) { return (x - 50) * (x - 50) + 6 * (y - 30) * (y - 30) < 1600; });
    auto const long_depths = depths(long_one);
    auto const whole = watershed(serial{}, long_depths.view(), long_one, 0.85);
    CHECK(whole(15, 30) == 1);
    CHECK(whole(85, 30) == 1);
}

TEST_CASE("watershed: what it refuses", "[segment][watershed]") {
    heights const h(3, 3);
    CHECK_THROWS_AS(watershed(serial{}, h.view(), bit_image(3, 3), 1.5), invalid_argument);
    CHECK_THROWS_AS(watershed(serial{}, h.view(), bit_image(3, 3), -0.1), invalid_argument);
    CHECK_THROWS_AS(watershed(serial{}, h.view(), bit_image(3, 4)), invalid_argument);
    auto const none = heights(0, 3);
    CHECK(watershed(serial{}, none.view(), bit_image(0, 3)).empty());
}
