// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/label/remove_small_components.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("remove_small_components: clears exactly the components below the area",
          "[segment][remove_small_components]") {
    for (std::uint64_t seed = 0; seed < 20; ++seed)
        for (bool eight : {false, true}) {
            CAPTURE(seed, eight);
            bit_image const m = masks::random(129, 90, 0.4, seed);
            auto const label = masks::flood_fill(m, eight);
            std::vector<index_t> area(label.size());
            for (index_t k : label)
                if (k >= 0) ++area[static_cast<std::size_t>(k)];
            for (index_t least : {0, 1, 2, 5, 20, 100000}) {
                CAPTURE(least);
                auto const expected = masks::where(m.width(), m.height(), [&](index_t x, index_t y) {
                    index_t const k = label[static_cast<std::size_t>(y * m.width() + x)];
                    return k >= 0 && area[static_cast<std::size_t>(k)] >= least;
                });
                connectivity const c = eight ? connectivity::eight : connectivity::four;
                CHECK(remove_small_components(serial{}, m, least, c) == expected);
                CHECK(remove_small_components(test::thread_policy{3}, m, least, c) == expected);
            }
        }
}

TEST_CASE("remove_small_components: a negative area is refused", "[segment][remove_small_components]") {
    CHECK_THROWS_AS(remove_small_components(serial{}, bit_image(3, 3), -1), invalid_argument);
}
