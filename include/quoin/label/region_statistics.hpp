// SPDX-License-Identifier: BSL-1.0
// region_statistics: size, place, shape and brightness of the regions of a label image.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/exec/policy.hpp>
#include <quoin/image/image_view.hpp>

#include <algorithm>
#include <concepts>
#include <limits>
#include <numbers>
#include <vector>

QUOIN_NAMESPACE_BEGIN

/// What is known of the pixels of one label.
struct region {
    index_t area = 0;          ///< pixels; 0 where the label does not occur, and all else is 0 then
    rect box;                  ///< the smallest rectangle around them
    double centroid_x = 0;     ///< the mean column
    double centroid_y = 0;     ///< the mean row
    double variance_x = 0;     ///< of the columns over the region's area, each pixel a unit square: + 1 / 12
    double variance_y = 0;     ///< of the rows, likewise
    double covariance = 0;     ///< of columns and rows
    double perimeter = 0;      ///< pi / 4 times the pixel sides at which the region ends (Cauchy's formula with two
                               ///< directions): right for discs, 21 % too short for upright squares, 11 % too long for
                               ///< tilted ones
    double mean_intensity = 0; ///< the mean value of its pixels

    /// The axes of the ellipse with the same second moments, from one end to the other.
    double major_axis() const { return 4 * sqrt(half_trace() + half_difference()); }
    double minor_axis() const { return 4 * sqrt(std::max(0.0, half_trace() - half_difference())); }
    /// sqrt(1 - (minor / major)^2): 0 for a disc, near 1 for a long thin region.
    double eccentricity() const {
        double const major = half_trace() + half_difference();
        return major > 0 ? sqrt(std::clamp(2 * half_difference() / major, 0.0, 1.0)) : 0;
    }
    /// The angle of the major axis in radians, -pi / 2 < angle <= pi / 2, from the x axis towards rising y.
    double orientation() const {
        // Not <cmath>: see floor in lanes/arithmetic.hpp.
        return half_difference() > 0 ? __builtin_atan2(2 * covariance, variance_x - variance_y) / 2 : 0;
    }

    friend bool operator==(region const&, region const&) = default;

private:
    double half_trace() const { return (variance_x + variance_y) / 2; }
    double half_difference() const {
        return sqrt((variance_x - variance_y) * (variance_x - variance_y) / 4 + covariance * covariance);
    }
};

/// regions[k] describes the pixels whose label is k + 1; 0 is no region. `values` are integers of the same extent. Sums
/// are integers, exact while they fit 64 bits (regions of up to 10^9 pixels that are 10^4 wide and high), so the result
/// is the same under every policy. Two passes over the labels. Memory: some 300 bytes a label up to the largest, and
/// for each chunk of 256 rows a third of that for the span of its labels.
/// @throws invalid_argument when the extents differ.
template <concepts::policy Policy, class L, class V>
    requires std::unsigned_integral<std::remove_const_t<L>> && std::integral<std::remove_const_t<V>>
std::vector<region> region_statistics(Policy const& p, image_view<L> labels, image_view<V> values);

namespace detail {

/// Sums of columns and rows count from the box's corner, so that squares stay small.
struct region_sums {
    index_t area = 0, value = 0, sides = 0;
    index_t left = std::numeric_limits<index_t>::max(), right = 0;
    index_t top = std::numeric_limits<index_t>::max(), bottom = 0;
    index_t x = 0, y = 0, xx = 0, xy = 0, yy = 0;

    void merge(region_sums const& other) {
        area += other.area;
        value += other.value;
        sides += other.sides;
        left = std::min(left, other.left);
        right = std::max(right, other.right);
        top = std::min(top, other.top);
        bottom = std::max(bottom, other.bottom);
        x += other.x;
        y += other.y;
        xx += other.xx;
        xy += other.xy;
        yy += other.yy;
    }
    region finish() const {
        region r;
        if (area == 0) return r;
        double const n = static_cast<double>(area);
        double const mean_x = static_cast<double>(x) / n;
        double const mean_y = static_cast<double>(y) / n;
        r.area = area;
        r.box = {left, top, right - left, bottom - top};
        r.centroid_x = static_cast<double>(left) + mean_x;
        r.centroid_y = static_cast<double>(top) + mean_y;
        r.variance_x = static_cast<double>(xx) / n - mean_x * mean_x + 1.0 / 12;
        r.variance_y = static_cast<double>(yy) / n - mean_y * mean_y + 1.0 / 12;
        r.covariance = static_cast<double>(xy) / n - mean_x * mean_y;
        r.perimeter = std::numbers::pi / 4 * static_cast<double>(sides);
        r.mean_intensity = static_cast<double>(value) / n;
        return r;
    }
};

/// Calls add(sums of the label, x, y) for every labeled pixel; sums of chunks are merged from the top.
template <concepts::policy Policy, class L, class Add>
void add_regions(Policy const& p, image_view<L> labels, std::vector<region_sums>& total, Add const& add) {
    struct part {
        index_t lowest = 0; // the label of sums[0]
        std::vector<region_sums> sums;
    };
    chunks const strips{labels.height(), 256};
    std::vector<part> parts(static_cast<std::size_t>(strips.count()));
    p.bulk(strips.count(), [&](index_t s) {
        index_t lowest = std::numeric_limits<index_t>::max();
        index_t highest = 0;
        auto const each = [&](auto const& f) {
            for (index_t y = strips.begin(s); y < strips.end(s); ++y)
                for (index_t x = 0; x < labels.width(); ++x)
                    if (index_t const label = static_cast<index_t>(labels(x, y)); label != 0) f(label, x, y);
        };
        each([&](index_t label, index_t, index_t) {
            lowest = std::min(lowest, label);
            highest = std::max(highest, label);
        });
        if (highest == 0) return;
        part& mine = parts[static_cast<std::size_t>(s)];
        mine.lowest = lowest;
        mine.sums.resize(static_cast<std::size_t>(highest - lowest + 1));
        each([&](index_t label, index_t x, index_t y) {
            add(mine.sums[static_cast<std::size_t>(label - lowest)], label, x, y);
        });
    });
    for (part const& each : parts) {
        if (each.sums.empty()) continue;
        std::size_t const from = static_cast<std::size_t>(each.lowest - 1);
        if (total.size() < from + each.sums.size()) total.resize(from + each.sums.size());
        for (std::size_t i = 0; i < each.sums.size(); ++i) total[from + i].merge(each.sums[i]);
    }
}

} // namespace detail

template <concepts::policy Policy, class L, class V>
    requires std::unsigned_integral<std::remove_const_t<L>> && std::integral<std::remove_const_t<V>>
std::vector<region> region_statistics(Policy const& p, image_view<L> labels, image_view<V> values) {
    if (labels.size() != values.size())
        detail::raise("quoin::region_statistics: labels of ", labels.width(), " x ", labels.height(), " for values of ",
                      values.width(), " x ", values.height(), "; both must have one extent");
    std::vector<detail::region_sums> boxes;
    detail::add_regions(p, labels, boxes, [&](detail::region_sums& sums, index_t label, index_t x, index_t y) {
        auto const same = [&](index_t u, index_t v) {
            return u >= 0 && v >= 0 && u < labels.width() && v < labels.height() &&
                   static_cast<index_t>(labels(u, v)) == label;
        };
        sums.area += 1;
        sums.value += static_cast<index_t>(values(x, y));
        sums.sides += 4 - (same(x - 1, y) + same(x + 1, y) + same(x, y - 1) + same(x, y + 1));
        sums.left = std::min(sums.left, x);
        sums.right = std::max(sums.right, x + 1);
        sums.top = std::min(sums.top, y);
        sums.bottom = std::max(sums.bottom, y + 1);
    });
    std::vector<detail::region_sums> total = boxes;
    detail::add_regions(p, labels, total, [&](detail::region_sums& sums, index_t label, index_t x, index_t y) {
        detail::region_sums const& box = boxes[static_cast<std::size_t>(label - 1)];
        index_t const u = x - box.left;
        index_t const v = y - box.top;
        sums.x += u;
        sums.y += v;
        sums.xx += u * u;
        sums.xy += u * v;
        sums.yy += v * v;
    });
    std::vector<region> result(total.size());
    for (std::size_t i = 0; i < total.size(); ++i) result[i] = total[i].finish();
    return result;
}

QUOIN_NAMESPACE_END
