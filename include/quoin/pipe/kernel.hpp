// SPDX-License-Identifier: BSL-1.0
// weighted_sum, weighted_mean: the correlation with a constant kernel, in the fastest exact arithmetic.
#pragma once

#include <quoin/pipe/detail/correlation.hpp>

QUOIN_NAMESPACE_BEGIN

/// Constant integer factors, laid over a window as written. Both sides are odd, and the middle lies over the pixel:
///     inline constexpr kernel<3, 3> laplacian{{{0, -1, 0}, {-1, 4, -1}, {0, -1, 0}}};
template <int Width, int Height>
struct kernel {
    static_assert(Width % 2 == 1 && Height % 2 == 1,
                  "quoin::kernel: a kernel has an odd number of rows and columns, so that it has a middle");
    int factor[Height][Width];

    static constexpr quoin::footprint footprint{Width / 2, Height / 2};
};

/// sum over j, i of K.factor[j][i] * w(i - Width / 2, j - Height / 2), for a window of one channel. The sum must fit
/// the result type, which is wide_t: i16 for u8, i32 for 16 bits, i64 for i32. Floating point: the result has the
/// channel's type. The sum starts with differences of pixels with opposite factors, in the order of the first pixel of
/// each pair; the other pixels follow in raster order.
template <auto K, class Window>
QUOIN_INLINE auto weighted_sum(Window const& w) {
    return detail::wide_correlation<K, wide_t<typename Window::channel_type>>(w);
}

/// The weighted_sum divided by 2^Shift. Integers are rounded half up and saturated to the channel's type. Floating
/// point: the sum times 2^-Shift.
template <auto K, int Shift, class Window>
QUOIN_INLINE auto weighted_mean(Window const& w) {
    using T = typename Window::channel_type;
    constexpr int rounding = 1 << (Shift - 1);
    if constexpr (detail::sees_bytes<Window> && detail::taps_of<K>::fits_byte_sum(rounding)) {
        auto const sum = detail::narrow_correlation<K, rounding>(w);
        if constexpr (detail::taps_of<K>::negative) return sum.template shifted<Shift>();
        else return sum.template unsigned_shifted<Shift>();
    } else if constexpr (detail::sees_16_bits<Window> && detail::taps_of<K>::fits_32_bit_sum(rounding)) {
        return detail::correlation_16_bits<K, rounding>(w).template shifted<Shift, T>();
    } else {
        return saturate<T>(
            scale_down<Shift>(detail::wide_correlation<K, decltype(detail::exact_sum<T, K, Shift>())>(w)));
    }
}

QUOIN_NAMESPACE_END
