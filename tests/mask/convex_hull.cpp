// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/mask/convex_hull.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace quoin;

namespace {

constexpr pixel_points all_points[] = {pixel_points::centers, pixel_points::edge_midpoints, pixel_points::corners};

/// The points in half pixels.
std::vector<point> points_of(bit_image const& m, pixel_points points) {
    std::vector<point> result;
    for (index_t y = 0; y < m.height(); ++y)
        for (index_t x = 0; x < m.width(); ++x) {
            if (!m.get(x, y)) continue;
            if (points == pixel_points::centers) result.push_back({2 * x, 2 * y});
            for (index_t side : {-1, 1}) {
                if (points == pixel_points::edge_midpoints) {
                    result.push_back({2 * x + side, 2 * y});
                    result.push_back({2 * x, 2 * y + side});
                }
                if (points == pixel_points::corners) {
                    result.push_back({2 * x + side, 2 * y - 1});
                    result.push_back({2 * x + side, 2 * y + 1});
                }
            }
        }
    return result;
}

/// On which side of the line from a to b a point lies.
index_t side(point a, point b, point c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/// The centers on the inner side of all lines through two points that have no point on their other side. For points on
/// one line, and a single one, the bounding box counts.
bit_image slow(bit_image const& m, pixel_points points) {
    std::vector<point> const all = points_of(m, points);
    if (all.empty()) return bit_image(m.size());
    std::vector<std::pair<point, point>> lines;
    for (point const& a : all)
        for (point const& b : all)
            if ((a.x != b.x || a.y != b.y) &&
                std::all_of(all.begin(), all.end(), [&](point const& c) { return side(a, b, c) >= 0; }))
                lines.push_back({a, b});
    auto const by_x = [](point const& a, point const& b) { return a.x < b.x; };
    auto const by_y = [](point const& a, point const& b) { return a.y < b.y; };
    auto const [west, east] = std::minmax_element(all.begin(), all.end(), by_x);
    auto const [north, south] = std::minmax_element(all.begin(), all.end(), by_y);
    return masks::where(m.width(), m.height(), [&](index_t x, index_t y) {
        return 2 * x >= west->x && 2 * x <= east->x && 2 * y >= north->y && 2 * y <= south->y &&
               std::all_of(lines.begin(), lines.end(),
                           [&](auto const& line) { return side(line.first, line.second, {2 * x, 2 * y}) >= 0; });
    });
}

} // namespace

TEST_CASE("convex_hull: every mask of few pixels", "[mask][convex_hull]") {
    for (auto const& [width, height] : {std::pair{3, 3}, {2, 4}, {5, 1}, {1, 5}})
        for (std::uint64_t number = 0; number < std::uint64_t{1} << (width * height); ++number)
            for (pixel_points points : all_points) {
                bit_image const m = masks::from_number(width, height, number);
                if (convex_hull(serial{}, m, points) != slow(m, points)) {
                    CAPTURE(width, height, number, static_cast<int>(points));
                    FAIL("not the pixels between the lines");
                }
            }
    SUCCEED();
}

TEST_CASE("convex_hull: a few pixels far apart, under every policy", "[mask][convex_hull]") {
    for (std::uint64_t seed = 1; seed < 200; ++seed) {
        std::mt19937_64 engine(seed);
        bit_image m(static_cast<index_t>(1 + engine() % 150), static_cast<index_t>(1 + engine() % 150));
        for (std::uint64_t k = engine() % 8 + 1; k > 0; --k)
            m.set(static_cast<index_t>(engine() % static_cast<std::uint64_t>(m.width())),
                  static_cast<index_t>(engine() % static_cast<std::uint64_t>(m.height())));
        for (pixel_points points : all_points) {
            CAPTURE(seed, static_cast<int>(points));
            bit_image const expected = slow(m, points);
            REQUIRE(convex_hull(serial{}, m, points) == expected);
            REQUIRE(convex_hull(test::thread_policy{3}, m, points) == expected);
            REQUIRE(convex_hull(test::backwards_policy{}, m, points) == expected);
        }
        bit_image const hull = convex_hull(serial{}, m);
        CHECK(convex_hull(serial{}, hull) == hull);
    }
}

TEST_CASE("convex_hull: a disc is its own hull", "[mask][convex_hull]") {
    auto const disc = masks::where(
        300, 300, [](index_t x, index_t y) { return (x - 140) * (x - 140) + (y - 151) * (y - 151) <= 130 * 130; });
    CHECK(convex_hull(serial{}, disc) == disc);
    // Its outline has the same hull.
    bit_image outline = disc;
    for (index_t y = 0; y < 300; ++y)
        for (index_t x = 0; x < 300; ++x)
            if (disc.get(x, y) && disc.get(x - 1, y) && disc.get(x + 1, y)) outline.set(x, y, false);
    CHECK(convex_hull(serial{}, outline) == disc);
}

TEST_CASE("convex_hull: long sides do not overflow", "[mask][convex_hull]") {
    index_t const width = 1 << 22, height = 3;
    bit_image m(width, height);
    m.set(0, 0);
    m.set(width - 1, 1);
    m.set(width - 2, 2);
    bit_image const hull = convex_hull(serial{}, m);
    CHECK(hull.get(width / 2 - 1, 1));
    CHECK(!hull.get(width / 2 - 2, 1));
    CHECK(hull.popcount() == 1 + width - (width / 2 - 1) + 1);
    CHECK(masks::transposed(convex_hull(serial{}, masks::transposed(m))) == hull);
}

TEST_CASE("convex_hull: nothing set, and what it refuses", "[mask][convex_hull]") {
    CHECK(convex_hull(serial{}, bit_image(70, 5)) == bit_image(70, 5));
    CHECK(convex_hull(serial{}, bit_image(0, 5)) == bit_image(0, 5));
    CHECK_THROWS_WITH(convex_hull(serial{}, bit_image(0, index_t{1} << 30)),
                      Catch::Matchers::StartsWith("quoin::convex_hull: a mask of 0 x 1073741824 pixels"));
}
