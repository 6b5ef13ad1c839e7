// SPDX-License-Identifier: BSL-1.0
// Which OpenCV is measured beside quoin.
#pragma once

#if QUOIN_WITH_OPENCV
#include <opencv2/core/version.hpp>
#endif

namespace bench {

inline constexpr char const* opencv_version() {
#if QUOIN_WITH_OPENCV
    return CV_VERSION;
#else
    return "not in this build";
#endif
}

} // namespace bench
