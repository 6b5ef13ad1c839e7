// SPDX-License-Identifier: BSL-1.0
// local_peaks: the strongest points of a score, at a distance from each other.
#pragma once

#include <quoin/feature/detail/collect.hpp>
#include <quoin/filter/detail/usual_channel.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/measure/min_max.hpp>

#include <unordered_map>

QUOIN_NAMESPACE_BEGIN

/// The options of local_peaks() and good_features().
struct peak_options {
    double quality = 0.01; ///< only scores above this share of the largest one count, in [0, 1]
    double distance = 0;   ///< the least distance between two points, in pixels, in [0, 1e6]
    index_t most = 0;      ///< at most so many points, the strongest; 0: all
};

namespace detail {

inline void check(char const* name, peak_options const& o) {
    if (!(o.quality >= 0 && o.quality <= 1))
        raise(name, ": the quality ", o.quality, " is not in [0, 1]; give a share of the largest score");
    if (!(o.distance >= 0 && o.distance <= 1e6))
        raise(name, ": the distance ", o.distance, " is not in [0, 1e6]; give it in pixels");
    if (o.most < 0) raise(name, ": at most ", o.most, " points; give 0 for all, or a number");
}

/// The points in order, less those that are nearer than the distance to one that was kept before, and at most `most`.
/// Points that were kept are looked up in cells whose side is the distance.
inline std::vector<keypoint> thinned(std::vector<keypoint> const& points, double distance, std::size_t most) {
    std::vector<keypoint> kept;
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> cells;
    if (distance == 0) {
        auto const count = static_cast<std::ptrdiff_t>(std::min(most, points.size()));
        return {points.begin(), points.begin() + count};
    }
    double const side = std::max(distance, 1.0);
    auto const key = [](std::int64_t column, std::int64_t row) {
        return static_cast<std::uint64_t>(row) << 32 ^ static_cast<std::uint32_t>(column);
    };
    for (keypoint const& p : points) {
        auto const column = static_cast<std::int64_t>(p.x / side), row = static_cast<std::int64_t>(p.y / side);
        bool near = false;
        for (std::int64_t v = row - 1; v <= row + 1 && !near; ++v)
            for (std::int64_t u = column - 1; u <= column + 1 && !near; ++u)
                if (auto const cell = cells.find(key(u, v)); cell != cells.end())
                    for (std::size_t const i : cell->second) {
                        double const dx = kept[i].x - p.x, dy = kept[i].y - p.y;
                        near = near || dx * dx + dy * dy < distance * distance;
                    }
        if (near) continue;
        cells[key(column, row)].push_back(kept.size());
        kept.push_back(p);
        if (kept.size() == most) break;
    }
    return kept;
}

/// local_peaks(), called `name` in error messages.
template <class Policy, class What>
std::vector<keypoint> peaks_of(char const* name, Policy const& policy, What const& what, peak_options const& o) {
    check(name, o);
    auto const scores = to_image(policy, what);
    using T = typename std::remove_const_t<decltype(scores)>::pixel_type;
    static_assert(usual_channel<T>,
                  "quoin::local_peaks: pixels must be gray, unsigned integers of 8 or 16 bits, or float");
    if (scores.width() < 3 || scores.height() < 3) return {};
    // NaN does not count.
    T const largest = min_max(policy, scores).max;
    auto const least = static_cast<T>(static_cast<double>(max(largest, T{})) * o.quality);
    auto found = collect(
        policy, scores.view() | peaks_above<T, true>{least} | crop(1, 1, scores.width() - 2, scores.height() - 2), 1,
        1);
    // Of equal scores the last one in raster order is first, as in OpenCV.
    std::reverse(found.begin(), found.end());
    std::stable_sort(found.begin(), found.end(),
                     [](keypoint const& a, keypoint const& b) { return a.score > b.score; });
    auto const most = o.most > 0 ? static_cast<std::size_t>(o.most) : found.size();
    return thinned(found, o.distance, most);
}

} // namespace detail

/// The local maxima of a view or a pipeline of one channel, u8, u16 or f32, the strongest first. A pixel is one if it
/// is not in the outermost rows and columns, its value is above 0 and above `quality` times the largest value of the
/// image, and none of its eight neighbors is larger. Of neighbors with equal values each is one. From the strongest to
/// the weakest a point is dropped that is nearer than `distance` to one that was kept. Of equal values the last one in
/// raster order is first. Cost: the pipeline, two passes over its result, and a sort of the maxima. Memory: an image of
/// the result, and 24 bytes for each maximum.
/// @throws invalid_argument for options outside their ranges.
template <concepts::policy Policy, class What>
std::vector<keypoint> local_peaks(Policy const& policy, What const& what, peak_options const& options = {}) {
    return detail::peaks_of("quoin::local_peaks", policy, what, options);
}

QUOIN_NAMESPACE_END
