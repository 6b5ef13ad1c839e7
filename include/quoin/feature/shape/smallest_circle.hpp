// SPDX-License-Identifier: BSL-1.0
// smallest_circle: the smallest circle around points.
#pragma once

#include <quoin/feature/shape/hull_polygon.hpp>

#include <cmath>

QUOIN_NAMESPACE_BEGIN

/// A circle whose center may lie between pixels.
struct real_circle {
    double center_x = 0, center_y = 0;
    double radius = 0;
    friend bool operator==(real_circle const&, real_circle const&) = default;
};

/// The smallest circle with all points inside or on it. It is unique. Of one point the radius is 0. The points are
/// places: a circle around the centers of pixels is less wide than the pixels. Rounding: the points that decide are
/// found in integers; the numbers are within some units in the last place of a double, relative to the coordinates.
/// Cost: that of hull_polygon(), and in general a few passes over the corners, at worst one for each. The circle of
/// cv::minEnclosingCircle, which is found in float.
///
/// Source: G. Chrystal, "On the problem to construct the minimum circle enclosing n given points in the plane", 1885.
/// @throws invalid_argument for no points, and for coordinates outside of -2^18 to 2^18.
inline real_circle smallest_circle(std::span<point const> points) {
    using detail::operator-, detail::wide_int;
    detail::check_points("quoin::smallest_circle", points, 1, detail::near_coordinates);
    std::vector<point> const hull = hull_polygon(points);
    auto const real = [](auto v) { return static_cast<double>(v); };
    auto const around = [&](point a, double dx, double dy) {
        return real_circle{real(a.x) + dx, real(a.y) + dy, std::hypot(dx, dy)};
    };
    point a = hull[0], b = hull[hull.size() > 1 ? 1 : 0];
    for (;;) {
        // From which corner the side from a to b is seen at the least angle: the one with the largest cotangent.
        point far = a;
        wide_int along = 0, across = 0;
        for (point const p : hull) {
            if (p == a || p == b) continue;
            wide_int const d = detail::dot(a - p, b - p), c = detail::cross(a - p, b - p), area = c < 0 ? -c : c;
            if (far == a || d * across > along * area) {
                far = p;
                along = d;
                across = area;
            }
        }
        if (far == a || along <= 0) return around(a, real(b.x - a.x) / 2, real(b.y - a.y) / 2);
        // A triangle without an obtuse angle decides; otherwise its longest side is the next one.
        if (detail::dot(far - a, b - a) < 0) {
            a = far;
        } else if (detail::dot(far - b, a - b) < 0) {
            b = far;
        } else {
            point const u = b - a, v = far - a;
            wide_int const uu = detail::dot(u, u), vv = detail::dot(v, v), twice = 2 * detail::cross(u, v);
            return around(a, real(v.y * uu - u.y * vv) / real(twice), real(u.x * vv - v.x * uu) / real(twice));
        }
    }
}

QUOIN_NAMESPACE_END
