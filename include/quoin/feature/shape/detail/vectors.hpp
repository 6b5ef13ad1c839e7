// SPDX-License-Identifier: BSL-1.0
// Products of differences of points, in integers of 128 bits, and checks of polygons.
#pragma once

#include <quoin/core/detail/wide_int.hpp>
#include <quoin/core/error.hpp>
#include <quoin/core/geometry.hpp>

#include <span>

QUOIN_NAMESPACE_BEGIN
namespace detail {

constexpr point operator-(point a, point b) {
    return {a.x - b.x, a.y - b.y};
}
constexpr wide_int dot(point a, point b) {
    return static_cast<wide_int>(a.x) * b.x + static_cast<wide_int>(a.y) * b.y;
}
/// Positive if b is clockwise of a, with y downwards.
constexpr wide_int cross(point a, point b) {
    return static_cast<wide_int>(a.x) * b.y - static_cast<wide_int>(a.y) * b.x;
}
constexpr int sign_of(wide_int v) {
    return (v > 0) - (v < 0);
}

/// The element behind element i of a closed polygon.
constexpr std::size_t after(std::size_t i, std::size_t count) {
    return i + 1 < count ? i + 1 : 0;
}

/// Coordinates whose products of five fit 128 bits with room for a sum over all points.
inline constexpr index_t near_coordinates = index_t{1} << 18;
/// Coordinates whose products of two fit 128 bits with room for a sum over all points.
inline constexpr index_t any_coordinates = index_t{1} << 31;

/// Throws invalid_argument unless there are at least so many points, all with coordinates in -limit to limit.
inline void check_points(char const* name, std::span<point const> points, std::size_t least,
                         index_t limit = any_coordinates) {
    if (points.size() < least) raise(name, ": ", points.size(), " points; give at least ", least);
    for (point const p : points)
        if (p.x < -limit || p.x > limit || p.y < -limit || p.y > limit)
            raise(name, ": the point (", p.x, ", ", p.y, ") is not in -", limit, " to ", limit,
                  "; give points that are nearer to (0, 0)");
}

} // namespace detail
QUOIN_NAMESPACE_END
