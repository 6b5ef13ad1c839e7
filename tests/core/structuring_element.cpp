// SPDX-License-Identifier: BSL-1.0
#include <quoin/core/structuring_element.hpp>

#include "support/message.hpp"

#include <catch2/catch_test_macros.hpp>

#include <random>

using quoin::structuring_element;

namespace {

/// Whether the offsets of an element are those with `has`, counted one by one in a square that no element leaves.
bool has_offsets(structuring_element const& e, auto const& has, int reach) {
    int count = 0;
    for (int dy = -reach; dy <= reach; ++dy)
        for (int dx = -reach; dx <= reach; ++dx) {
            if (e.contains(dx, dy) != has(dx, dy)) return false;
            count += has(dx, dy);
        }
    return e.size() == count;
}

std::string random_rows(std::mt19937& random, int width, int height) {
    std::string text;
    for (int y = 0; y < height; ++y) {
        if (y > 0) text += '/';
        for (int x = 0; x < width; ++x) text += random() % 3 == 0 ? '0' : '1';
    }
    if (text.find('1') == text.npos) text[0] = '1';
    return text;
}

} // namespace

TEST_CASE("structuring_element: rectangles, discs and crosses are their formulas", "[core]") {
    for (int w = 1; w <= 9; ++w)
        for (int h = 1; h <= 9; ++h) {
            auto const inside = [=](int dx, int dy) {
                return dx >= -(w / 2) && dx <= (w - 1) / 2 && dy >= -(h / 2) && dy <= (h - 1) / 2;
            };
            CHECK(has_offsets(structuring_element::rectangle(w, h), inside, 10));
        }
    for (int r : {0, 1, 2, 3, 4, 5, 7, 12, 127}) {
        CHECK(
            has_offsets(structuring_element::disc(r), [=](int dx, int dy) { return dx * dx + dy * dy <= r * r; }, 128));
        auto const on_axis = [=](int dx, int dy) {
            return (dx == 0 || dy == 0) && std::abs(dx) <= r && std::abs(dy) <= r;
        };
        CHECK(has_offsets(structuring_element::cross(r), on_axis, 128));
    }
}

TEST_CASE("structuring_element: ellipses have the pixels that OpenCV's have", "[core]") {
    auto const rows = [](int w, int h) { return structuring_element::ellipse(w, h).to_rows(); };
    CHECK(rows(1, 1) == "1");
    CHECK(rows(5, 1) == "00100");
    CHECK(rows(3, 3) == "010/111/010");
    CHECK(rows(4, 4) == "0010/1111/1111/1111");
    CHECK(rows(5, 5) == "00100/11111/11111/11111/00100");
    CHECK(rows(7, 7) == "0001000/0111110/1111111/1111111/1111111/0111110/0001000");
    CHECK(rows(6, 3) == "000100/111111/000100");
    CHECK(rows(7, 4) == "0001000/1111111/1111111/1111111");
    CHECK(rows(9, 9) == "000010000/011111110/011111110/111111111/111111111/111111111/011111110/011111110/000010000");
    // All rows of a large one: |h - c sqrt(r² - dy²) / r| <= 1/2, in whole numbers.
    int const w = 201, h = 255, c = w / 2, r = h / 2;
    structuring_element const e = structuring_element::ellipse(w, h);
    REQUIRE(e.chords().size() == 255);
    for (auto const& chord : e.chords()) {
        long long const half = chord.length / 2, square = 4LL * c * c * (r * r - chord.dy * chord.dy);
        CHECK(chord.dx == -half);
        CHECK((2 * half - 1) * std::abs(2 * half - 1) * r * r <= square);
        CHECK((2 * half + 1) * (2 * half + 1) * r * r >= square);
    }
}

TEST_CASE("structuring_element: lines", "[core]") {
    using e = structuring_element;
    CHECK(e::line(5, 0) == e::rectangle(5, 1));
    CHECK(e::line(4, 180) == e::rectangle(4, 1));
    CHECK(e::line(6, 90) == e::rectangle(1, 6));
    CHECK(e::line(7, -90) == e::rectangle(1, 7));
    CHECK(e::line(1, 30) == e::rectangle(1, 1));
    CHECK(e::line(7, 45).to_rows() == "00001/00010/00100/01000/10000"); // rises to the right
    CHECK(e::line(7, -45).to_rows() == "10000/01000/00100/00010/00001");
    CHECK(e::line(8, 30).to_rows() == "0000001/0000110/0001000/0110000/1000000");
    for (int length = 1; length <= 60; ++length)
        for (int angle = -180; angle <= 180; angle += 5) {
            e const line = e::line(length, angle);
            if (line.size() % 2 == 1) CHECK(line.reflected() == line);
            CHECK(line.contains(0, 0));
            // Each pixel is within half a step of the line, and the ends are as far apart as the length says.
            double const radians = angle * 3.14159265358979323846 / 180;
            for (auto const& c : line.chords())
                for (int i = 0; i < c.length; ++i)
                    CHECK(std::abs((c.dx + i) * std::sin(radians) + c.dy * std::cos(radians)) <= 0.5 + 1e-9);
            double const most = std::max(std::abs(std::sin(radians)), std::abs(std::cos(radians)));
            CHECK(std::abs(line.size() / most - length) <= 0.5 / most + 1);
        }
}

TEST_CASE("structuring_element: random rows as text, their chords, anchors and reflections", "[core]") {
    unsigned const seed = 20;
    INFO("seed " << seed);
    std::mt19937 random(seed);
    for (int n = 0; n < 300; ++n) {
        int const w = 1 + static_cast<int>(random() % 12), h = 1 + static_cast<int>(random() % 12);
        std::string const rows = random_rows(random, w, h);
        INFO(rows);
        structuring_element const e = structuring_element::from_rows(rows);
        REQUIRE(e.to_rows() == rows);
        REQUIRE(e.width() == w);
        REQUIRE(e.height() == h);
        auto const pixel = [&](int x, int y) {
            return x >= 0 && y >= 0 && x < w && y < h && rows[static_cast<std::size_t>(y * (w + 1) + x)] == '1';
        };
        REQUIRE(has_offsets(e, [&](int dx, int dy) { return pixel(dx + w / 2, dy + h / 2); }, 13));
        int const x = static_cast<int>(random() % static_cast<unsigned>(w)),
                  y = static_cast<int>(random() % static_cast<unsigned>(h));
        structuring_element const moved = e.anchored(x, y);
        REQUIRE(moved.anchor() == quoin::point{x, y});
        REQUIRE(moved.to_rows() == rows);
        REQUIRE(has_offsets(moved, [&](int dx, int dy) { return pixel(dx + x, dy + y); }, 13));
        structuring_element const turned = moved.reflected();
        REQUIRE(has_offsets(turned, [&](int dx, int dy) { return moved.contains(-dx, -dy); }, 13));
        REQUIRE(turned.reflected() == moved);
        // Chords are the longest ones in the order of rows, and their bounds are the smallest.
        int left = 99, right = -99;
        for (std::size_t i = 0; i < e.chords().size(); ++i) {
            auto const& c = e.chords()[i];
            REQUIRE_FALSE(e.contains(c.dx - 1, c.dy));
            REQUIRE_FALSE(e.contains(c.dx + c.length, c.dy));
            if (i > 0)
                REQUIRE((e.chords()[i - 1].dy < c.dy || (e.chords()[i - 1].dy == c.dy && e.chords()[i - 1].dx < c.dx)));
            left = std::min(left, c.dx);
            right = std::max(right, c.dx + c.length);
        }
        quoin::rect const bounds = e.bounds();
        REQUIRE((bounds.x == left && bounds.right() == right));
        REQUIRE((bounds.y == e.chords().front().dy && bounds.bottom() == e.chords().back().dy + 1));
        REQUIRE(e.is_rectangle() == (e.size() == bounds.area()));
    }
    CHECK(structuring_element::from_rows("000/110/110").is_rectangle());
    CHECK(structuring_element::from_rows("000/110/110").bounds() == quoin::rect{-1, 0, 2, 2});
    CHECK_FALSE(structuring_element::from_rows("101").is_rectangle());
}

TEST_CASE("structuring_element: what is refused", "[core]") {
    using e = structuring_element;
    auto const said = [](auto const& make) { return test::message([&] { (void)make(); }); };
    std::string const name = "quoin::structuring_element::";
    CHECK(said([] { return e::rectangle(0, 3); }) ==
          name + "rectangle: a box of 0 x 3 pixels; give sides from 1 to 511");
    CHECK(said([] { return e::rectangle(3, 512); }) ==
          name + "rectangle: a box of 3 x 512 pixels; give sides from 1 to 511");
    CHECK(said([] { return e::ellipse(3, -1); }) == name + "ellipse: a box of 3 x -1 pixels; give sides from 1 to 511");
    CHECK(said([] { return e::disc(-1); }) == name + "disc: a radius of -1; give one from 0 to 255");
    CHECK(said([] { return e::disc(256); }) == name + "disc: a radius of 256; give one from 0 to 255");
    CHECK(said([] { return e::cross(256); }) == name + "cross: a radius of 256; give one from 0 to 255");
    CHECK(said([] { return e::line(0, 3); }) == name + "line: a line of 0 pixels; give a length from 1 to 511");
    CHECK(said([] { return e::line(512, 3); }) == name + "line: a line of 512 pixels; give a length from 1 to 511");
    CHECK(said([] { return e::line(9, 361); }) == name + "line: an angle of 361 degrees; give one from -360 to 360");
    CHECK(said([] { return e::line(9, std::nan("")); }).ends_with("degrees; give one from -360 to 360"));
    CHECK(said([] { return e::from_rows(""); }) == name + "from_rows: a box of 0 x 1 pixels; give sides from 1 to 511");
    CHECK(said([] { return e::from_rows("010/11"); }) ==
          name + "from_rows: row 2 has 2 pixels and the first one 3; give rows of the same length");
    CHECK(said([] { return e::from_rows("010/111/"); }) ==
          name + "from_rows: row 3 has 0 pixels and the first one 3; give rows of the same length");
    CHECK(said([] { return e::from_rows("010/1x1"); }) ==
          name + "from_rows: 'x' in row 2; give rows of 0 and 1 with / between them");
    CHECK(said([] { return e::from_rows("00/00"); }) == name + "from_rows: none of 4 pixels is 1; give at least one");
    CHECK(said([] { return e::from_rows(std::string(600, '1')); }) ==
          name + "from_rows: a box of 600 x 1 pixels; give sides from 1 to 511");
    CHECK(said([] { return e::disc(1).anchored(3, 0); }) ==
          name + "anchored: column 3 and row 0 of a box of 3 x 3 pixels; give a pixel of the box");
    CHECK(said([] { return e::disc(1).anchored(0, -1); }) ==
          name + "anchored: column 0 and row -1 of a box of 3 x 3 pixels; give a pixel of the box");
}
