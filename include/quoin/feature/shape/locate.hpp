// SPDX-License-Identifier: BSL-1.0
// locate, signed_distance: where a point lies in a polygon.
#pragma once

#include <quoin/feature/shape/detail/vectors.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

QUOIN_NAMESPACE_BEGIN

/// Where a point lies.
enum class location { outside, on_edge, inside };

/// Whether a point lies on a side of a closed polygon, inside, or outside. It is inside if a ray from it crosses the
/// sides an odd number of times. Rounding: none. Cost: one pass.
/// @throws invalid_argument for no points, and for coordinates outside of -2^31 to 2^31.
inline location locate(std::span<point const> polygon, point p);

/// The distance from a point to the nearest side of a closed polygon: positive inside, negative outside, 0 on a side.
/// It is within 4 units in the last place of a double. Cost: two passes. cv::pointPolygonTest with measureDist.
/// @throws invalid_argument as locate().
inline double signed_distance(std::span<point const> polygon, point p);

namespace detail {

inline location location_in(std::span<point const> polygon, point p) {
    bool inside = false;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        point const a = polygon[i] - p, b = polygon[after(i, polygon.size())] - p;
        int const side = sign_of(cross(a, b));
        if (side == 0 && dot(a, b) <= 0) return location::on_edge;
        // Of a side the upper end counts and the lower one does not. The ray goes to the right.
        if ((a.y <= 0) != (b.y <= 0) && (side > 0) == (b.y > 0)) inside = !inside;
    }
    return inside ? location::inside : location::outside;
}

} // namespace detail

inline location locate(std::span<point const> polygon, point p) {
    detail::check_points("quoin::locate", polygon, 1);
    detail::check_points("quoin::locate", {&p, 1}, 1);
    return detail::location_in(polygon, p);
}

inline double signed_distance(std::span<point const> polygon, point p) {
    using detail::operator-;
    detail::check_points("quoin::signed_distance", polygon, 1);
    detail::check_points("quoin::signed_distance", {&p, 1}, 1);
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        point const a = polygon[i], side = polygon[detail::after(i, polygon.size())] - a, to = p - a;
        detail::wide_int const along = detail::dot(to, side), length = detail::dot(side, side);
        auto const root = [](detail::wide_int v) { return std::sqrt(static_cast<double>(v)); };
        // The far end of a side is the near end of the next one.
        double const distance = along <= 0 || along >= length
                                    ? root(detail::dot(to, to))
                                    : std::abs(static_cast<double>(detail::cross(side, to))) / root(length);
        nearest = std::min(nearest, distance);
    }
    location const where = detail::location_in(polygon, p);
    return where == location::on_edge ? 0 : where == location::inside ? nearest : -nearest;
}

QUOIN_NAMESPACE_END
