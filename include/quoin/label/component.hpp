// SPDX-License-Identifier: BSL-1.0
// component: what is known of a connected component.
#pragma once

#include <quoin/core/geometry.hpp>

QUOIN_NAMESPACE_BEGIN

/// What is known of a connected component.
struct component {
    index_t area = 0;      ///< pixels
    rect box;              ///< the smallest rectangle around them
    double centroid_x = 0; ///< the mean column of its pixels: their sum, exact in 64 bits, by the area
    double centroid_y = 0; ///< the mean row
    friend bool operator==(component const&, component const&) = default;
};

QUOIN_NAMESPACE_END
