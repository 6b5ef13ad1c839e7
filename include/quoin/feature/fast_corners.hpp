// SPDX-License-Identifier: BSL-1.0
// fast_corners: the FAST corners of an image, as a list.
#pragma once

#include <quoin/feature/detail/collect.hpp>
#include <quoin/filter/corner/fast_score.hpp>
#include <quoin/geometry/crop.hpp>

QUOIN_NAMESPACE_BEGIN

/// The options of fast_corners().
struct fast_options {
    double threshold = 10; ///< the contrast that a corner exceeds, in [0, 65535]
    int arc = 9;           ///< 9 or 12 neighbors on the circle of 16 pixels
    bool suppress = true;  ///< keep only corners whose score is above that of all eight neighbors
};

/// The FAST corners of a view or a pipeline of gray pixels, u8, u16 or f32, in raster order. A corner is a pixel at
/// least 3 from each edge of the image whose fast_score() is above 0 at this threshold; that is its score, too. With
/// `suppress`, pixels in the outermost three rows and columns count as 0. u8, arcs of 9, thresholds from 1 on: the
/// points of cv::FAST, and its responses where it suppresses. A pipeline is evaluated once. An image below 7 x 7 has no
/// corners. Cost: that of fast_score; suppression adds eight comparisons where a score is above 0. Memory: the list,
/// and ten lines for each thread.
/// @throws invalid_argument for a threshold outside [0, 65535] or another arc.
/// Source: that of fast_score().
template <concepts::policy Policy, class What>
std::vector<keypoint> fast_corners(Policy const& policy, What const& what, fast_options const& options = {}) {
    auto const score = fast_score(options.threshold, options.arc);
    auto const p = detail::pipeline_of<typename Policy::lanes>(what);
    using P = typename std::remove_const_t<decltype(p)>::pixel_type;
    static_assert(concepts::channel<P>, "quoin::fast_corners: pixels must be gray; put gray before it");
    constexpr index_t frame = fast_score_fn::footprint.left;
    if (p.width() <= 2 * frame || p.height() <= 2 * frame) return {};
    auto const scores = p | score | crop(frame, frame, p.width() - 2 * frame, p.height() - 2 * frame);
    if (!options.suppress) return detail::collect(policy, scores, frame, frame);
    return detail::collect(policy, scores | extend(constant(P{})) | detail::peaks_above<P, false>{P{}}, frame, frame);
}

QUOIN_NAMESPACE_END
