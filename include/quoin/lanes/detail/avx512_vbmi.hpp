// SPDX-License-Identifier: BSL-1.0
// The primitives for AVX-512 with VBMI and VNNI (Ice Lake, Zen 4 and later): permutation of bytes across registers,
// lookup of bytes in tables, and fused multiplication and addition of products.
#pragma once

#include <quoin/lanes/detail/avx512_isa.hpp>

QUOIN_NAMESPACE_BEGIN
QUOIN_INTRINSICS_BEGIN

namespace detail {

inline constexpr bool has_fast_byte_table = true;
inline constexpr bool has_tap_windows = true;

struct isa : avx512_isa {
    static constexpr bool permutes_bytes = true;
    static QUOIN_ALWAYS_INLINE reg madd16_add(reg sum, reg a, reg k) { return _mm512_dpwssd_epi32(sum, a, k); }
    template <int Bytes>
    static QUOIN_ALWAYS_INLINE reg permute2(reg a, reg index, reg b) {
        if constexpr (Bytes == 1) return _mm512_permutex2var_epi8(a, index, b);
        else return avx512_isa::permute2<Bytes>(a, index, b);
    }
};

/// A table of 256 bytes in registers.
struct byte_table_registers {
    __m512i part[4];

    QUOIN_ALWAYS_INLINE explicit byte_table_registers(std::uint8_t const* values) {
        for (int i = 0; i < 4; ++i) part[i] = _mm512_loadu_si512(values + 64 * i);
    }
    /// values[a[i]] for every i.
    QUOIN_ALWAYS_INLINE __m512i operator[](__m512i a) const {
        __m512i const low = _mm512_permutex2var_epi8(part[0], a, part[1]);
        __m512i const high = _mm512_permutex2var_epi8(part[2], a, part[3]);
        return _mm512_mask_mov_epi8(low, _mm512_movepi8_mask(a), high);
    }
};

} // namespace detail

QUOIN_INTRINSICS_END
QUOIN_NAMESPACE_END

#include <quoin/lanes/detail/avx512_interleave.hpp>
#include <quoin/lanes/detail/x86_interleave.hpp>
#include <quoin/lanes/detail/x86_tap_dots.hpp>
#include <quoin/lanes/detail/x86_tap_windows.hpp>
#include <quoin/lanes/detail/x86_transpose.hpp>
