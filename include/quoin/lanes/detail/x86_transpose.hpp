// SPDX-License-Identifier: BSL-1.0
// Transposition in registers, for instruction sets with several 128-bit parts in a register (AVX2, AVX-512).
#pragma once

#include <quoin/lanes/detail/x86.hpp>

QUOIN_NAMESPACE_BEGIN
QUOIN_INTRINSICS_BEGIN

namespace detail {

/// Each part of a register loads other rows, so that a register becomes one row of the result.
template <class T>
    requires(sizeof(typename isa::reg) > 16)
QUOIN_ALWAYS_INLINE void transpose_part(T const* from, index_t stride, T* to, index_t to_stride) {
    constexpr int side = 16 / sizeof(T);
    typename isa::reg line[side];
    for (int r = 0; r < side; ++r)
        line[r] = isa::load_parts(reinterpret_cast<std::uint8_t const*>(from + r * stride),
                                  side * stride * index_t{sizeof(T)});
    exchange_axes<side>(
        line,
        [](auto a, auto b) QUOIN_LAMBDA_INLINE {
            if constexpr (sizeof(T) == 1) return isa::unpack_low8(a, b);
            else if constexpr (sizeof(T) == 2) return isa::unpack_low16(a, b);
            else if constexpr (sizeof(T) == 4) return isa::unpack_low32(a, b);
            else return isa::unpack_low64(a, b);
        },
        [](auto a, auto b) QUOIN_LAMBDA_INLINE {
            if constexpr (sizeof(T) == 1) return isa::unpack_high8(a, b);
            else if constexpr (sizeof(T) == 2) return isa::unpack_high16(a, b);
            else if constexpr (sizeof(T) == 4) return isa::unpack_high32(a, b);
            else return isa::unpack_high64(a, b);
        });
    for (int c = 0; c < side; ++c) __builtin_memcpy(to + c * to_stride, &line[c], sizeof(line[c]));
}

} // namespace detail

QUOIN_INTRINSICS_END
QUOIN_NAMESPACE_END
