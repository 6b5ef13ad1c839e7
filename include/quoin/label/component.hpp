// SPDX-License-Identifier: BSL-1.0
// component: area, bounding box and centroid of a connected component.
#pragma once

#include <quoin/core/geometry.hpp>

QUOIN_NAMESPACE_BEGIN

/// Area, bounding box and centroid of a connected component.
struct component {
    index_t area = 0;      ///< the number of pixels
    rect box;              ///< the bounding box
    double centroid_x = 0; ///< the mean column of the pixels: their sum, exact in 64 bits, divided by the area
    double centroid_y = 0; ///< the mean row, likewise
    friend bool operator==(component const&, component const&) = default;
};

QUOIN_NAMESPACE_END
