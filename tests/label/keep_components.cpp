// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/label/keep_components.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace quoin;

TEST_CASE("keep_components: exactly the components that have a seed", "[segment][keep_components]") {
    for (std::uint64_t seed = 0; seed < 24; ++seed)
        for (bool eight : {false, true}) {
            CAPTURE(seed, eight);
            // Runs of several words, too.
            bit_image const m =
                seed % 3 == 0 ? masks::random_shapes(301, 90, 40, seed) : masks::random(129, 90, 0.4, seed);
            bit_image const seeds = masks::random(m.width(), m.height(), seed % 2 == 0 ? 0.003 : 0.05, 1000 + seed);
            auto const label = masks::flood_fill(m, eight);
            std::vector<bool> kept(label.size());
            for (index_t y = 0; y < m.height(); ++y)
                for (index_t x = 0; x < m.width(); ++x)
                    if (index_t const k = label[static_cast<std::size_t>(y * m.width() + x)]; k >= 0 && seeds.get(x, y))
                        kept[static_cast<std::size_t>(k)] = true;
            auto const expected = masks::where(m.width(), m.height(), [&](index_t x, index_t y) {
                index_t const k = label[static_cast<std::size_t>(y * m.width() + x)];
                return k >= 0 && kept[static_cast<std::size_t>(k)];
            });
            connectivity const c = eight ? connectivity::eight : connectivity::four;
            CHECK(keep_components(serial{}, m, seeds, c) == expected);
            CHECK(keep_components(test::thread_policy{3}, m, seeds, c) == expected);
        }
}

TEST_CASE("keep_components: ends of words, and masks of different extents", "[segment][keep_components]") {
    bit_image line(200, 1), seed(200, 1);
    for (index_t x = 10; x < 192; ++x) line.set(x, 0);
    for (index_t x : {9, 192}) {
        seed.set(x, 0);
        CHECK(keep_components(serial{}, line, seed).popcount() == 0);
    }
    for (index_t x : {10, 63, 64, 130, 191}) {
        bit_image one(200, 1);
        one.set(x, 0);
        CHECK(keep_components(serial{}, line, one) == line);
    }
    CHECK_THROWS_WITH(
        keep_components(serial{}, line, bit_image(199, 2)),
        "quoin::keep_components: the mask has 200 x 1 pixels, the seeds 199 x 2; give masks of one extent");
}
