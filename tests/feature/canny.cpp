// SPDX-License-Identifier: BSL-1.0
#include <quoin/feature/canny.hpp>

#include "plain_canny.hpp"

#include <quoin/exec/serial.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace quoin;
using Catch::Matchers::Equals;

TEST_CASE("canny: bytes against plain loops, under every policy", "[feature][canny]") {
    CHECK(test::wrong_canny<std::uint8_t>() == "");
}

TEST_CASE("canny: thresholds", "[feature][canny]") {
    // A step of height 25 between columns 4 and 5 has |gx| = 100 on both sides, and the first one is the edge.
    image<std::uint8_t> step(10, 7);
    for (index_t y = 0; y < 7; ++y)
        for (index_t x = 5; x < 10; ++x) step(x, y) = 25;
    bit_image const edges = canny(serial{}, step, 50, 99.5);
    for (index_t y = 0; y < 7; ++y)
        for (index_t x = 0; x < 10; ++x) CHECK(edges.get(x, y) == (x == 4));
    CHECK(canny(serial{}, step, 50, 100).popcount() == 0); // not above it
    CHECK(canny(serial{}, step, 1e300, 1e300, 3, gradient_norm::l2).popcount() == 0);
    CHECK(canny(serial{}, image<std::uint8_t>(), 1, 2).empty());
}

TEST_CASE("canny: automatic thresholds follow the contrast", "[feature][canny]") {
    image<std::uint8_t> shapes(40, 30), negative(40, 30);
    image<std::uint16_t> deep(40, 30);
    for (index_t y = 0; y < 30; ++y)
        for (index_t x = 0; x < 40; ++x) {
            shapes(x, y) = static_cast<std::uint8_t>((x > 9 && x < 25 && y > 7 ? 120 : 20) + (x * 7 + y * 3) % 5);
            negative(x, y) = static_cast<std::uint8_t>(255 - shapes(x, y));
            deep(x, y) = static_cast<std::uint16_t>(256 * shapes(x, y));
        }
    auto const t = automatic_thresholds(serial{}, shapes);
    CHECK((t.high > 4 * 8 && t.high < 4 * 100 && t.low == std::floor(t.high / 2)));
    CHECK(automatic_thresholds(serial{}, negative) == t);
    CHECK(canny(serial{}, shapes) == canny(serial{}, shapes, t.low, t.high));
    CHECK(canny(serial{}, shapes).popcount() > 40);
    CHECK(automatic_thresholds(serial{}, deep).high == 256 * t.high);
}

TEST_CASE("canny: as a stage", "[feature][canny]") {
    auto const in = test::random_levels<std::uint8_t>({131, 70}, 256, 5);
    image<std::uint8_t> out(in.size());
    canny(300, 600, 5).fill(serial{}, in.view(), out.view());
    bit_image const edges = canny(serial{}, in, 300, 600, 5);
    bool equal = true;
    for (index_t y = 0; y < 70; ++y)
        for (index_t x = 0; x < 131; ++x) equal = equal && out(x, y) == (edges.get(x, y) ? 255 : 0);
    CHECK(equal);
}

TEST_CASE("canny: what it refuses", "[feature][canny]") {
    CHECK_THROWS_WITH(canny(100, 50),
                      Equals("quoin::canny: the thresholds 100 and 50; give two numbers >= 0, the lower "
                             "one first, such as 50 and 100"));
    CHECK_THROWS_AS(canny(-1, 50), invalid_argument);
    CHECK_THROWS_AS(canny(1, INFINITY), invalid_argument);
    CHECK_THROWS_AS(canny(NAN, 5), invalid_argument);
    CHECK_THROWS_WITH(canny(1, 2, 4), Equals("quoin::canny: derivatives over 4 x 4 pixels; give 3, 5 or 7"));
    CHECK_THROWS_AS(canny(serial{}, image<std::uint8_t>(3, 3), 2, 1), invalid_argument);
}
