// SPDX-License-Identifier: BSL-1.0
// gaussian3: the 3 x 3 binomial blur.
#pragma once

#include <quoin/pipe/kernel.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// Local stage, 3 x 3. Each channel is the weighted mean with the binomial kernel [1 2 1; 2 4 2; 1 2 1] / 16. The pixel
/// type does not change. Border: that of the last extend(), or reflect_101 without one. Integer channels: exact and
/// rounded half up, (sum + 8) >> 4; for 8 bits equal to OpenCV's GaussianBlur of 3 x 3. Floating point: the weighted
/// sum times 1/16, in the channel's type.
struct gaussian3_fn {
    using vectorized = void;
    using channelwise = void;
    static constexpr kernel<3, 3> weights{{{1, 2, 1}, {2, 4, 2}, {1, 2, 1}}};
    static constexpr quoin::footprint footprint = weights.footprint;

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return weighted_mean<weights, 4>(w);
    }
};
inline constexpr gaussian3_fn gaussian3{};

/// The catalogue's entry.
struct gaussian3_entry : entry_of<gaussian3_entry> {
    static constexpr operation about{.name = "gaussian3",
                                     .about = "the binomial blur [1 2 1] x [1 2 1] / 16",
                                     .rounding = "half up, (sum + 8) >> 4",
                                     .floating = "the sum times 1/16",
                                     .opencv = "cv::GaussianBlur(src, dst, {3, 3}, 0)"};
    static gaussian3_fn stage(double const*) { return gaussian3; }
};

QUOIN_NAMESPACE_END
