// SPDX-License-Identifier: BSL-1.0
// keypoint: a point of an image that stands out, the element of the lists of features.
#pragma once

#include <quoin/config.hpp>

QUOIN_NAMESPACE_BEGIN

/// A point of an image. The center of the pixel in column x and row y is (x, y), as in OpenCV's keypoints.
struct keypoint {
    double x, y;
    float score; ///< how much it stands out, in the units of the function that found it
    friend constexpr bool operator==(keypoint const&, keypoint const&) = default;
};

QUOIN_NAMESPACE_END
