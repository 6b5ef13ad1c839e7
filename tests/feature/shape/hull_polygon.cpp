// SPDX-License-Identifier: BSL-1.0
// hull_polygon: what makes a polygon the hull of points.
#include "support/random_points.hpp"

#include <quoin/feature/shape/hull_polygon.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// Negative if c is to the left of the way from a to b, with y downwards.
index_t side(point a, point b, point c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

} // namespace

TEST_CASE("hull_polygon: corners are points, turn left, and have all points to the left", "[feature][hull_polygon]") {
    for (unsigned seed = 1; seed < 4000; ++seed) {
        std::vector<point> const points = test::random_points(seed / 2 % 40, seed % 3 == 0 ? 3 : 90, seed);
        std::vector<point> const hull = hull_polygon(points);
        CAPTURE(seed);
        REQUIRE(hull.empty() == points.empty());
        for (point const corner : hull) REQUIRE(std::ranges::find(points, corner) != points.end());
        for (point const p : points) REQUIRE(!(p.y < hull[0].y || (p.y == hull[0].y && p.x < hull[0].x)));
        std::size_t const n = hull.size();
        for (std::size_t i = 0; i < n; ++i) {
            point const a = hull[i], b = hull[(i + 1) % n];
            if (n == 1) REQUIRE(std::ranges::all_of(points, [&](point p) { return p == a; }));
            else REQUIRE(!(a == b));
            if (n > 2) REQUIRE(side(a, b, hull[(i + 2) % n]) < 0);
            for (point const p : points) {
                REQUIRE(side(a, b, p) <= 0);
                // Between two corners alone, not beyond them.
                if (n == 2) REQUIRE((p.x - a.x) * (p.x - b.x) + (p.y - a.y) * (p.y - b.y) <= 0);
            }
        }
    }
}

TEST_CASE("hull_polygon: the largest coordinates, and what is refused", "[feature][hull_polygon]") {
    index_t const far = index_t{1} << 31;
    std::vector<point> const square{{-far, -far}, {-far, far}, {far, far}, {far, -far}};
    std::vector<point> more{{0, 0}, {far - 1, far - 1}, {far, 1}};
    more.insert(more.end(), square.begin(), square.end());
    CHECK(hull_polygon(more) == square);
    CHECK_THROWS_AS(hull_polygon(std::vector<point>{{far + 1, 0}}), invalid_argument);
}
