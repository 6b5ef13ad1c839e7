// SPDX-License-Identifier: BSL-1.0
// The kernels and the chain that quoin and others are timed with.
#pragma once

#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/linear/sharpen.hpp>
#include <quoin/filter/point/brightness.hpp>

namespace bench {

inline constexpr int sharp_kernel[3][3] = {{0, -1, 0}, {-1, 5, -1}, {0, -1, 0}};

/// Laplacian of Gaussian, 5x5.
inline constexpr int log_kernel[5][5] = {
    {0, 0, -1, 0, 0}, {0, -1, -2, -1, 0}, {-1, -2, 16, -2, -1}, {0, -1, -2, -1, 0}, {0, 0, -1, 0, 0}};

/// Higher to one side, so that it is no product of a row and a column; the values sum to the divisor.
inline constexpr int hill_kernel[7][7] = {{1, 1, 2, 2, 2, 1, 1},  {1, 3, 4, 5, 4, 3, 1}, {2, 4, 8, 9, 8, 4, 2},
                                          {2, 5, 9, 70, 9, 5, 2}, {2, 4, 8, 9, 8, 4, 2}, {1, 3, 4, 5, 4, 3, 1},
                                          {1, 1, 2, 2, 2, 1, 3}};
inline constexpr int hill_divisor = [] {
    int sum = 0;
    for (auto const& row : hill_kernel)
        for (int const k : row) sum += k;
    return sum;
}();

/// The first Length of five filters for color pixels.
template <int Length, class View>
constexpr auto chain(View const& view) {
    if constexpr (Length == 1) return view | quoin::gray;
    else if constexpr (Length == 2) return chain<1>(view) | quoin::gaussian3;
    else if constexpr (Length == 3) return chain<2>(view) | quoin::sobel_magnitude;
    else if constexpr (Length == 4) return chain<3>(view) | quoin::sharpen;
    else return chain<4>(view) | quoin::brightness(1.2f);
}

/// Length gains, up and down in turns, so that the picture stays one.
inline constexpr float gains[] = {1.2f, 0.85f};
template <int Length>
constexpr auto pointwise_chain(auto const& view) {
    auto const gain = quoin::brightness(gains[(Length + 1) % 2]);
    if constexpr (Length == 1) return view | gain;
    else return pointwise_chain<Length - 1>(view) | gain;
}

/// Length blurs of 3 x 3 pixels.
template <int Length>
constexpr auto local_chain(auto const& view) {
    if constexpr (Length == 1) return view | quoin::gaussian3;
    else return local_chain<Length - 1>(view) | quoin::gaussian3;
}

} // namespace bench
