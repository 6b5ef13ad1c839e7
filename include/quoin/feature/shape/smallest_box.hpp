// SPDX-License-Identifier: BSL-1.0
// smallest_box: the turned rectangle of least area around points.
#pragma once

#include <quoin/feature/shape/hull_polygon.hpp>

#include <cmath>

QUOIN_NAMESPACE_BEGIN

/// A rectangle that may be turned.
struct turned_box {
    double center_x = 0, center_y = 0;
    double width = 0;  ///< along the direction of `angle`
    double height = 0; ///< across it
    double angle = 0;  ///< of the side that is the width, in radians from the x axis towards the y axis
    friend bool operator==(turned_box const&, turned_box const&) = default;
};

/// The rectangle of least area that contains all points. One of its sides, the width, lies on a side of their hull; of
/// equal areas it is the first side in the order of hull_polygon(). The angle is in [-pi, pi]. Of one point the width,
/// the height and the angle are 0, and of points on a line the height is 0. The points are places: a box around the
/// centers of pixels is a pixel less wide than the pixels. Rounding: the side is chosen in integers; the numbers are
/// within some units in the last place of a double, relative to the coordinates. Cost: that of hull_polygon(), and one
/// pass over the corners. The area is that of cv::minAreaRect, but for the rounding to float of that.
///
/// Source: G. Toussaint, "Solving geometric problems with the rotating calipers", 1983.
/// @throws invalid_argument for no points, and for coordinates outside of -2^18 to 2^18.
inline turned_box smallest_box(std::span<point const> points) {
    using detail::operator-, detail::wide_int;
    detail::check_points("quoin::smallest_box", points, 1, detail::near_coordinates);
    std::vector<point> const hull = hull_polygon(points);
    std::size_t const count = hull.size();
    if (count == 1) return {static_cast<double>(hull[0].x), static_cast<double>(hull[0].y)};
    // From a corner, the next ones along a direction as long as they get farther in it.
    auto const farthest = [&](std::size_t from, point direction) {
        for (std::size_t next = detail::after(from, count); detail::dot(hull[next] - hull[from], direction) > 0;
             next = detail::after(from, count))
            from = next;
        return from;
    };
    struct {
        point origin, side;
        wide_int first, last, depth, length; // along the side and across it, times its length; its squared length
    } best{};
    std::size_t ahead = 0, across = 0, behind = 0;
    for (std::size_t k = 0; k < count; ++k) {
        point const side = hull[detail::after(k, count)] - hull[k];
        point const inwards{side.y, -side.x}, back{-side.x, -side.y};
        ahead = farthest(k == 0 ? 0 : ahead, side);
        across = farthest(k == 0 ? ahead : across, inwards);
        behind = farthest(k == 0 ? across : behind, back);
        wide_int const first = detail::dot(hull[behind] - hull[k], side),
                       last = detail::dot(hull[ahead] - hull[k], side);
        wide_int const depth = detail::dot(hull[across] - hull[k], inwards), length = detail::dot(side, side);
        if (k == 0 || (last - first) * depth * best.length < (best.last - best.first) * best.depth * length)
            best = {hull[k], side, first, last, depth, length};
    }
    auto const real = [](auto v) { return static_cast<double>(v); };
    double const length = real(best.length), root = std::sqrt(length);
    double const along = real(best.first + best.last) / 2 / length, in = real(best.depth) / 2 / length;
    return {real(best.origin.x) + along * real(best.side.x) + in * real(best.side.y),
            real(best.origin.y) + along * real(best.side.y) - in * real(best.side.x),
            real(best.last - best.first) / root, real(best.depth) / root,
            std::atan2(real(best.side.y), real(best.side.x))};
}

QUOIN_NAMESPACE_END
