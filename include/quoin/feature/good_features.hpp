// SPDX-License-Identifier: BSL-1.0
// good_features: the corners that are good to track.
#pragma once

#include <quoin/feature/local_peaks.hpp>
#include <quoin/filter/corner/harris.hpp>

QUOIN_NAMESPACE_BEGIN

/// The corners that are good to track: local_peaks() of shi_tomasi(3). The points of cv::goodFeaturesToTrack, up to
/// neighbors in the order whose scores differ by less than 1e-5 of the largest one. For another square or measure take
/// local_peaks(policy, image | harris(5), options).
/// @throws invalid_argument for options outside their ranges.
/// Source: that of shi_tomasi().
template <concepts::policy Policy, class What>
std::vector<keypoint> good_features(Policy const& policy, What const& what, peak_options const& options = {}) {
    auto const p = detail::pipeline_of<typename Policy::lanes>(what);
    return detail::peaks_of("quoin::good_features", policy, p | shi_tomasi(), options);
}

QUOIN_NAMESPACE_END
