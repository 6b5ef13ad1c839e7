// SPDX-License-Identifier: BSL-1.0
// simplify: a polygon or a line of fewer points near the given one.
#pragma once

#include <quoin/feature/shape/detail/vectors.hpp>

#include <cmath>
#include <utility>
#include <vector>

QUOIN_NAMESPACE_BEGIN

/// Fewer of the points, in their order, so that those left out are within `tolerance` of the straight line from the
/// point that is kept before them to the one behind them. A part is cut at its point that is farthest from that line,
/// the first of equal ones, and both parts again. A closed polygon first is cut at two points that are far from each
/// other: the second one is farthest from the first one, which was found in the same way, beginning with point 0, in
/// three steps. At the end, a point that is kept is left out if it is within sqrt(1/2) of the tolerance of the line
/// through its neighbors, which then is neither horizontal nor vertical and does not turn back at it; so some points
/// are off by more than the tolerance. The points are those of cv::approxPolyDP of OpenCV 4.13 and 5.0.
///
/// Rounding: distances are compared with each other in integers, and with the tolerance in double. Cost: in general
/// proportional to n log n for n points, and n^2 at worst. Memory: a copy of the points that are kept.
///
/// Source: U. Ramer, "An iterative procedure for the polygonal approximation of plane curves", 1972; D. Douglas and T.
/// Peucker, 1973.
/// @throws invalid_argument for a tolerance that is negative, NaN or infinite, and for coordinates outside of -2^29 to
/// 2^29.
inline std::vector<point> simplify(std::span<point const> points, double tolerance, bool closed = true);

namespace detail {

/// Which points stay: a part of the points, whose indices may go around the end.
class point_chooser {
public:
    point_chooser(std::span<point const> points, double squared_tolerance)
        : points_(points), tolerance_(squared_tolerance) {}

    /// Appends the first point of the part from `begin` to `end` and those between that stay.
    void choose(std::size_t begin, std::size_t end, std::vector<point>& kept) {
        parts_.assign(1, {begin, end});
        while (!parts_.empty()) {
            auto const [first, last] = parts_.back();
            parts_.pop_back();
            std::size_t const middle = farthest(first, last);
            if (middle == first) {
                kept.push_back(points_[first]);
            } else {
                parts_.push_back({middle, last});
                parts_.push_back({first, middle});
            }
        }
    }

    /// The point that is farthest from the given one, the first in their order of equal ones.
    std::size_t opposite(std::size_t from, double& squared_distance) const {
        std::size_t best = from;
        squared_distance = 0;
        for (std::size_t i = after(from, points_.size()); i != from; i = after(i, points_.size())) {
            point const to = points_[i] - points_[from];
            if (double const here = static_cast<double>(dot(to, to)); here > squared_distance) {
                squared_distance = here;
                best = i;
            }
        }
        return best;
    }

private:
    /// The point that is farthest from the line between both, or the first one if none is too far.
    std::size_t farthest(std::size_t first, std::size_t last) const {
        point const line = points_[last] - points_[first];
        wide_int const length = dot(line, line);
        wide_int largest = 0; // times the length; both squared
        std::size_t best = first;
        for (std::size_t i = after(first, points_.size()); i != last && first != last; i = after(i, points_.size())) {
            point const to = points_[i] - points_[first], on = points_[last] - points_[i];
            wide_int const beside = cross(line, to);
            wide_int const here = dot(line, to) < 0   ? dot(to, to) * length
                                  : dot(line, on) < 0 ? dot(on, on) * length
                                                      : beside * beside;
            if (here > largest) {
                largest = here;
                best = i;
            }
        }
        return static_cast<double>(largest) <= tolerance_ * static_cast<double>(length) ? first : best;
    }

    std::span<point const> points_;
    double tolerance_;
    std::vector<std::pair<std::size_t, std::size_t>> parts_;
};

/// Leaves out points that are nearly on the line between their neighbors, in place. The one behind such a point stays.
inline void drop_nearly_straight(std::vector<point>& kept, double squared_tolerance, bool closed) {
    std::size_t const count = kept.size(), skipped = closed ? 0 : 1; // the ends of a line stay
    std::size_t left = count, out = skipped, i = skipped;
    point before = closed ? kept.back() : kept.front();
    for (; i + skipped < count && left > 2; ++i) {
        point const next = kept[after(i, count)];
        point const line = next - before, to = kept[i] - before, on = next - kept[i];
        double const distance = static_cast<double>(cross(to, line));
        bool const near = distance * distance <= 0.5 * squared_tolerance * static_cast<double>(dot(line, line));
        bool const drop = near && line.x != 0 && line.y != 0 && dot(to, on) >= 0;
        before = kept[out++] = drop ? next : kept[i];
        left -= drop;
        i += drop;
    }
    if (!closed && i < count) kept[out] = kept[i];
    kept.resize(left);
}

} // namespace detail

inline std::vector<point> simplify(std::span<point const> points, double tolerance, bool closed) {
    if (!(tolerance >= 0 && std::isfinite(tolerance)))
        detail::raise("quoin::simplify: the tolerance ", tolerance, "; give a distance from 0 on");
    detail::check_points("quoin::simplify", points, 0, index_t{1} << 29);
    std::vector<point> kept;
    if (points.empty()) return kept;
    double const squared = tolerance * tolerance;
    detail::point_chooser chooser(points, squared);
    if (closed || points.front() == points.back()) {
        std::size_t first = 0, second = 0;
        double distance = 0;
        for (int i = 0; i < (closed ? 3 : 1); ++i) {
            first = second;
            second = chooser.opposite(first, distance);
        }
        if (distance <= squared) {
            kept.push_back(points[first]);
        } else {
            chooser.choose(first, second, kept);
            chooser.choose(second, first, kept);
        }
    } else {
        chooser.choose(0, points.size() - 1, kept);
        kept.push_back(points.back());
    }
    detail::drop_nearly_straight(kept, squared, closed);
    return kept;
}

QUOIN_NAMESPACE_END
