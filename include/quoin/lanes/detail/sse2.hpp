// SPDX-License-Identifier: BSL-1.0
// The SSE2 primitives for x86.hpp. Interleaved pixels go through memory (portable.hpp), because SSE2 has no byte
// shuffle.
#pragma once

#include <quoin/lanes/detail/portable.hpp>

#include <cstring>

QUOIN_NAMESPACE_BEGIN
QUOIN_INTRINSICS_BEGIN

namespace detail {

inline constexpr bool has_fast_byte_table = false;
inline constexpr bool has_tap_windows = false;

struct isa {
    using reg = __m128i;
    /// Keeps the value in a register, so that it is neither reloaded for every use nor rebuilt in every step of a loop.
    static QUOIN_ALWAYS_INLINE reg keep(reg a) {
        asm("" : "+x"(a));
        return a;
    }
    static QUOIN_ALWAYS_INLINE reg restore_order(reg a) { return a; }
    /// Restores the order of memory from the low and high halves of every 128-bit part.
    static QUOIN_ALWAYS_INLINE void parts_in_order(reg low, reg high, reg& first, reg& second) {
        first = low;
        second = high;
    }
    /// Restores the order of memory from the quarters of every 128-bit part.
    static QUOIN_ALWAYS_INLINE void quarters_in_order(auto const& quarter, auto* result) {
        for (int i = 0; i < 4; ++i) result[i] = quarter[i];
    }
    static QUOIN_ALWAYS_INLINE reg packus16(reg a, reg b) { return _mm_packus_epi16(a, b); }
    static QUOIN_ALWAYS_INLINE reg sums_of_eight(reg a) { return _mm_sad_epu8(a, _mm_setzero_si128()); }
    static QUOIN_ALWAYS_INLINE reg packs32(reg a, reg b) { return _mm_packs_epi32(a, b); }
    static QUOIN_ALWAYS_INLINE reg clamp_negative(reg a) { return _mm_andnot_si128(_mm_srai_epi32(a, 31), a); }
    static QUOIN_ALWAYS_INLINE reg packus32(reg a, reg b) {
        // SSE2 has no unsigned packing of 32 bits. So values are moved down by 2^15, packed as signed, and moved back.
        // Negative values are clamped first, so that the subtraction cannot wrap.
        reg const half = _mm_set1_epi32(32768);
        reg const packed =
            _mm_packs_epi32(_mm_sub_epi32(clamp_negative(a), half), _mm_sub_epi32(clamp_negative(b), half));
        return _mm_xor_si128(packed, _mm_set1_epi16(static_cast<short>(0x8000)));
    }
    static QUOIN_ALWAYS_INLINE reg madd16(reg a, reg b) { return _mm_madd_epi16(a, b); }
    /// u8 * i8 + u8 * i8 in 16 bits. It wraps where the instruction of SSSE3 saturates.
    static QUOIN_ALWAYS_INLINE reg madd8(reg a, reg k) {
        reg const even =
            _mm_mullo_epi16(_mm_and_si128(a, _mm_set1_epi16(255)), _mm_srai_epi16(_mm_slli_epi16(k, 8), 8));
        return _mm_add_epi16(even, _mm_mullo_epi16(_mm_srli_epi16(a, 8), _mm_srai_epi16(k, 8)));
    }
    /// a k / 2^15, rounded half up, of 16-bit values.
    static QUOIN_ALWAYS_INLINE reg rounded_product16(reg a, reg k) {
        reg const low = _mm_srli_epi16(_mm_mullo_epi16(a, k), 14), high = _mm_slli_epi16(_mm_mulhi_epi16(a, k), 1);
        return _mm_add_epi16(high, _mm_srli_epi16(_mm_add_epi16(low, _mm_set1_epi16(1)), 1));
    }
    /// floor(a b / 2^16) of 16-bit values.
    static QUOIN_ALWAYS_INLINE reg high_product16(reg a, reg b) { return _mm_mulhi_epu16(a, b); }
    /// floor(a / 2^(k + 1)) of 16-bit values, k in 0..15.
    static QUOIN_ALWAYS_INLINE reg halved16(reg a, reg k) {
        auto const by = [](reg v, reg digit, int shift) QUOIN_LAMBDA_INLINE {
            reg const chosen = _mm_srai_epi16(digit, 15), less = _mm_srl_epi16(v, _mm_cvtsi32_si128(shift));
            return _mm_or_si128(_mm_and_si128(chosen, less), _mm_andnot_si128(chosen, v));
        };
        reg const quarters = by(by(_mm_srli_epi16(a, 1), _mm_slli_epi16(k, 12), 8), _mm_slli_epi16(k, 13), 4);
        return by(by(quarters, _mm_slli_epi16(k, 14), 2), _mm_slli_epi16(k, 15), 1);
    }
    static QUOIN_ALWAYS_INLINE reg unpack_low8(reg a, reg b) { return _mm_unpacklo_epi8(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_high8(reg a, reg b) { return _mm_unpackhi_epi8(a, b); }
    static QUOIN_ALWAYS_INLINE reg madd16_add(reg sum, reg a, reg k) { return _mm_add_epi32(sum, madd16(a, k)); }
    static QUOIN_ALWAYS_INLINE reg unpack_low16(reg a, reg b) { return _mm_unpacklo_epi16(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_high16(reg a, reg b) { return _mm_unpackhi_epi16(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_low32(reg a, reg b) { return _mm_unpacklo_epi32(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_high32(reg a, reg b) { return _mm_unpackhi_epi32(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_low64(reg a, reg b) { return _mm_unpacklo_epi64(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_high64(reg a, reg b) { return _mm_unpackhi_epi64(a, b); }
    static QUOIN_ALWAYS_INLINE __m128 to_f32(reg a) { return _mm_cvtepi32_ps(a); }
    static QUOIN_ALWAYS_INLINE reg round_to_i32(__m128 a) { return _mm_cvtps_epi32(a); }

    /// Converts the bytes a0 .. a7 b0 .. b7 of every 128-bit part to a0 b0 a1 b1 ...
    static QUOIN_ALWAYS_INLINE reg interleave_halves8(reg a) {
        return _mm_unpacklo_epi8(a, _mm_srli_si128(a, 8));
    }
    /// The same for 16-bit values.
    static QUOIN_ALWAYS_INLINE reg interleave_halves16(reg a) { return _mm_unpacklo_epi16(a, _mm_srli_si128(a, 8)); }
    /// round(sqrt(a)), exact up to 256.
    static QUOIN_ALWAYS_INLINE reg rounded_byte_root(reg a) { return round_to_i32(_mm_sqrt_ps(to_f32(a))); }
    static QUOIN_ALWAYS_INLINE reg rounded_byte_root_2(reg a) { return rounded_byte_root(a); }

    using half_reg = __m128i; // the values to widen lie in its low part
    using quarter_reg = __m128i;
    template <int I>
    static QUOIN_ALWAYS_INLINE half_reg half(reg a) { return _mm_srli_si128(a, 8 * I); }
    template <int I>
    static QUOIN_ALWAYS_INLINE quarter_reg quarter(reg a) { return _mm_srli_si128(a, 4 * I); }
    static QUOIN_ALWAYS_INLINE half_reg load_half(void const* p) { return _mm_loadl_epi64(static_cast<reg const*>(p)); }
    static QUOIN_ALWAYS_INLINE quarter_reg load_quarter(void const* p) {
        int bytes;
        std::memcpy(&bytes, p, sizeof(bytes));
        return _mm_cvtsi32_si128(bytes);
    }
    static QUOIN_ALWAYS_INLINE reg widen_u8_16(half_reg a) { return _mm_unpacklo_epi8(a, _mm_setzero_si128()); }
    static QUOIN_ALWAYS_INLINE reg widen_u8_32(quarter_reg a) { return widen_u16_32(widen_u8_16(a)); }
    static QUOIN_ALWAYS_INLINE reg widen_u16_32(half_reg a) { return _mm_unpacklo_epi16(a, _mm_setzero_si128()); }
    static QUOIN_ALWAYS_INLINE reg widen_i16_32(half_reg a) { return _mm_srai_epi32(_mm_unpacklo_epi16(a, a), 16); }
    static QUOIN_ALWAYS_INLINE __m128d i32_to_f64(half_reg a) { return _mm_cvtepi32_pd(a); }
    static QUOIN_ALWAYS_INLINE __m128d f32_to_f64(half_reg a) { return _mm_cvtps_pd(_mm_castsi128_ps(a)); }
    static QUOIN_ALWAYS_INLINE reg truncate_f64(__m128d a, __m128d b) {
        return _mm_unpacklo_epi64(_mm_cvttpd_epi32(a), _mm_cvttpd_epi32(b));
    }
    static QUOIN_ALWAYS_INLINE __m128 narrow_f64(__m128d a, __m128d b) {
        return _mm_movelh_ps(_mm_cvtpd_ps(a), _mm_cvtpd_ps(b));
    }
    static QUOIN_ALWAYS_INLINE reg truncate_f32(__m128 a) { return _mm_cvttps_epi32(a); }
};

} // namespace detail

QUOIN_INTRINSICS_END
QUOIN_NAMESPACE_END

#include <quoin/lanes/detail/portable_byte_table.hpp>
#include <quoin/lanes/detail/x86.hpp>
