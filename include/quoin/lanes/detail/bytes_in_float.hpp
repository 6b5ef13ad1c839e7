// SPDX-License-Identifier: BSL-1.0
// Bytes that are computed with in float, one register of floats after the other.
#pragma once

#include <quoin/core/detail/unrolled.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Calls f(values, results) with the bytes `in` as floats, and rounds the results down to the bytes `out`. They must be
/// from 0 to below 256. f has arrays of floats or of registers of floats, and uses no more than operators.
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
        using words = std::remove_cvref_t<decltype(bitwise_cast<std::uint32_t>(in[0].reg[0]))>;
        using floats = std::remove_cvref_t<decltype(bitwise_cast<float>(in[0].reg[0]))>;
        unrolled<V::registers>([&](auto r) QUOIN_LAMBDA_INLINE {
            constexpr int part = decltype(r)::value;
            words joined[Out];
            unrolled<4>([&](auto place) QUOIN_LAMBDA_INLINE {
                constexpr int shift = 8 * decltype(place)::value;
                floats values[In], results[Out];
                unrolled<static_cast<int>(In)>([&](auto i) QUOIN_LAMBDA_INLINE {
                    constexpr int n = decltype(i)::value;
                    auto const word = bitwise_cast<std::uint32_t>(in[n].reg[part]);
                    auto const byte = [&]() QUOIN_LAMBDA_INLINE {
                        if constexpr (shift == 0) return words(word & words(255u));
                        else if constexpr (shift == 24) return words(word >> 24);
                        else return words((word >> shift) & words(255u));
                    }();
                    values[n] = batch_cast<float>(bitwise_cast<std::int32_t>(byte));
                });
                f(values, results);
                unrolled<static_cast<int>(Out)>([&](auto i) QUOIN_LAMBDA_INLINE {
                    constexpr int n = decltype(i)::value;
                    auto const byte = bitwise_cast<std::uint32_t>(batch_cast<std::int32_t>(results[n]));
                    if constexpr (shift == 0) joined[n] = byte;
                    else joined[n] = joined[n] | (byte << shift);
                });
            });
            unrolled<static_cast<int>(Out)>([&](auto i) QUOIN_LAMBDA_INLINE {
                constexpr int n = decltype(i)::value;
                out[n].reg[part] = bitwise_cast<std::uint8_t>(joined[n]);
            });
        });
    }
}

} // namespace detail

QUOIN_NAMESPACE_END
