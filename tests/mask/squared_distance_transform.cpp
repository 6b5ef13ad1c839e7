// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/mask/squared_distance_transform.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// Every pixel against every unset one.
std::vector<std::uint32_t> slow(bit_image const& m) {
    std::vector<point> unset;
    for (index_t y = 0; y < m.height(); ++y)
        for (index_t x = 0; x < m.width(); ++x)
            if (!m.get(x, y)) unset.push_back({x, y});
    std::vector<std::uint32_t> result;
    for (index_t y = 0; y < m.height(); ++y)
        for (index_t x = 0; x < m.width(); ++x) {
            index_t best = no_distance;
            for (point const& u : unset) best = std::min(best, (u.x - x) * (u.x - x) + (u.y - y) * (u.y - y));
            result.push_back(static_cast<std::uint32_t>(best));
        }
    return result;
}

} // namespace

TEST_CASE("squared_distance_transform: every mask of up to 12 pixels", "[segment][squared_distance_transform]") {
    for (auto const& [width, height] : {std::pair{1, 12}, {12, 1}, {3, 4}, {4, 3}, {2, 6}})
        for (std::uint64_t number = 0; number < 4096; ++number) {
            bit_image const m = masks::from_number(width, height, number);
            if (masks::pixels(squared_distance_transform(serial{}, m)) != slow(m)) {
                CAPTURE(width, height, number);
                FAIL("not the distance to the nearest unset pixel");
            }
        }
    SUCCEED();
}

TEST_CASE("squared_distance_transform: random masks, under every policy", "[segment][squared_distance_transform]") {
    std::uint64_t seed = 0;
    for (index_t width : {1, 5, 63, 64, 65, 129})
        for (index_t height : {1, 2, 64, 71})
            for (double density : {0.3, 0.9, 0.995}) {
                CAPTURE(width, height, density, ++seed);
                bit_image const m = masks::random(width, height, density, seed);
                auto const expected = slow(m);
                CHECK(masks::pixels(squared_distance_transform(serial{}, m)) == expected);
                CHECK(masks::pixels(squared_distance_transform(test::backwards_policy{}, m)) == expected);
                CHECK(masks::pixels(squared_distance_transform(test::thread_policy{3}, m)) == expected);
            }
}

TEST_CASE("squared_distance_transform: distances across chunks of rows and columns",
          "[segment][squared_distance_transform]") {
    bit_image m = masks::where(700, 300, [](index_t, index_t) { return true; });
    m.set(650, 290, false);
    auto const d = squared_distance_transform(test::thread_policy{2}, m);
    for (point const& at : {point{0, 0}, {699, 0}, {255, 290}, {256, 63}, {650, 290}, {0, 299}})
        CHECK(d(at.x, at.y) == (at.x - 650) * (at.x - 650) + (at.y - 290) * (at.y - 290));
}

TEST_CASE("squared_distance_transform: nothing unset, nothing at all, and too far",
          "[segment][squared_distance_transform]") {
    CHECK(squared_distance_transform(serial{}, masks::picture({"##", "##"}))(1, 1) == no_distance);
    CHECK(squared_distance_transform(serial{}, bit_image(0, 5)).empty());
    bit_image line = masks::where(70000, 1, [](index_t x, index_t) { return x > 0; });
    auto const d = squared_distance_transform(serial{}, line);
    CHECK(d(65535, 0) == 65535u * 65535u);
    CHECK(d(65536, 0) == no_distance);
}
