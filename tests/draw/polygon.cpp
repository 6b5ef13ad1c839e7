// SPDX-License-Identifier: BSL-1.0
#include <quoin/draw/polygon.hpp>

#include "draw/canvas.hpp"
#include "draw/line_oracle.hpp"

#include <quoin/image/image.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace quoin;
using Catch::Matchers::MessageMatches;
using Catch::Matchers::StartsWith;
using contours = std::vector<std::vector<point>>;

namespace {

/// Whether an odd number of edges is at the center of the pixel or left of it.
bool inside(contours const& all, index_t x, index_t y, int bits) {
    bool odd = false;
    test::wide const u = x * (index_t{1} << bits), v = y * (index_t{1} << bits);
    for (auto const& contour : all)
        for (std::size_t i = 0; i < contour.size(); ++i) {
            point a = contour[i], b = contour[(i + 1) % contour.size()];
            if (a.y > b.y) std::swap(a, b);
            if (v >= a.y && v < b.y && (u - a.x) * (b.y - a.y) >= (v - a.y) * (b.x - a.x)) odd = !odd;
        }
    return odd;
}

std::string wrong_polygon(extent size, contours const& all, int bits) {
    return test::wrong_shape(
        size,
        [&](auto const& view, auto const& color, int alpha) {
            if (all.size() == 1) fill_polygon(view, all[0], color, alpha, bits);
            else fill_polygon(view, all, color, alpha, bits);
        },
        [&](index_t x, index_t y) { return inside(all, x, y, bits); });
}

std::vector<point> random_contour(std::mt19937& random, extent size, int bits, std::size_t most) {
    std::vector<point> contour(random() % (most + 1));
    for (point& p : contour) {
        auto const within = [&](index_t side) {
            return (static_cast<index_t>(random() % static_cast<unsigned>(2 * side << bits))) - ((side / 2) << bits);
        };
        p = {within(size.width), within(size.height)};
    }
    return contour;
}

std::vector<bool> covered(std::vector<point> const& contour, int bits) {
    image<std::uint8_t> image(40, 40);
    fill_polygon(image.view(), contour, 1, 255, bits);
    std::vector<bool> all;
    for (index_t i = 0; i < 1600; ++i) all.push_back(image(i % 40, i / 40) == 1);
    return all;
}

} // namespace

TEST_CASE("fill_polygon: random contours, with holes and crossings, by counting edges", "[draw][polygon]") {
    auto const seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    extent const size{21, 18};
    for (int i = 0; i < 1500; ++i) {
        int const bits = i % 2 == 0 ? 0 : static_cast<int>(random() % 17);
        contours all;
        for (auto n = 1 + random() % 3; n > 0; --n) all.push_back(random_contour(random, size, bits, i % 50 ? 9 : 60));
        REQUIRE(wrong_polygon(size, all, bits) == "");
    }
}

TEST_CASE("fill_polygon: a rectangle has the pixels of the rect", "[draw][polygon]") {
    CHECK(test::wrong_shape(
              {9, 8},
              [](auto const& view, auto const& color, int alpha) {
                  std::vector<point> const box{{2, 1}, {7, 1}, {7, 5}, {2, 5}};
                  fill_polygon(view, box, color, alpha);
              },
              [](index_t x, index_t y) { return rect{2, 1, 5, 4}.contains({x, y, 1, 1}); }) == "");
}

TEST_CASE("fill_polygon: triangles that share edges have each pixel once", "[draw][polygon]") {
    auto const seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    for (int i = 0; i < 200; ++i) {
        // A square in triangles about a place inside it.
        int const bits = static_cast<int>(random() % 5);
        auto const place = [&] { return static_cast<index_t>(5 + random() % 30) << bits; };
        index_t const low = 3 << bits, high = index_t{36} << bits;
        point const corners[] = {{low, low}, {high, low}, {high, high}, {low, high}}, middle{place(), place()};
        std::vector<int> times(1600);
        for (int k = 0; k < 4; ++k) {
            auto const triangle = covered({corners[k], corners[(k + 1) % 4], middle}, bits);
            for (std::size_t j = 0; j < 1600; ++j) times[j] += triangle[j];
        }
        auto const square = covered({corners[0], corners[1], corners[2], corners[3]}, bits);
        bool once = true;
        for (std::size_t j = 0; j < 1600; ++j) once = once && times[j] == square[j];
        REQUIRE(once);
    }
}

TEST_CASE("fill_polygon: far vertices", "[draw][polygon]") {
    auto const seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    for (int i = 0; i < 500; ++i) {
        index_t const far = index_t{1} << (8 + i % 24);
        contours all(1);
        for (int n = 0; n < 3 + i % 5; ++n)
            all[0].push_back({std::uniform_int_distribution<index_t>(-far, far)(random),
                              std::uniform_int_distribution<index_t>(-far, far)(random)});
        REQUIRE(wrong_polygon({19, 17}, all, i % 17) == "");
    }
    index_t const end = index_t{1} << 31;
    CHECK(wrong_polygon({19, 17}, {{{-end, -end}, {end, -end}, {end, end}, {-end, end}}}, 0) == "");
    CHECK(wrong_polygon({19, 17}, {{{-end, -end}, {end, end}, {-end, end}}}, 16) == "");
    CHECK(wrong_polygon({19, 17}, {{{-end, 2}, {end, 3}, {end, end}}}, 0) == "");
}

TEST_CASE("draw_polygon: the segments and that from the last point to the first", "[draw][polygon]") {
    std::vector<point> const points{{2, 2}, {17, 4}, {12, 15}, {4, 9}};
    for (index_t thickness : {1, 2, 3, 5})
        CHECK(test::wrong_shape(
                  {19, 17},
                  [&](auto const& view, auto const& color, int alpha) {
                      draw_polygon(view, points, color, {.thickness = thickness, .alpha = alpha});
                  },
                  [&](index_t x, index_t y) {
                      bool on = false;
                      for (std::size_t i = 0; i < 4; ++i)
                          on = on || test::on_line(points[i], points[(i + 1) % 4], thickness, x, y);
                      return on;
                  }) == "");
}

TEST_CASE("fill_polygon, draw_polygon: wrong arguments write nothing", "[draw][polygon]") {
    image<std::uint8_t> image(5, 5);
    auto const view = image.view();
    std::vector<point> const good{{0, 0}, {4, 0}, {4, 4}}, far{{0, 0}, {4, 0}, {index_t{1} << 32, 4}};
    CHECK_THROWS_MATCHES(fill_polygon(view, far, 9), invalid_argument,
                         MessageMatches(StartsWith("quoin::fill_polygon: the coordinate 4294967296 is outside of")));
    CHECK_THROWS_MATCHES(fill_polygon(view, good, 9, 255, 17), invalid_argument,
                         MessageMatches(StartsWith("quoin::fill_polygon: 17 fraction bits are not in 0 to 16")));
    CHECK_THROWS_MATCHES(fill_polygon(view, good, 9, 256), invalid_argument,
                         MessageMatches(StartsWith("quoin::fill_polygon: the alpha 256 is not in 0 to 255")));
    CHECK_THROWS_MATCHES(draw_polygon(view, far, 9), invalid_argument,
                         MessageMatches(StartsWith("quoin::draw_polygon: the coordinate 4294967296 is outside of")));
    for (index_t y = 0; y < 5; ++y)
        for (index_t x = 0; x < 5; ++x) CHECK(image(x, y) == 0);
}
