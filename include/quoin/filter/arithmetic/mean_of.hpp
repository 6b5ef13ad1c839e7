// SPDX-License-Identifier: BSL-1.0
// mean_of: the mean of several images.
#pragma once

#include <quoin/pipe/operation.hpp>

#include <bit>

QUOIN_NAMESPACE_BEGIN

/// Pointwise stage behind zip(a, b, ...), each channel: the mean of all inputs. All have the same pixel type, and so
/// has the result. Integers: the exact mean, rounded half up once. Floating point: the sum in the channel's type, from
/// the left, divided by the number. At most 64 inputs. Cost: an addition for each further input, and a product of 32
/// bits for u8, a shift for u16 and 2, 4, 8 ... inputs, otherwise a division of doubles. It is not in the catalogue,
/// whose operations have a fixed number of inputs: blend=0.5 is the mean of two, and frame_average that of many.
struct mean_of_fn {
    using vectorized = void;
    using channelwise = void;

    template <concepts::channel_value V, std::same_as<V>... Rest>
        requires(sizeof...(Rest) > 0 && sizeof...(Rest) < 64)
    QUOIN_INLINE V operator()(V const& first, Rest const&... rest) const {
        using T = scalar_t<V>;
        constexpr int count = 1 + static_cast<int>(sizeof...(Rest));
        if constexpr (std::floating_point<T>) {
            return V((first + ... + rest) / static_cast<T>(count));
        } else if constexpr (sizeof(T) == 1 && std::unsigned_integral<T>) {
            auto const sum = (convert<std::uint32_t>(first) + ... + convert<std::uint32_t>(rest));
            // (2 sum + count) / (2 count), rounded down. The error of the reciprocal is too small for another result.
            constexpr std::uint32_t reciprocal = (1u << 23) / (2 * count) + 1;
            return saturate<T>(convert<std::int32_t>(((sum + sum + std::uint32_t(count)) * reciprocal) >> 23));
        } else if constexpr (sizeof(T) == 2 && (count & (count - 1)) == 0) {
            auto const sum = (convert<std::int32_t>(first) + ... + convert<std::int32_t>(rest));
            constexpr int shift = std::countr_zero(unsigned(count));
            return saturate<T>(scale_down<shift>(sum));
        } else {
            return saturate<T>((convert<double>(first) + ... + convert<double>(rest)) / double(count));
        }
    }
};
inline constexpr mean_of_fn mean_of{};

QUOIN_NAMESPACE_END
