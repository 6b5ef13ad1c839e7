// SPDX-License-Identifier: BSL-1.0
// gaussian3: the 3x3 binomial blur.
#pragma once

#include <quoin/pipe/stage.hpp>

QUOIN_NAMESPACE_BEGIN

/// Local, 3x3, each channel: the weighted mean with [1 2 1; 2 4 2; 1 2 1] / 16. Integer channels: exact, rounded half up,
/// (sum + 8) >> 4. Floating point: the weighted sum times 1/16 in the channel's type. Same pixel type. Border: that of the
/// last extend(), reflect_101 without one.
struct gaussian3_fn {
    using vectorised = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint{1, 1};

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using T = typename Window::channel_type;
        using A = wide_t<T>;
        auto const corners = w.template at<A>(-1, -1) + w.template at<A>(1, -1) + w.template at<A>(-1, 1) +
                             w.template at<A>(1, 1);
        auto const edges = w.template at<A>(0, -1) + w.template at<A>(-1, 0) + w.template at<A>(1, 0) +
                           w.template at<A>(0, 1);
        return convert<T>(scale_down<4>(corners + edges * A(2) + w.template at<A>(0, 0) * A(4)));
    }
};
inline constexpr gaussian3_fn gaussian3{};

QUOIN_NAMESPACE_END
