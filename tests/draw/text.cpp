// SPDX-License-Identifier: BSL-1.0
#include <quoin/draw/text.hpp>

#include "draw/canvas.hpp"

#include <quoin/image/image.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <set>

using namespace quoin;
using Catch::Matchers::MessageMatches;
using Catch::Matchers::StartsWith;

namespace {

/// The pixels that text has on a view, as rows of '#' and '.'.
std::vector<std::string> drawn(extent size, point at, std::string_view text) {
    image<std::uint8_t> image(size.width, size.height);
    draw_text(image.view(), at, text, 1);
    std::vector<std::string> rows;
    for (index_t y = 0; y < size.height; ++y) {
        rows.emplace_back();
        for (index_t x = 0; x < size.width; ++x) rows.back() += image(x, y) ? '#' : '.';
    }
    return rows;
}

} // namespace

TEST_CASE("draw_text: letters stand on the baseline, and what the font lacks is a box", "[draw][text]") {
    std::vector<std::string> const expected{".###........#####", "#...#.......#...#", "#...#..####.#...#",
                                            "#####.#...#.#...#", "#...#.#...#.#...#", "#...#.#...#.#...#",
                                            "#...#..####.#####", "..........#......", ".......###......."};
    CHECK(drawn({17, 9}, {0, 0}, "Ag\xc3\xa9") == expected);
}

TEST_CASE("draw_text: every printable character differs from all others and fits its place", "[draw][text]") {
    std::set<std::vector<std::string>> seen;
    for (char c = ' '; c < 127; ++c) {
        auto const glyph = drawn({9, 13}, {2, 2}, std::string(1, c));
        seen.insert(glyph);
        for (std::size_t y = 0; y < glyph.size(); ++y)
            for (std::size_t x = 0; x < glyph[y].size(); ++x)
                if (x < 2 || x > 6 || y < 2 || y > 10) CHECK(glyph[y][x] == '.');
    }
    CHECK(seen.size() == 95);
    auto const box = drawn({9, 13}, {2, 2}, "\t");
    CHECK(!seen.contains(box));
    CHECK(box == drawn({9, 13}, {2, 2}, "\x7f"));
    CHECK(box == drawn({9, 13}, {2, 2}, "\xe2\x82\xac")); // one character of three bytes
}

TEST_CASE("draw_text: scaled, blended, and cut at the sides of the view", "[draw][text]") {
    std::string_view const text = "Pad 7:\n{q} \xc2\xb5m";
    for (index_t scale = 1; scale < 5; ++scale)
        for (point const at : {point{1, 2}, point{-4, -3}, point{30, 11}, point{-40, 5}, point{3, 200}}) {
            extent const size{50, 33};
            auto const plain = drawn({60, 30}, {0, 0}, text);
            CHECK(test::wrong_shape(
                      size,
                      [&](auto const& view, auto const& color, int alpha) {
                          auto const drawn_extent = draw_text(view, at, text, color, {.scale = scale, .alpha = alpha});
                          CHECK(drawn_extent == extent{35 * scale, 20 * scale});
                      },
                      [&](index_t x, index_t y) {
                          index_t const u = x - at.x, v = y - at.y;
                          return u >= 0 && v >= 0 && u < 60 * scale && v < 30 * scale &&
                                 plain[static_cast<std::size_t>(v / scale)][static_cast<std::size_t>(u / scale)] == '#';
                      }) == "");
        }
}

TEST_CASE("text_extent: of lines and of nothing", "[draw][text]") {
    CHECK(text_extent("") == extent{});
    CHECK(text_extent("a") == extent{5, 9});
    CHECK(text_extent("abc", 2) == extent{34, 18});
    CHECK(text_extent("ab\nabcd\n") == extent{23, 20});
    CHECK(text_extent("\xce\xbcm") == extent{11, 9});
    STATIC_CHECK(text_extent("x", 3) == extent{15, 27});
}

TEST_CASE("draw_text: far places take no time, and wrong arguments write nothing", "[draw][text]") {
    image<std::uint8_t> image(5, 5);
    auto const view = image.view();
    index_t const end = index_t{1} << 31;
    for (point const at : {point{-end, -end}, point{end, end}, point{-end, 0}, point{0, end}})
        draw_text(view, at, "far", 9, {.scale = 1024});
    CHECK_THROWS_MATCHES(draw_text(view, {end + 1, 0}, "a", 9), invalid_argument,
                         MessageMatches(StartsWith("quoin::draw_text: the coordinate 2147483649 is outside of")));
    CHECK_THROWS_MATCHES(draw_text(view, {0, 0}, "a", 9, {.scale = 0}), invalid_argument,
                         MessageMatches(StartsWith("quoin::draw_text: the scale 0 is not in 1 to 1024")));
    CHECK_THROWS_MATCHES(draw_text(view, {0, 0}, "a", 9, {.alpha = -2}), invalid_argument,
                         MessageMatches(StartsWith("quoin::draw_text: the alpha -2 is not in 0 to 255")));
    CHECK_THROWS_MATCHES(text_extent("a", 1025), invalid_argument,
                         MessageMatches(StartsWith("quoin::text_extent: the scale 1025 is not in 1 to 1024")));
    for (index_t y = 0; y < 5; ++y)
        for (index_t x = 0; x < 5; ++x) CHECK(image(x, y) == 0);
}
