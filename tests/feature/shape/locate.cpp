// SPDX-License-Identifier: BSL-1.0
// locate and signed_distance against a slanted ray and the distance to each side.
#include "support/random_points.hpp"

#include <quoin/feature/shape/locate.hpp>

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include <numeric>

using namespace quoin;

namespace {

bool on_side(point a, point b, point p) {
    index_t const parts = std::max<index_t>(1, std::gcd(b.x - a.x, b.y - a.y));
    for (index_t i = 0; i <= parts; ++i)
        if (p == point{a.x + (b.x - a.x) / parts * i, a.y + (b.y - a.y) / parts * i}) return true;
    return false;
}

/// By a ray in a direction in which no other point of the grid nearby lies.
location plain(std::vector<point> const& polygon, point p) {
    double const ux = 1, uy = 0.000123;
    int crossed = 0;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        point const a = polygon[i], b = polygon[(i + 1) % polygon.size()];
        if (on_side(a, b, p)) return location::on_edge;
        double const ax = static_cast<double>(a.x - p.x), ay = static_cast<double>(a.y - p.y);
        double const bx = static_cast<double>(b.x - p.x), by = static_cast<double>(b.y - p.y);
        double const above = ux * ay - uy * ax, below = ux * by - uy * bx;
        if ((above < 0) == (below < 0)) continue;
        double const t = above / (above - below);
        crossed += ax + t * (bx - ax) > 0;
    }
    return crossed % 2 == 1 ? location::inside : location::outside;
}

double plain_distance(std::vector<point> const& polygon, point p) {
    double nearest = 1e300;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        point const a = polygon[i], b = polygon[(i + 1) % polygon.size()];
        double const dx = static_cast<double>(b.x - a.x), dy = static_cast<double>(b.y - a.y);
        double const px = static_cast<double>(p.x - a.x), py = static_cast<double>(p.y - a.y);
        double const length = dx * dx + dy * dy;
        double const t = length == 0 ? 0 : std::clamp((px * dx + py * dy) / length, 0.0, 1.0);
        nearest = std::min(nearest, std::hypot(px - t * dx, py - t * dy));
    }
    return nearest;
}

} // namespace

TEST_CASE("locate, signed_distance: all points around random polygons", "[feature][locate]") {
    int found[3] = {};
    for (unsigned seed = 0; seed < 300; ++seed) {
        std::vector<point> const polygon = test::random_points(1 + seed / 2 % 12, 6, seed);
        for (index_t y = -8; y <= 8; ++y)
            for (index_t x = -8; x <= 8; ++x) {
                location const expected = plain(polygon, {x, y});
                ++found[static_cast<int>(expected)];
                double const sign = expected == location::inside ? 1 : expected == location::outside ? -1 : 0;
                double const distance = signed_distance(polygon, {x, y});
                if (locate(polygon, {x, y}) != expected ||
                    distance != Catch::Approx(sign * plain_distance(polygon, {x, y})).epsilon(1e-12)) {
                    CAPTURE(seed, x, y, distance);
                    FAIL();
                }
            }
    }
    for (int const count : found) CHECK(count > 2000);
}

TEST_CASE("locate: the largest coordinates, and what is refused", "[feature][locate]") {
    index_t const far = index_t{1} << 31;
    std::vector<point> const triangle{{-far, -far}, {-far, far}, {far, far}};
    CHECK(locate(triangle, {-1, 0}) == location::inside);
    CHECK(locate(triangle, {0, 0}) == location::on_edge);
    CHECK(locate(triangle, {1, 0}) == location::outside);
    CHECK(signed_distance(triangle, {1, 0}) == Catch::Approx(-std::sqrt(0.5)).epsilon(1e-14));
    CHECK_THROWS_AS(locate({}, {0, 0}), invalid_argument);
    CHECK_THROWS_AS(signed_distance({}, {0, 0}), invalid_argument);
    CHECK_THROWS_AS(locate(triangle, {far + 1, 0}), invalid_argument);
    CHECK_THROWS_AS(signed_distance(std::vector<point>{{0, -far - 1}}, {0, 0}), invalid_argument);
}
