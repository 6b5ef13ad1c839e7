// SPDX-License-Identifier: BSL-1.0
// The values of words in memory, which are read once each.
#pragma once

#include <quoin/core/detail/unrolled.hpp>

#include <cstdint>
#include <cstring>
#include <type_traits>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Calls f(part, place) for the parts of `Words` u64 at p, which are split into parts of type Part from their lowest
/// bits on. `place` is a constant, the index of the part.
template <class Part, int Words, class F>
QUOIN_INLINE void for_each_word_part(void const* p, F const& f) {
    constexpr int in_word = 8 / static_cast<int>(sizeof(Part));
    unrolled<Words>([&](auto w) QUOIN_LAMBDA_INLINE {
        std::uint64_t word;
        std::memcpy(&word, static_cast<unsigned char const*>(p) + 8 * decltype(w)::value, sizeof word);
        unrolled<in_word>([&](auto k) QUOIN_LAMBDA_INLINE {
            constexpr int part = decltype(k)::value;
            f(static_cast<Part>(word >> (part * 8 * static_cast<int>(sizeof(Part)))),
              std::integral_constant<int, decltype(w)::value * in_word + part>{});
        });
    });
}

} // namespace detail

QUOIN_NAMESPACE_END
