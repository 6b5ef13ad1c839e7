// SPDX-License-Identifier: BSL-1.0
// darker, lighter: the smaller and the larger of the pixels of two images.
#pragma once

#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// Pointwise stage behind zip(a, b), each channel: the smaller of both. Both inputs have the same pixel type, and so
/// has the result. NaN if one of them is NaN, as in NumPy; of two zeros that of b. Cost: the bytes that it moves.
struct darker_fn {
    using vectorized = void;
    using channelwise = void;

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& a, V const& b) const {
        if constexpr (std::floating_point<scalar_t<V>>) return select(a != a, a, min(a, b));
        else return min(a, b);
    }
};
inline constexpr darker_fn darker{};

/// Pointwise stage behind zip(a, b), each channel: the larger of both. Both inputs have the same pixel type, and so has
/// the result. NaN if one of them is NaN, as in NumPy; of two zeros that of b. Cost: the bytes that it moves.
struct lighter_fn {
    using vectorized = void;
    using channelwise = void;

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& a, V const& b) const {
        if constexpr (std::floating_point<scalar_t<V>>) return select(a != a, a, max(a, b));
        else return max(a, b);
    }
};
inline constexpr lighter_fn lighter{};

QUOIN_NAMESPACE_END
