// SPDX-License-Identifier: BSL-1.0
// Every other RGB pixel of bytes, by shuffles of 16 bytes.
#pragma once

#include <quoin/core/geometry.hpp>

#include <cstdint>
#include <cstring>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// to[3 i + c] = from[6 i + c] for all i below count and the channels c.
inline void take_even_pixels(std::uint8_t const* from, std::uint8_t* to, index_t count) {
    using bytes = std::uint8_t __attribute__((vector_size(16)));
    auto const load = [](std::uint8_t const* p) QUOIN_LAMBDA_INLINE {
        bytes v;
        std::memcpy(&v, p, sizeof v);
        return v;
    };
    auto const store = [](std::uint8_t* p, bytes v) QUOIN_LAMBDA_INLINE { std::memcpy(p, &v, sizeof v); };
    // Eight pixels are kept in three stores, of 9, 8 and 7 bytes and some that the next one overwrites.
    index_t i = 0;
    for (; i + 11 <= count; i += 8, from += 48, to += 24) {
        bytes const a = load(from), b = load(from + 16), c = load(from + 32);
        store(to, __builtin_shufflevector(a, a, 0, 1, 2, 6, 7, 8, 12, 13, 14, 0, 0, 0, 0, 0, 0, 0));
        store(to + 9, __builtin_shufflevector(b, b, 2, 3, 4, 8, 9, 10, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0));
        store(to + 17, __builtin_shufflevector(c, c, 0, 4, 5, 6, 10, 11, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }
    for (; i < count; ++i, from += 6, to += 3) std::memcpy(to, from, 3);
}

} // namespace detail

QUOIN_NAMESPACE_END
