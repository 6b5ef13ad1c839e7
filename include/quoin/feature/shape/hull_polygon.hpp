// SPDX-License-Identifier: BSL-1.0
// hull_polygon: the corners of the convex hull of points.
#pragma once

#include <quoin/feature/shape/detail/vectors.hpp>

#include <algorithm>
#include <vector>

QUOIN_NAMESPACE_BEGIN

/// The corners of the smallest convex polygon that contains all points. The first one is the lowest x of the lowest y,
/// which is the first point in raster order, and the inside is to the left of the way from corner to corner with y
/// downwards, as in contours(). No corner lies on the line through its neighbors; equal points are one. One point or a
/// line of points gives one or two corners, and none give none. Rounding: none. Cost: a sort of the points, and a copy
/// of them.
///
/// Source: A. M. Andrew, "Another efficient algorithm for convex hulls in two dimensions", 1979.
/// @throws invalid_argument for coordinates outside of -2^31 to 2^31.
inline std::vector<point> hull_polygon(std::span<point const> points) {
    using detail::operator-;
    detail::check_points("quoin::hull_polygon", points, 0);
    std::vector<point> sorted(points.begin(), points.end());
    std::ranges::sort(sorted, [](point a, point b) { return a.y != b.y ? a.y < b.y : a.x < b.x; });
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    if (sorted.size() < 3) return sorted;
    std::vector<point> hull;
    // Down along the left side, then up along the right one.
    auto const add = [&](point p, std::size_t least) {
        while (hull.size() > least && detail::cross(hull.back() - hull[hull.size() - 2], p - hull.back()) >= 0)
            hull.pop_back();
        hull.push_back(p);
    };
    for (point const p : sorted) add(p, 1);
    std::size_t const left = hull.size();
    for (auto p = sorted.rbegin() + 1; p != sorted.rend(); ++p) add(*p, left);
    hull.pop_back(); // the first corner again
    return hull;
}

QUOIN_NAMESPACE_END
