// SPDX-License-Identifier: BSL-1.0
// smallest_circle against the circles through all pairs and triples of points.
#include "support/random_points.hpp"

#include <quoin/feature/shape/smallest_circle.hpp>

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

double distance(real_circle const& c, point p) {
    return std::hypot(static_cast<double>(p.x) - c.center_x, static_cast<double>(p.y) - c.center_y);
}
real_circle through(point a, point b) {
    real_circle c{static_cast<double>(a.x + b.x) / 2, static_cast<double>(a.y + b.y) / 2};
    c.radius = distance(c, a);
    return c;
}
/// By the perpendicular bisectors, or a radius of NaN for points on a line.
real_circle through(point a, point b, point c) {
    double const ax = static_cast<double>(a.x), ay = static_cast<double>(a.y), bx = static_cast<double>(b.x),
                 by = static_cast<double>(b.y), cx = static_cast<double>(c.x), cy = static_cast<double>(c.y);
    double const d = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by));
    double const aa = ax * ax + ay * ay, bb = bx * bx + by * by, cc = cx * cx + cy * cy;
    real_circle found{(aa * (by - cy) + bb * (cy - ay) + cc * (ay - by)) / d,
                      (aa * (cx - bx) + bb * (ax - cx) + cc * (bx - ax)) / d};
    found.radius = distance(found, a);
    return found;
}

} // namespace

TEST_CASE("smallest_circle: the least of all pairs and triples", "[feature][smallest_circle]") {
    for (unsigned seed = 0; seed < 3000; ++seed) {
        std::vector<point> const points = test::random_points(1 + seed / 2 % 14, seed % 3 == 0 ? 3 : 200, seed);
        real_circle least{0, 0, 1e300};
        auto const meet = [&](real_circle const& c) {
            for (point const p : points)
                if (!(distance(c, p) <= c.radius * (1 + 1e-12) + 1e-9)) return;
            if (c.radius < least.radius) least = c;
        };
        for (point const a : points)
            for (point const b : points) {
                meet(through(a, b));
                for (point const c : points) meet(through(a, b, c));
            }
        real_circle const found = smallest_circle(points);
        CAPTURE(seed, found.center_x, found.center_y, found.radius);
        REQUIRE(found.radius == Catch::Approx(least.radius).epsilon(1e-9).margin(1e-9));
        for (point const p : points) REQUIRE(distance(found, p) <= found.radius + 1e-9);
    }
}

TEST_CASE("smallest_circle: by hand, and what is refused", "[feature][smallest_circle]") {
    CHECK(smallest_circle(std::vector<point>{{7, 8}, {7, 8}}) == real_circle{7, 8, 0});
    CHECK(smallest_circle(std::vector<point>{{0, 0}, {3, 4}, {6, 8}}) == real_circle{3, 4, 5});
    CHECK(smallest_circle(std::vector<point>{{0, 0}, {0, 6}, {8, 6}, {8, 0}, {3, 3}}) == real_circle{4, 3, 5});
    index_t const far = index_t{1} << 18;
    real_circle const large = smallest_circle(std::vector<point>{{-far, 0}, {far, 0}, {0, far}, {0, -far}, {1, -far}});
    CHECK(large.radius == Catch::Approx(static_cast<double>(far)).epsilon(1e-9));
    // Hundreds of corners on a circle.
    std::vector<point> many;
    for (index_t y = -5000; y <= 5000; ++y)
        many.push_back({static_cast<index_t>(std::sqrt(static_cast<double>(5000 * 5000 - y * y))), y});
    CHECK(smallest_circle(many) == real_circle{0, 0, 5000});
    CHECK_THROWS_AS(smallest_circle({}), invalid_argument);
    CHECK_THROWS_AS(smallest_circle(std::vector<point>{{far + 1, 0}}), invalid_argument);
}
