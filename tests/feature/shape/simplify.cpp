// SPDX-License-Identifier: BSL-1.0
// simplify against the recursion of its publications, and points that OpenCV keeps.
#include "support/random_points.hpp"

#include <quoin/feature/shape/simplify.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <limits>

using namespace quoin;

namespace {

using line = std::vector<point>;

double squared(point a, point b) {
    double const dx = static_cast<double>(b.x - a.x), dy = static_cast<double>(b.y - a.y);
    return dx * dx + dy * dy;
}
double squared_distance(point a, point b, point p) {
    double const dx = static_cast<double>(b.x - a.x), dy = static_cast<double>(b.y - a.y);
    double const px = static_cast<double>(p.x - a.x), py = static_cast<double>(p.y - a.y);
    double const length = dx * dx + dy * dy, along = px * dx + py * dy;
    if (along < 0) return squared(a, p);
    if (along > length) return squared(b, p);
    return (dx * py - dy * px) * (dx * py - dy * px) / length;
}

/// The points of a part that stay, but for the last one.
void cut(line const& part, double tolerance, line& kept) {
    std::size_t best = 0;
    double farthest = 0;
    for (std::size_t i = 1; i + 1 < part.size(); ++i)
        if (double const here = squared_distance(part.front(), part.back(), part[i]); here > farthest * (1 + 1e-12)) {
            farthest = here;
            best = i;
        }
    if (farthest <= tolerance * tolerance) {
        kept.push_back(part.front());
        return;
    }
    auto const middle = part.begin() + static_cast<std::ptrdiff_t>(best);
    cut({part.begin(), middle + 1}, tolerance, kept);
    cut({middle, part.end()}, tolerance, kept);
}

/// Without the last step, which leaves out further points.
line cut_alone(line points, double tolerance, bool closed) {
    line kept;
    if (!closed) {
        cut(points, tolerance, kept);
        kept.push_back(points.back());
        return kept;
    }
    std::ptrdiff_t far = 0;
    for (int i = 0; i < 3; ++i) {
        std::ranges::rotate(points, points.begin() + far);
        far = std::ranges::max_element(points, {}, [&](point p) { return squared(points[0], p); }) - points.begin();
    }
    if (squared(points[0], points[static_cast<std::size_t>(far)]) <= tolerance * tolerance) return {points[0]};
    cut({points.begin(), points.begin() + far + 1}, tolerance, kept);
    line rest(points.begin() + far, points.end());
    rest.push_back(points[0]);
    cut(rest, tolerance, kept);
    return kept;
}

/// Whether the last step leaves out nothing.
bool without_straight_points(line const& p, double tolerance, bool closed) {
    for (std::size_t i = 0; i < p.size(); ++i) {
        if (!closed && (i == 0 || i + 1 == p.size())) continue;
        point const a = p[(i + p.size() - 1) % p.size()], b = p[i], c = p[(i + 1) % p.size()];
        double const area = static_cast<double>((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
        if (area * area <= tolerance * tolerance / 2 * squared(a, c)) return false;
    }
    return true;
}

} // namespace

TEST_CASE("simplify: the recursion, where its last step leaves out nothing", "[feature][simplify]") {
    int compared = 0;
    for (unsigned seed = 0; seed < 3000; ++seed) {
        line const points = test::random_points(1 + seed / 2 % 60, 40, seed);
        for (bool const closed : {true, false})
            for (double const tolerance : {0.3, 1.3, 4.7}) {
                if (!closed && points.front() == points.back()) continue;
                line const expected = cut_alone(points, tolerance, closed);
                line const found = simplify(points, tolerance, closed);
                CAPTURE(seed, closed, tolerance);
                if (without_straight_points(expected, tolerance, closed)) {
                    REQUIRE(found == expected);
                    ++compared;
                } else {
                    // They are some of the others.
                    REQUIRE(found.size() <= expected.size());
                    for (point const p : found) REQUIRE(std::ranges::find(expected, p) != expected.end());
                }
            }
    }
    CHECK(compared > 5000);
}

TEST_CASE("simplify: by hand and as in OpenCV", "[feature][simplify]") {
    line const square{{0, 0}, {0, 5}, {1, 9}, {0, 10}, {5, 10}, {10, 10}, {10, 0}, {5, 1}};
    CHECK(simplify(square, 1.5) == line{{0, 0}, {0, 10}, {10, 10}, {10, 0}});
    // The point nearest to the line through both ends lies beyond them.
    line const hook{{2, 36}, {0, 43}, {12, 40}, {3, 36}};
    CHECK(simplify(hook, 7, false) == hook);
    // A point in the middle of a slanted line goes in the last step.
    CHECK(simplify(line{{0, 0}, {4, 4}, {9, 9}}, 0) == line{{0, 0}, {9, 9}});
    CHECK(simplify(line{{0, 0}, {4, 4}, {9, 9}}, 0, false) == line{{0, 0}, {9, 9}});
    CHECK(simplify(line{{3, 3}, {4, 3}, {3, 4}}, 5) == line{{3, 4}});
    CHECK(simplify(line{{3, 3}, {9, 3}, {3, 3}}, 2, false) == line{{3, 3}, {9, 3}});
    CHECK(simplify(line{}, 1).empty());
    CHECK(simplify(line{{7, 8}}, 1, false) == line{{7, 8}});
    index_t const far = index_t{1} << 29;
    CHECK(simplify(line{{-far, -far}, {0, 1}, {far, far}}, 0.7, false) == line{{-far, -far}, {0, 1}, {far, far}});
}

TEST_CASE("simplify: what is refused", "[feature][simplify]") {
    for (double const bad : {-1.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()})
        CHECK_THROWS_AS(simplify(line{{0, 0}}, bad), invalid_argument);
    CHECK_THROWS_AS(simplify(line{{0, (index_t{1} << 29) + 1}}, 1), invalid_argument);
}
