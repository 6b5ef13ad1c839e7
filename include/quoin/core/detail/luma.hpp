// SPDX-License-Identifier: BSL-1.0
// The luma of a color, for gray and the readers of image files.
#pragma once

#include <quoin/core/numeric.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// The weights 0.299, 0.587, 0.114 (ITU-R BT.601) in 15 bits. Their sum is 2^luma_bits.
inline constexpr int luma_red = 9798, luma_green = 19235, luma_blue = 3735, luma_bits = 15;
inline constexpr int luma_half = 1 << (luma_bits - 1);

/// (9798 r + 19235 g) + 3735 b in T, a scalar or lanes. T must hold the largest channel times 2^15.
template <class T>
QUOIN_INLINE T luma_sum(T const& r, T const& g, T const& b) {
    return r * T(luma_red) + g * T(luma_green) + b * T(luma_blue);
}

/// (9798 r + 19235 g + 3735 b + 16384) >> 15, which is rounded half up.
template <std::unsigned_integral T>
    requires(sizeof(T) <= 2)
QUOIN_FN T luma(T r, T g, T b) {
    return static_cast<T>((luma_sum<std::uint32_t>(r, g, b) + luma_half) >> luma_bits);
}

/// The two parts of a weight: 256 * high + low is the weight, and both fit a signed byte.
template <int Weight>
inline constexpr int luma_high = (Weight + 128) >> 8;
template <int Weight>
inline constexpr int luma_low = Weight - 256 * luma_high<Weight>;

} // namespace detail
QUOIN_NAMESPACE_END
