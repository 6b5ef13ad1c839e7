// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/label/fill_holes.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

bit_image slow(bit_image const& m, index_t most, bool eight_foreground) {
    auto const unset = masks::where(m.width(), m.height(), [&](index_t x, index_t y) { return !m.get(x, y); });
    auto const label = masks::flood_fill(unset, !eight_foreground);
    std::vector<index_t> area(label.size());
    std::vector<bool> outside(label.size());
    for (index_t y = 0; y < m.height(); ++y)
        for (index_t x = 0; x < m.width(); ++x) {
            index_t const k = label[static_cast<std::size_t>(y * m.width() + x)];
            if (k < 0) continue;
            ++area[static_cast<std::size_t>(k)];
            if (x == 0 || y == 0 || x == m.width() - 1 || y == m.height() - 1)
                outside[static_cast<std::size_t>(k)] = true;
        }
    return masks::where(m.width(), m.height(), [&](index_t x, index_t y) {
        index_t const k = label[static_cast<std::size_t>(y * m.width() + x)];
        return k < 0 || (!outside[static_cast<std::size_t>(k)] && area[static_cast<std::size_t>(k)] <= most);
    });
}

} // namespace

TEST_CASE("fill_holes: sets exactly the holes up to the area", "[segment][fill_holes]") {
    for (std::uint64_t seed = 0; seed < 20; ++seed)
        for (bool eight : {false, true})
            for (index_t most : {0, 1, 2, 10, 100000}) {
                CAPTURE(seed, eight, most);
                bit_image const m = masks::random(129, 90, 0.6, seed);
                connectivity const c = eight ? connectivity::eight : connectivity::four;
                bit_image const expected = most == 0 ? m : slow(m, most, eight);
                CHECK(fill_holes(serial{}, m, most, c) == expected);
                CHECK(fill_holes(test::thread_policy{3}, m, most, c) == expected);
            }
}

TEST_CASE("fill_holes: a gap through a corner opens a hole for 4-connected foreground alone", "[segment][fill_holes]") {
    auto const ring = masks::picture({".###", "#..#", "#..#", "####"});
    CHECK(fill_holes(serial{}, ring, 9) == ring);
    CHECK(fill_holes(serial{}, ring, 9, connectivity::eight).popcount() == 15);
}

TEST_CASE("fill_holes: nothing at the border is a hole", "[segment][fill_holes]") {
    auto const open = masks::picture({"###", "#.#", "#.#"});
    CHECK(fill_holes(serial{}, open, 9) == open);
    CHECK(fill_holes(serial{}, bit_image(4, 4), 99) == bit_image(4, 4));
    CHECK(fill_holes(serial{}, bit_image(0, 4), 99) == bit_image(0, 4));
}

TEST_CASE("fill_holes: a negative area is refused", "[segment][fill_holes]") {
    CHECK_THROWS_AS(fill_holes(serial{}, bit_image(3, 3), -1), invalid_argument);
}
