// SPDX-License-Identifier: BSL-1.0
// The maps that warping stages and OpenCV's are measured with.
#pragma once

#include <quoin/geometry/warp_affine.hpp>

namespace bench {

/// A turn by 10 degrees. It keeps most of the image inside.
inline constexpr quoin::affine turned{0.984807753, -0.173648178, 60, 0.173648178, 0.984807753, -60};

} // namespace bench
