// SPDX-License-Identifier: BSL-1.0
// Measures of polygons against triangles, plain loops and turning angles.
#include "support/random_points.hpp"

#include <quoin/feature/shape/polygon.hpp>

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <limits>
#include <numbers>

using namespace quoin;

namespace {

using polygon = std::vector<point>;

/// The integral of x^p y^q over a polygon as the sum over triangles with the origin, by the rule with four points that
/// is exact up to the third degree. Counterclockwise with y downwards is positive.
double integral(polygon const& points, int p, int q) {
    double sum = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        point const a = points[i], b = points[(i + 1) % points.size()];
        double const ax = static_cast<double>(a.x), ay = static_cast<double>(a.y);
        double const bx = static_cast<double>(b.x), by = static_cast<double>(b.y);
        double const area = (ay * bx - ax * by) / 2;
        for (auto const& [u, v, weight] : {std::array{1.0 / 3, 1.0 / 3, -27.0 / 48}, std::array{0.6, 0.2, 25.0 / 48},
                                           std::array{0.2, 0.6, 25.0 / 48}, std::array{0.2, 0.2, 25.0 / 48}})
            sum += area * weight * std::pow(u * ax + v * bx, p) * std::pow(u * ay + v * by, q);
    }
    return sum;
}

/// Whether no side has points on both sides of it, and the sides turn once around.
bool plainly_convex(polygon const& points) {
    polygon p;
    for (point const a : points)
        if (p.empty() || !(p.back() == a)) p.push_back(a);
    while (p.size() > 1 && p.back() == p.front()) p.pop_back();
    if (p.size() < 3 || integral(p, 0, 0) == 0) return false;
    double turned = 0;
    bool left = false, right = false;
    for (std::size_t i = 0; i < p.size(); ++i) {
        point const a = p[i], b = p[(i + 1) % p.size()], c = p[(i + 2) % p.size()];
        for (point const d : p) {
            index_t const side = (b.x - a.x) * (d.y - a.y) - (b.y - a.y) * (d.x - a.x);
            left = left || side < 0;
            right = right || side > 0;
        }
        auto const angle = [](point from, point to) {
            return std::atan2(static_cast<double>(to.y - from.y), static_cast<double>(to.x - from.x));
        };
        turned += std::remainder(angle(b, c) - angle(a, b), 2 * std::numbers::pi);
    }
    return left != right && std::abs(std::abs(turned) - 2 * std::numbers::pi) < 0.01;
}

} // namespace

TEST_CASE("polygon: areas, moments, lengths and boxes of random polygons", "[feature][polygon]") {
    for (unsigned seed = 1; seed < 300; ++seed) {
        polygon const p = test::random_points(seed % 23, 50, seed);
        CAPTURE(seed);
        auto const near = [](double v) { return Catch::Approx(v).epsilon(1e-10).margin(1e-6); };
        CHECK(signed_area(p) == near(integral(p, 0, 0)));
        area_moments const m = polygon_moments(p);
        CHECK(m.m00 == signed_area(p));
        CHECK(m.m10 == near(integral(p, 1, 0)));
        CHECK(m.m01 == near(integral(p, 0, 1)));
        CHECK(m.m20 == near(integral(p, 2, 0)));
        CHECK(m.m11 == near(integral(p, 1, 1)));
        CHECK(m.m02 == near(integral(p, 0, 2)));
        CHECK(m.m30 == near(integral(p, 3, 0)));
        CHECK(m.m21 == near(integral(p, 2, 1)));
        CHECK(m.m12 == near(integral(p, 1, 2)));
        CHECK(m.m03 == near(integral(p, 0, 3)));
        double open = 0;
        for (std::size_t i = 1; i < p.size(); ++i)
            open += std::hypot(static_cast<double>(p[i].x - p[i - 1].x), static_cast<double>(p[i].y - p[i - 1].y));
        CHECK(arc_length(p, false) == near(open));
        double const back = p.empty() ? 0
                                      : std::hypot(static_cast<double>(p.back().x - p.front().x),
                                                   static_cast<double>(p.back().y - p.front().y));
        CHECK(arc_length(p) == near(open + back));
        rect const box = bounding_box(p);
        if (p.empty()) CHECK(box == rect{});
        bool left = false, top = false, right = false, bottom = false;
        for (point const a : p) {
            REQUIRE(box.contains(a));
            left = left || a.x == box.x;
            top = top || a.y == box.y;
            right = right || a.x == box.right() - 1;
            bottom = bottom || a.y == box.bottom() - 1;
        }
        CHECK((p.empty() || (left && top && right && bottom)));
    }
}

TEST_CASE("polygon: a rectangle as a component and as a hole", "[feature][polygon]") {
    polygon p{{1, 2}, {1, 6}, {8, 6}, {8, 2}};
    CHECK(signed_area(p) == 28);
    CHECK((polygon_moments(p).centroid_x() == 4.5 && polygon_moments(p).centroid_y() == 4));
    CHECK((arc_length(p) == 22 && arc_length(p, false) == 15));
    CHECK((bounding_box(p) == rect{1, 2, 8, 5}));
    std::ranges::reverse(p);
    CHECK(signed_area(p) == -28);
    CHECK((polygon_moments(p).m10 == -28 * 4.5 && polygon_moments(p).centroid_x() == 4.5));
}

TEST_CASE("polygon: the largest coordinates are exact", "[feature][polygon]") {
    index_t const far = index_t{1} << 31, near = index_t{1} << 18;
    CHECK(signed_area(polygon{{-far, -far}, {-far, far}, {far, far}, {far, -far}}) == std::ldexp(1.0, 64));
    double const square = std::ldexp(1.0, 38);
    area_moments const m = polygon_moments(polygon{{-near, -near}, {-near, near}, {near, near}, {near, -near}});
    CHECK((m.m00 == square && m.m10 == 0 && m.m11 == 0 && m.m21 == 0 && m.m30 == 0));
    CHECK(m.m20 == square * std::ldexp(1.0, 36) / 3);
    CHECK(arc_length(polygon{{-far, 0}, {far, 0}}) == std::ldexp(1.0, 33));
}

TEST_CASE("is_convex: no side with points on both sides, once around", "[feature][polygon]") {
    int convex = 0;
    for (unsigned seed = 0; seed < 40000; ++seed) {
        polygon const p = test::random_points(3 + seed / 2 % 5, 2, seed);
        if (is_convex(p) != plainly_convex(p)) {
            CAPTURE(seed);
            FAIL();
        }
        convex += is_convex(p);
    }
    CHECK((convex > 1000 && convex < 39000));
    polygon const once{{0, 0}, {0, 3}, {0, 3}, {0, 5}, {5, 5}, {5, 0}},
        twice{{0, 0}, {0, 5}, {5, 5}, {0, 0}, {0, 5}, {5, 5}};
    CHECK((is_convex(once) && !is_convex(twice)));
    CHECK(!is_convex(polygon{{0, 0}, {5, 5}, {2, 2}}));
    CHECK(!is_convex(polygon{{1, 1}, {1, 1}, {1, 1}}));
}

TEST_CASE("polygon: what is refused", "[feature][polygon]") {
    index_t const far = (index_t{1} << 31) + 1, near = (index_t{1} << 18) + 1;
    for (point const bad : {point{far, 0}, point{0, -far}, point{std::numeric_limits<index_t>::min(), 0}}) {
        polygon const p{{0, 0}, bad, {1, 1}};
        CHECK_THROWS_AS(signed_area(p), invalid_argument);
        CHECK_THROWS_AS(arc_length(p), invalid_argument);
        CHECK_THROWS_AS(bounding_box(p), invalid_argument);
        CHECK_THROWS_AS(is_convex(p), invalid_argument);
    }
    CHECK_THROWS_AS(polygon_moments(polygon{{near, 0}}), invalid_argument);
    CHECK_THROWS_AS(is_convex(polygon{{0, 0}, {1, 1}}), invalid_argument);
}
