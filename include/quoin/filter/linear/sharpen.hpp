// SPDX-License-Identifier: BSL-1.0
// sharpen: a pixel against its eight neighbors.
#pragma once

#include <quoin/pipe/kernel.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// Local, 3x3, each channel: (32 c - 2 n) / 16 with the pixel c and the sum n of its 8 neighbors: twice the pixel
/// minus the mean of the neighbors. Integer channels: exact, rounded half up, (32 c - 2 n + 8) >> 4, saturated.
/// Floating point: the same sum times 1/16, not clamped. Same pixel type.
struct sharpen_fn {
    using vectorized = void;
    using channelwise = void;
    static constexpr kernel<3, 3> weights{{{-2, -2, -2}, {-2, 32, -2}, {-2, -2, -2}}};
    static constexpr quoin::footprint footprint = weights.footprint;

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return weighted_mean<weights, 4>(w);
    }
};
inline constexpr sharpen_fn sharpen{};

/// The catalogue's entry.
struct sharpen_entry : entry_of<sharpen_entry> {
    static constexpr operation about{
        .name = "sharpen",
        .about = "twice the pixel minus the mean of its 8 neighbors, (32 c - 2 n) / 16",
        .rounding = "half up, (sum + 8) >> 4, saturated",
        .floating = "the sum times 1/16",
        .opencv = "cv::filter2D(src, dst, -1, kernel), kernel of -1/8 around 2, which rounds halves to even",
        .pillow = "image.filter(ImageFilter.SHARPEN)"};
    static sharpen_fn stage(double const*) { return sharpen; }
};

QUOIN_NAMESPACE_END
