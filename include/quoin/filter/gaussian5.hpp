// SPDX-License-Identifier: BSL-1.0
// gaussian5: the 5x5 binomial blur.
#pragma once

#include <quoin/pipe/stage.hpp>
#include <quoin/view/correlate.hpp>

QUOIN_NAMESPACE_BEGIN

/// Local, 5x5, each channel: the weighted mean with [1 4 6 4 1] x [1 4 6 4 1] / 256. Integer channels: exact, rounded
/// half up, (sum + 128) >> 8; equal to OpenCV's GaussianBlur of 5x5 for 8 bits. Floating point: the weighted sum times
/// 1/256 in the channel's type. Same pixel type. Border: that of the last extend(), reflect_101 without one.
struct gaussian5_fn {
    using vectorised = void;
    using channelwise = void;
    static constexpr kernel<5, 5> weights{
        {{1, 4, 6, 4, 1}, {4, 16, 24, 16, 4}, {6, 24, 36, 24, 6}, {4, 16, 24, 16, 4}, {1, 4, 6, 4, 1}}};
    static constexpr quoin::footprint footprint = weights.footprint;

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return weighted_mean<weights, 8>(w);
    }
};
inline constexpr gaussian5_fn gaussian5{};

QUOIN_NAMESPACE_END
