// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/mask/morphology.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace quoin;

namespace {

/// Whether any (or all) of the pixels around (x, y) that lie in the mask are set.
bit_image slow(bit_image const& m, index_t radius, bool all) {
    return masks::where(m.width(), m.height(), [&](index_t x, index_t y) {
        for (index_t v = std::max<index_t>(0, y - radius); v <= std::min(m.height() - 1, y + radius); ++v)
            for (index_t u = std::max<index_t>(0, x - radius); u <= std::min(m.width() - 1, x + radius); ++u)
                if (m.get(u, v) != all) return !all;
        return all;
    });
}

} // namespace

TEST_CASE("morphology: equal to plain loops over the square", "[segment][morphology]") {
    std::uint64_t seed = 0;
    for (index_t width : {1, 2, 63, 64, 65, 130, 200})
        for (index_t height : {1, 2, 40})
            for (index_t radius : {0, 1, 2, 3, 7, 31, 32, 64, 65, 250}) {
                // About one pixel of the other kind in each square, so that both answers occur.
                double const rare =
                    0.5 / static_cast<double>((2 * radius + 1) * std::min<index_t>(2 * radius + 1, height));
                CAPTURE(width, height, radius, ++seed);
                bit_image const few = masks::random(width, height, rare, seed);
                bit_image const many = masks::random(width, height, 1 - rare, seed);
                REQUIRE(dilation(serial{}, few, radius) == slow(few, radius, false));
                REQUIRE(erosion(serial{}, many, radius) == slow(many, radius, true));
            }
}

TEST_CASE("morphology: opening and closing are the two in turn, idempotent and ordered", "[segment][morphology]") {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        CAPTURE(seed);
        bit_image const m = masks::random_shapes(150, 120, 40, seed);
        index_t const radius = static_cast<index_t>(seed % 4);
        bit_image const opened = opening(serial{}, m, radius);
        bit_image const closed = closing(serial{}, m, radius);
        CHECK(opened == slow(slow(m, radius, true), radius, false));
        CHECK(closed == slow(slow(m, radius, false), radius, true));
        CHECK(opening(serial{}, opened, radius) == opened);
        CHECK(closing(serial{}, closed, radius) == closed);
        auto const within = [](bit_image const& a, bit_image const& b) {
            return masks::where(a.width(), a.height(), [&](index_t x, index_t y) {
                       return a.get(x, y) && !b.get(x, y);
                   }).popcount() == 0;
        };
        CHECK(within(opened, m));
        CHECK(within(m, closed));
    }
}

TEST_CASE("morphology: one pass of radius 1 over rows of any length, in any number of parts", "[segment][morphology]") {
    std::uint64_t seed = 0;
    for (index_t width : {1, 2, 63, 64, 65, 127, 128, 129, 193, 704, 777})
        for (index_t height : {1, 2, 3, 63, 64, 65, 130}) {
            CAPTURE(width, height, ++seed);
            // Dense enough for squares of 3 x 3 pixels, set and unset ones, to occur.
            bit_image const many = masks::random(width, height, 0.9, seed);
            bit_image const few = masks::random(width, height, 0.1, seed);
            bit_image const eroded = slow(many, 1, true), dilated = slow(few, 1, false);
            REQUIRE(erosion(serial{}, many, 1) == eroded);
            REQUIRE(opening(serial{}, many, 1) == slow(eroded, 1, false));
            REQUIRE(dilation(serial{}, few, 1) == dilated);
            REQUIRE(closing(serial{}, few, 1) == slow(dilated, 1, true));
        }
}

TEST_CASE("morphology: the border neither erodes nor dilates", "[segment][morphology]") {
    auto const full = masks::where(70, 9, [](index_t, index_t) { return true; });
    CHECK(erosion(serial{}, full, 3) == full);
    CHECK(dilation(serial{}, bit_image(70, 9), 3) == bit_image(70, 9));
}

TEST_CASE("morphology: the same under every policy", "[segment][morphology]") {
    bit_image const m = masks::random_shapes(300, 400, 200, 1);
    for (index_t radius : {1, 2, 40}) {
        bit_image const expected = opening(serial{}, m, radius);
        CHECK(opening(test::thread_policy{3}, m, radius) == expected);
        CHECK(opening(test::backwards_policy{}, m, radius) == expected);
        CHECK(closing(test::thread_policy{3}, m, radius) == closing(serial{}, m, radius));
    }
}

TEST_CASE("morphology: a negative radius is refused, an empty mask is not", "[segment][morphology]") {
    using Catch::Matchers::StartsWith;
    bit_image const m(3, 3);
    CHECK_THROWS_WITH(erosion(serial{}, m, -1), StartsWith("quoin::erosion: the radius is -1"));
    CHECK_THROWS_WITH(dilation(serial{}, m, -1), StartsWith("quoin::dilation: the radius is -1"));
    CHECK_THROWS_WITH(opening(serial{}, m, -1), StartsWith("quoin::opening: the radius is -1"));
    CHECK_THROWS_WITH(closing(serial{}, m, -1), StartsWith("quoin::closing: the radius is -1"));
    CHECK(dilation(serial{}, bit_image(0, 3), 2) == bit_image(0, 3));
    CHECK(erosion(serial{}, bit_image(3, 0), 2) == bit_image(3, 0));
}
