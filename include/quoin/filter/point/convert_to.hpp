// SPDX-License-Identifier: BSL-1.0
// convert_to: another channel type, by value.
#pragma once

#include <quoin/pipe/stage.hpp>

QUOIN_NAMESPACE_BEGIN

/// Pointwise, each channel: the value as a U, saturated; floating point to integer rounds half up, floor(v + 0.5), and
/// NaN becomes the smallest value. Nothing is rescaled: 255 becomes 255.0.
template <channel U>
struct convert_to_fn {
    using vectorised = void;
    using channelwise = void;

    template <channel_value V>
    QUOIN_INLINE auto operator()(V const& v) const {
        return saturate<U>(v);
    }
};
template <channel U>
inline constexpr convert_to_fn<U> convert_to{};

QUOIN_NAMESPACE_END
