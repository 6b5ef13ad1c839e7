// SPDX-License-Identifier: BSL-1.0
#include <quoin/draw/line.hpp>

#include "draw/canvas.hpp"
#include "draw/line_oracle.hpp"

#include <quoin/image/image.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace quoin;
using Catch::Matchers::MessageMatches;
using Catch::Matchers::StartsWith;

namespace {

std::string wrong_line(extent size, point a, point b, index_t thickness) {
    std::string const wrong = test::wrong_shape(
        size,
        [&](auto const& view, auto const& color, int alpha) {
            draw_line(view, a, b, color, {.thickness = thickness, .alpha = alpha});
        },
        [&](index_t x, index_t y) { return test::on_line(a, b, thickness, x, y); });
    return wrong.empty() ? wrong : test::text_of(a, b) + wrong;
}

/// Two points far from each other and from a canvas, mostly so that the line crosses it.
std::pair<point, point> far_points(std::mt19937_64& random, extent size) {
    auto const within = [&](index_t least, index_t most) {
        return std::uniform_int_distribution<index_t>(least, most)(random);
    };
    index_t const far = index_t{1} << within(4, 31);
    point const p{within(-3, size.width + 2), within(-3, size.height + 2)};
    index_t dx = within(-far, far) / 2, dy = within(-far, far) / 2;
    if (within(0, 4) == 0) dx = within(-2, 2);
    if (within(0, 4) == 0) dy = within(-2, 2);
    auto const near = [&](index_t v) { return std::clamp(v + within(-1, 1), -(index_t{1} << 31), index_t{1} << 31); };
    return {{near(p.x - dx), near(p.y - dy)}, {near(p.x + dx), near(p.y + dy)}};
}

} // namespace

TEST_CASE("draw_line: all lines of the points around a small view have the pixels of the definition", "[draw][line]") {
    for (index_t thickness : {1, 2, 3}) {
        std::string wrong;
        index_t const step = thickness == 1 ? 1 : 2;
        for (index_t i = 0; i < 81 && wrong.empty(); i += step)
            for (index_t j = 0; j < 81 && wrong.empty(); ++j)
                wrong = wrong_line({7, 6}, {i % 9 - 1, i / 9 - 1}, {j % 9 - 1, j / 9 - 1}, thickness);
        CHECK(wrong == "");
    }
}

TEST_CASE("draw_line: far ends, and thick lines, have the pixels of the definition", "[draw][line]") {
    auto const seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    extent const size{23, 17};
    for (int i = 0; i < 3000; ++i) {
        auto const [a, b] = far_points(random, size);
        index_t const thickness = i % 3 == 0 ? 1 : std::uniform_int_distribution<index_t>(2, 14)(random);
        REQUIRE(wrong_line(size, a, b, thickness) == "");
        REQUIRE(wrong_line(size, b, a, thickness) == "");
    }
    index_t const end = index_t{1} << 31;
    for (point const a : {point{-end, -end}, point{end, -end}, point{-end, 3}, point{4, end}, point{end, end}})
        for (point const b : {point{end, end}, point{-end, end}, point{end, 4}, point{3, -end}, point{0, 0}})
            for (index_t const thickness : {1, 2, 32767}) CHECK(wrong_line(size, a, b, thickness) == "");
}

TEST_CASE("draw_line: inside a view as on a larger one", "[draw][line]") {
    image<std::uint8_t> large(400, 300);
    image<std::uint8_t> small(90, 70);
    index_t const left = 130, top = 110;
    for (index_t i = 0; i < 60; ++i) {
        point const a{i * 7, i * 91 % 300}, b{399 - i * 53 % 400, i * 37 % 300};
        stroke const how{.thickness = 1 + i % 9, .alpha = 77};
        draw_line(large.view(), a, b, 255, how);
        draw_line(small.view(), {a.x - left, a.y - top}, {b.x - left, b.y - top}, 255, how);
    }
    bool same = true;
    for (index_t y = 0; y < small.height(); ++y)
        for (index_t x = 0; x < small.width(); ++x) same = same && small(x, y) == large(x + left, y + top);
    CHECK(same);
}

TEST_CASE("draw_polyline: each pixel of the segments once", "[draw][line]") {
    auto const seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    for (int i = 0; i < 300; ++i) {
        std::vector<point> points(random() % 7);
        for (point& p : points) p = {static_cast<index_t>(random() % 40) - 8, static_cast<index_t>(random() % 30) - 6};
        index_t const thickness = 1 + static_cast<index_t>(random() % 6);
        REQUIRE(test::wrong_shape(
                    {24, 18},
                    [&](auto const& view, auto const& color, int alpha) {
                        draw_polyline(view, points, color, {.thickness = thickness, .alpha = alpha});
                    },
                    [&](index_t x, index_t y) {
                        bool inside = points.size() == 1 && test::on_line(points[0], points[0], thickness, x, y);
                        for (std::size_t j = 1; j < points.size(); ++j)
                            inside = inside || test::on_line(points[j - 1], points[j], thickness, x, y);
                        return inside;
                    }) == "");
    }
}

TEST_CASE("draw_line, draw_polyline: wrong arguments write nothing", "[draw][line]") {
    image<std::uint8_t> image(5, 5);
    auto const view = image.view();
    index_t const beyond = (index_t{1} << 31) + 1;
    CHECK_THROWS_MATCHES(draw_line(view, {0, 0}, {beyond, 2}, 9), invalid_argument,
                         MessageMatches(StartsWith("quoin::draw_line: the coordinate 2147483649 is outside of")));
    CHECK_THROWS_MATCHES(draw_line(view, {0, 0}, {2, 2}, 9, {.thickness = 0}), invalid_argument,
                         MessageMatches(StartsWith("quoin::draw_line: the thickness 0 is not in 1 to 32767")));
    CHECK_THROWS_MATCHES(draw_line(view, {0, 0}, {2, 2}, 9, {.alpha = 256}), invalid_argument,
                         MessageMatches(StartsWith("quoin::draw_line: the alpha 256 is not in 0 to 255")));
    std::vector<point> const points{{0, 0}, {3, 3}, {0, -beyond}};
    CHECK_THROWS_MATCHES(draw_polyline(view, points, 9), invalid_argument,
                         MessageMatches(StartsWith("quoin::draw_polyline: the coordinate -2147483649 is")));
    for (index_t y = 0; y < 5; ++y)
        for (index_t x = 0; x < 5; ++x) CHECK(image(x, y) == 0);
    draw_line(image_view<std::uint8_t>(), {0, 0}, {2, 2}, 9, {.thickness = 3}); // of no pixels
}
