// SPDX-License-Identifier: BSL-1.0
// The kernel and the chain that quoin and OpenCV are timed with.
#pragma once

#include <quoin/filter/brightness.hpp>
#include <quoin/filter/gaussian3.hpp>
#include <quoin/filter/gray.hpp>
#include <quoin/filter/sharpen.hpp>
#include <quoin/filter/sobel.hpp>

namespace bench {

/// Laplacian of Gaussian, 5x5.
inline constexpr int log_kernel[5][5] = {
    {0, 0, -1, 0, 0}, {0, -1, -2, -1, 0}, {-1, -2, 16, -2, -1}, {0, -1, -2, -1, 0}, {0, 0, -1, 0, 0}};

/// The first Length of five filters for colour pixels.
template <int Length, class View>
constexpr auto chain(View const& view) {
    if constexpr (Length == 1) return view | quoin::gray;
    else if constexpr (Length == 2) return chain<1>(view) | quoin::gaussian3;
    else if constexpr (Length == 3) return chain<2>(view) | quoin::sobel_magnitude;
    else if constexpr (Length == 4) return chain<3>(view) | quoin::sharpen;
    else return chain<4>(view) | quoin::brightness(1.2f);
}

} // namespace bench
