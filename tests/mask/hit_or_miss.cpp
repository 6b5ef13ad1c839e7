// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/mask/hit_or_miss.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace quoin;

namespace {

/// Every pixel of the pattern by itself.
bit_image slow(bit_image const& m, std::vector<std::string> const& rows, index_t column, index_t row,
               mask_border border) {
    return masks::where(m.width(), m.height(), [&](index_t x, index_t y) {
        for (std::size_t j = 0; j < rows.size(); ++j)
            for (std::size_t i = 0; i < rows[j].size(); ++i) {
                if (rows[j][i] == '.') continue;
                index_t const u = x + static_cast<index_t>(i) - column, v = y + static_cast<index_t>(j) - row;
                bool const outside = u < 0 || v < 0 || u >= m.width() || v >= m.height();
                if (outside && border == mask_border::ignored) continue;
                if ((!outside && m.get(u, v)) != (rows[j][i] == '1')) return false;
            }
        return true;
    });
}

std::string joined(std::vector<std::string> const& rows) {
    std::string text;
    for (std::string const& row : rows) text += (text.empty() ? "" : "/") + row;
    return text;
}

/// The pixels of the rows that are `kind`, or the anchor if there are none.
structuring_element element(std::vector<std::string> rows, char kind) {
    for (std::string& row : rows)
        for (char& c : row) c = c == kind ? '1' : '0';
    return structuring_element::from_rows(joined(rows));
}

} // namespace

TEST_CASE("hit_or_miss: random patterns against plain loops, under every policy", "[mask][hit_or_miss]") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        std::mt19937_64 engine(seed);
        index_t const width = static_cast<index_t>(engine() % 140), height = static_cast<index_t>(1 + engine() % 20);
        bit_image const m = masks::random(width, height, 0.5, seed);
        std::size_t const columns = 1 + engine() % 5, lines = 1 + engine() % 4;
        std::vector<std::string> rows(lines, std::string(columns, '.'));
        for (std::uint64_t k = 1 + engine() % 5; k > 0; --k)
            rows[engine() % lines][engine() % columns] = engine() % 2 == 0 ? '0' : '1';
        std::string const text = joined(rows);
        index_t const x = static_cast<index_t>(columns / 2), y = static_cast<index_t>(lines / 2);
        for (mask_border border : {mask_border::ignored, mask_border::unset}) {
            CAPTURE(seed, width, height, text, static_cast<int>(border));
            bit_image const expected = slow(m, rows, x, y, border);
            REQUIRE(hit_or_miss(serial{}, m, text, border) == expected);
            REQUIRE(hit_or_miss(test::thread_policy{3}, m, text, border) == expected);
            REQUIRE(hit_or_miss(test::backwards_policy{}, m, text, border) == expected);
            if (text.find('0') == text.npos || text.find('1') == text.npos) continue;
            int const column = static_cast<int>(engine() % columns), row = static_cast<int>(engine() % lines);
            REQUIRE(hit_or_miss(serial{}, m, element(rows, '1').anchored(column, row),
                                element(rows, '0').anchored(column, row),
                                border) == slow(m, rows, column, row, border));
        }
    }
}

TEST_CASE("hit_or_miss: elements of different boxes", "[mask][hit_or_miss]") {
    // The upper ends of columns: a disc above is empty, but for the rows from the anchor on.
    bit_image const m = masks::picture({".......", "...#...", "...#...", "#..#...", "......."});
    auto const hits = structuring_element::from_rows("1/1").anchored(0, 0);
    auto const misses = structuring_element::from_rows("111/101").anchored(1, 1);
    CHECK(hit_or_miss(serial{}, m, hits, misses) ==
          masks::picture({".......", "...#...", ".......", ".......", "......."}));
}

TEST_CASE("hit_or_miss: what it refuses", "[mask][hit_or_miss]") {
    using Catch::Matchers::StartsWith;
    bit_image const m(9, 9);
    auto const cross = structuring_element::cross(1);
    CHECK_THROWS_WITH(hit_or_miss(serial{}, m, cross, structuring_element::from_rows("11").anchored(0, 0)),
                      StartsWith("quoin::hit_or_miss: the offset (0, 0) is a hit and a miss"));
    CHECK_THROWS_WITH(hit_or_miss(serial{}, m, "01/1"), StartsWith("quoin::hit_or_miss: row 2 of the pattern has 1"));
    CHECK_THROWS_WITH(hit_or_miss(serial{}, m, "01/1x"), StartsWith("quoin::hit_or_miss: 'x' at place 5"));
    CHECK_THROWS_WITH(hit_or_miss(serial{}, m, "../.."), StartsWith("quoin::hit_or_miss: the pattern '../..' has no"));
    CHECK_THROWS_WITH(hit_or_miss(serial{}, m, ""), StartsWith("quoin::hit_or_miss: the pattern '' has no"));
    CHECK_THROWS_WITH(hit_or_miss(serial{}, m, "1/"), StartsWith("quoin::hit_or_miss: row 2 of the pattern has 0"));
    CHECK_THROWS_AS(hit_or_miss(serial{}, m, std::string(structuring_element::most_side + 1, '1')), invalid_argument);
}
