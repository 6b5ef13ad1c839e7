// SPDX-License-Identifier: BSL-1.0
// Bytes that are computed with in float.
#pragma once

#include <quoin/core/detail/unrolled.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Calls f(values, results) with the bytes `in` as floats, and rounds the results down to the bytes `out`. They must be
/// from 0 to below 256. f has arrays of floats or of lanes of float.
///
/// A register of floats has every fourth byte, not neighbors: to shift words and to join them again takes fewer
/// instructions than to move bytes, and the values do not depend on each other.
template <class V, std::size_t In, std::size_t Out, class F>
QUOIN_INLINE void in_float(V const (&in)[In], V (&out)[Out], F const& f) {
    if constexpr (std::same_as<V, std::uint8_t>) {
        float values[In] = {}, results[Out] = {};
        for (std::size_t i = 0; i < In; ++i) values[i] = in[i];
        f(values, results);
        for (std::size_t i = 0; i < Out; ++i) out[i] = static_cast<std::uint8_t>(static_cast<std::int32_t>(results[i]));
    } else {
        // The functions of registers are found by their arguments: this header does not need the registers' library.
        using floats = std::remove_cvref_t<decltype(convert<float>(in[0]))>;
        floats values[In], results[Out];
        auto const for_each_place = [](auto const& g) QUOIN_LAMBDA_INLINE {
            unrolled<4 * V::registers>([&](auto k) QUOIN_LAMBDA_INLINE {
                constexpr int n = decltype(k)::value;
                g(k, std::integral_constant<int, n / 4>{}, std::integral_constant<int, 8 * (n % 4)>{});
            });
        };
        unrolled<static_cast<int>(In)>([&](auto i) QUOIN_LAMBDA_INLINE {
            constexpr int n = decltype(i)::value;
            for_each_place([&](auto k, auto part, auto shift) QUOIN_LAMBDA_INLINE {
                auto const word = bitwise_cast<std::uint32_t>(in[n].reg[part]);
                using words = std::remove_cvref_t<decltype(word)>;
                words const moved = shift == 0 ? word : word >> shift;
                words const byte = shift == 24 ? moved : moved & words(255u);
                values[n].reg[k] = batch_cast<float>(bitwise_cast<std::int32_t>(byte));
            });
        });
        f(values, results);
        unrolled<static_cast<int>(Out)>([&](auto i) QUOIN_LAMBDA_INLINE {
            constexpr int n = decltype(i)::value;
            for_each_place([&](auto k, auto part, auto shift) QUOIN_LAMBDA_INLINE {
                auto const byte = bitwise_cast<std::uint32_t>(batch_cast<std::int32_t>(results[n].reg[k]));
                if constexpr (decltype(shift)::value == 0) out[n].reg[part] = bitwise_cast<std::uint8_t>(byte);
                else
                    out[n].reg[part] = bitwise_cast<std::uint8_t>(bitwise_cast<std::uint32_t>(out[n].reg[part]) |
                                                                  (byte << decltype(shift)::value));
            });
        });
    }
}

} // namespace detail

QUOIN_NAMESPACE_END
