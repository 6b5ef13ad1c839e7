// SPDX-License-Identifier: BSL-1.0
// smallest_box against the boxes in the directions between all pairs of points.
#include "support/random_points.hpp"

#include <quoin/feature/shape/smallest_box.hpp>

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include <numbers>

using namespace quoin;

namespace {

struct sides {
    double along, across;
};

/// The sides of the box around the points in a direction.
sides box_along(std::vector<point> const& points, double ux, double uy) {
    double least[2] = {1e300, 1e300}, most[2] = {-1e300, -1e300};
    for (point const p : points) {
        double const x = static_cast<double>(p.x), y = static_cast<double>(p.y);
        double const at[2] = {ux * x + uy * y, ux * y - uy * x};
        for (int i = 0; i < 2; ++i) {
            least[i] = std::min(least[i], at[i]);
            most[i] = std::max(most[i], at[i]);
        }
    }
    return {most[0] - least[0], most[1] - least[1]};
}

} // namespace

TEST_CASE("smallest_box: the least area of all pairs of points, around all points", "[feature][smallest_box]") {
    for (unsigned seed = 0; seed < 2000; ++seed) {
        std::vector<point> const points = test::random_points(1 + seed / 2 % 25, seed % 3 == 0 ? 3 : 200, seed);
        double least = 1e300;
        for (point const a : points)
            for (point const b : points) {
                double const dx = static_cast<double>(b.x - a.x), dy = static_cast<double>(b.y - a.y);
                double const length = std::hypot(dx, dy);
                if (length == 0) continue;
                sides const s = box_along(points, dx / length, dy / length);
                least = std::min(least, s.along * s.across);
            }
        if (least == 1e300) least = 0; // all points are one
        turned_box const box = smallest_box(points);
        CAPTURE(seed, box.center_x, box.center_y, box.width, box.height, box.angle);
        REQUIRE(box.width * box.height == Catch::Approx(least).epsilon(1e-9).margin(1e-6));
        double const ux = std::cos(box.angle), uy = std::sin(box.angle);
        for (point const p : points) {
            double const x = static_cast<double>(p.x) - box.center_x, y = static_cast<double>(p.y) - box.center_y;
            REQUIRE(std::abs(ux * x + uy * y) <= box.width / 2 + 1e-9);
            REQUIRE(std::abs(ux * y - uy * x) <= box.height / 2 + 1e-9);
        }
    }
}

TEST_CASE("smallest_box: by hand", "[feature][smallest_box]") {
    std::vector<point> const upright{{2, 1}, {10, 1}, {2, 5}, {10, 5}, {4, 3}};
    turned_box const box = smallest_box(upright);
    CHECK(box == turned_box{6, 3, 4, 8, std::numbers::pi / 2}); // the first side of the hull goes down
    turned_box const diamond = smallest_box(std::vector<point>{{0, -3}, {3, 0}, {0, 3}, {-3, 0}});
    CHECK(diamond.width == Catch::Approx(3 * std::numbers::sqrt2));
    CHECK(diamond.height == Catch::Approx(3 * std::numbers::sqrt2));
    CHECK(smallest_box(std::vector<point>{{7, 8}, {7, 8}}) == turned_box{7, 8});
    CHECK(smallest_box(std::vector<point>{{0, 0}, {3, 4}}) == turned_box{1.5, 2, 5, 0, std::atan2(4, 3)});
    index_t const far = index_t{1} << 18;
    turned_box const large = smallest_box(std::vector<point>{{-far, -far}, {far, -far}, {-far, far}, {far, far}});
    CHECK((large.width == std::ldexp(1.0, 19) && large.height == large.width));
}

TEST_CASE("smallest_box: what is refused", "[feature][smallest_box]") {
    CHECK_THROWS_AS(smallest_box({}), invalid_argument);
    CHECK_THROWS_AS(smallest_box(std::vector<point>{{0, (index_t{1} << 18) + 1}}), invalid_argument);
}
