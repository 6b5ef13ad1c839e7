// SPDX-License-Identifier: BSL-1.0
// signed_area, arc_length, bounding_box, is_convex, polygon_moments: measures of polygons.
#pragma once

#include <quoin/feature/shape/detail/vectors.hpp>

#include <algorithm>
#include <cmath>

QUOIN_NAMESPACE_BEGIN

/// The area inside a closed polygon. It is positive if the inside is to the left of the way from point to point with y
/// downwards, and negative if it is to the right: so the contours of components have positive areas and those of holes
/// negative ones. Where a polygon crosses itself, parts count as often as it goes around them. The sides of a contour
/// join centers of pixels, so its area is less than its number of pixels. Rounding: the sum is exact, and is rounded
/// once to double. Cost: one pass. cv::contourArea of integers is its absolute value.
/// @throws invalid_argument for coordinates outside of -2^31 to 2^31.
inline double signed_area(std::span<point const> polygon);

/// The sum of the distances from point to point, with `closed` also from the last one to the first one. Rounding: each
/// distance is that of std::sqrt of an exact integer, added in double in the order of the points. Cost: one pass.
/// @throws invalid_argument for coordinates outside of -2^31 to 2^31.
inline double arc_length(std::span<point const> points, bool closed = true);

/// The smallest rectangle of pixels that contains all points: those of (0, 0) and (2, 1) have width 3 and height 2. It
/// is empty if there are none.
/// @throws invalid_argument for coordinates outside of -2^31 to 2^31.
inline rect bounding_box(std::span<point const> points);

/// Whether a closed polygon goes once around a convex area. Points may be repeated and may lie on straight sides. A
/// polygon without area is not convex. Rounding: none. Cost: one pass.
/// @throws invalid_argument for fewer than 3 points, and for coordinates outside of -2^31 to 2^31.
inline bool is_convex(std::span<point const> polygon);

/// The integrals of x^p y^q over the inside of a polygon; mpq is the one for p and q.
struct area_moments {
    double m00 = 0, m10 = 0, m01 = 0, m20 = 0, m11 = 0, m02 = 0, m30 = 0, m21 = 0, m12 = 0, m03 = 0;

    /// The centroid of the area. It is NaN for an area of 0.
    double centroid_x() const { return m10 / m00; }
    double centroid_y() const { return m01 / m00; }
};

/// The moments of the area inside a closed polygon, with the sign of signed_area(), so that those of a component and of
/// its holes add up. Rounding: each is an exact integer, divided by a constant and rounded once to double. Cost: one
/// pass. They are those of cv::moments where the area is positive, and their negatives where it is negative.
///
/// Source: Green's theorem; the sums are those of C. Steger, "On the calculation of arbitrary moments of polygons",
/// 1996.
/// @throws invalid_argument for coordinates outside of -2^18 to 2^18.
inline area_moments polygon_moments(std::span<point const> polygon);

inline double signed_area(std::span<point const> polygon) {
    detail::check_points("quoin::signed_area", polygon, 0);
    detail::wide_int twice = 0;
    for (std::size_t i = 0; i < polygon.size(); ++i)
        twice -= detail::cross(polygon[i], polygon[detail::after(i, polygon.size())]);
    return static_cast<double>(twice) / 2;
}

inline double arc_length(std::span<point const> points, bool closed) {
    detail::check_points("quoin::arc_length", points, 0);
    double sum = 0;
    for (std::size_t i = 0; i + (closed ? 0 : 1) < points.size(); ++i) {
        point const step = detail::operator-(points[detail::after(i, points.size())], points[i]);
        sum += std::sqrt(static_cast<double>(detail::dot(step, step)));
    }
    return sum;
}

inline rect bounding_box(std::span<point const> points) {
    detail::check_points("quoin::bounding_box", points, 0);
    if (points.empty()) return {};
    auto const [left, right] = std::ranges::minmax(points, {}, &point::x);
    auto const [top, bottom] = std::ranges::minmax(points, {}, &point::y);
    return {left.x, top.y, right.x - left.x + 1, bottom.y - top.y + 1};
}

inline bool is_convex(std::span<point const> polygon) {
    detail::check_points("quoin::is_convex", polygon, 3);
    using detail::operator-;
    auto const down = [](point step) { return step.y > 0 || (step.y == 0 && step.x > 0); };
    auto const at = [&](std::size_t i) { return polygon[i % polygon.size()]; };
    std::size_t start = 0;
    while (start < polygon.size() && at(start) == at(start + 1)) ++start;
    if (start == polygon.size()) return false;
    point before = at(start + 1) - at(start);
    int turn = 0;
    int changes = 0; // between sides that go down and sides that go up: one way around has two
    for (std::size_t i = start + 1; i <= start + polygon.size(); ++i) {
        point const step = at(i + 1) - at(i);
        if (step == point{}) continue;
        int const here = detail::sign_of(detail::cross(before, step));
        if (here == 0 && detail::dot(before, step) < 0) return false;
        if (here * turn < 0) return false;
        if (here != 0) turn = here;
        changes += down(before) != down(step);
        before = step;
    }
    return changes == 2 && turn != 0;
}

inline area_moments polygon_moments(std::span<point const> polygon) {
    using detail::wide_int;
    detail::check_points("quoin::polygon_moments", polygon, 0, detail::near_coordinates);
    wide_int s00 = 0, s10 = 0, s01 = 0, s20 = 0, s11 = 0, s02 = 0, s30 = 0, s21 = 0, s12 = 0, s03 = 0;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        point const p = polygon[i], q = polygon[detail::after(i, polygon.size())];
        wide_int const area = -detail::cross(p, q), x = p.x, y = p.y, u = q.x, v = q.y;
        s00 += area;
        s10 += area * (x + u);
        s01 += area * (y + v);
        s20 += area * (x * x + x * u + u * u);
        s11 += area * (2 * x * y + x * v + u * y + 2 * u * v);
        s02 += area * (y * y + y * v + v * v);
        s30 += area * (x + u) * (x * x + u * u);
        s21 += area * (x * x * (3 * y + v) + 2 * x * u * (y + v) + u * u * (y + 3 * v));
        s12 += area * (y * y * (3 * x + u) + 2 * y * v * (x + u) + v * v * (x + 3 * u));
        s03 += area * (y + v) * (y * y + v * v);
    }
    auto const over = [](wide_int sum, int divisor) { return static_cast<double>(sum) / divisor; };
    return {over(s00, 2),  over(s10, 6),  over(s01, 6),  over(s20, 12), over(s11, 24),
            over(s02, 12), over(s30, 20), over(s21, 60), over(s12, 60), over(s03, 20)};
}

QUOIN_NAMESPACE_END
