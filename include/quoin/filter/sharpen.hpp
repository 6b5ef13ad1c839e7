// SPDX-License-Identifier: BSL-1.0
// sharpen: a pixel against its eight neighbours.
#pragma once

#include <quoin/pipe/stage.hpp>

QUOIN_NAMESPACE_BEGIN

/// Local, 3x3, each channel: (32 c - 2 n) / 16 with the pixel c and the sum n of its 8 neighbours: twice the pixel minus
/// the mean of the neighbours. Integer channels: exact, rounded half up, (32 c - 2 n + 8) >> 4, saturated. Floating point:
/// the same sum times 1/16, not clamped. Same pixel type.
struct sharpen_fn {
    using vectorised = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint{1, 1};

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using T = typename Window::channel_type;
        using A = wide_t<T>;
        auto const above = w.template at<A>(-1, -1) + w.template at<A>(0, -1) + w.template at<A>(1, -1);
        auto const beside = w.template at<A>(-1, 0) + w.template at<A>(1, 0);
        auto const below = w.template at<A>(-1, 1) + w.template at<A>(0, 1) + w.template at<A>(1, 1);
        auto const sum = w.template at<A>(0, 0) * A(32) - (above + beside + below) * A(2);
        return saturate<T>(scale_down<4>(sum));
    }
};
inline constexpr sharpen_fn sharpen{};

QUOIN_NAMESPACE_END
