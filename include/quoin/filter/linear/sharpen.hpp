// SPDX-License-Identifier: BSL-1.0
// sharpen: twice the pixel minus the mean of its eight neighbors.
#pragma once

#include <quoin/pipe/kernel.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// Local stage, 3 x 3. Each channel is (32 c - 2 n) / 16, where c is the pixel and n is the sum of its 8 neighbors.
/// This is twice the pixel minus the mean of its neighbors. The pixel type does not change. Border: that of the last
/// extend(), or reflect_101 without one. Integer channels: exact, rounded half up, (32 c - 2 n + 8) >> 4, and
/// saturated. Floating point: the same sum times 1/16, not clamped.
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
