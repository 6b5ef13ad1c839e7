// SPDX-License-Identifier: BSL-1.0
// The primitives of all processors with AVX-512 (F, BW, DQ, VL). avx512.hpp and avx512_vbmi.hpp add the others.
#pragma once

#include <quoin/lanes/detail/portable.hpp>

QUOIN_NAMESPACE_BEGIN
QUOIN_INTRINSICS_BEGIN

namespace detail {

struct avx512_isa {
    using reg = __m512i;
    /// Keeps the value in a register, so that it is neither reloaded for every use nor rebuilt in every step of a loop.
    static QUOIN_ALWAYS_INLINE reg keep(reg a) {
        asm("" : "+v"(a));
        return a;
    }
    static QUOIN_ALWAYS_INLINE reg restore_order(reg a) {
        return _mm512_permutexvar_epi64(_mm512_setr_epi64(0, 2, 4, 6, 1, 3, 5, 7), a);
    }
    static QUOIN_ALWAYS_INLINE reg shuffle_bytes(reg a, byte_order const& order) {
        return _mm512_shuffle_epi8(
            a, keep(_mm512_broadcast_i32x4(_mm_load_si128(reinterpret_cast<__m128i const*>(order.from)))));
    }
    /// Loads 16 bytes each from p, p + stride, p + 2 stride and p + 3 stride.
    static QUOIN_ALWAYS_INLINE reg load_parts(std::uint8_t const* p, index_t stride) {
        auto const part = [=](int i) QUOIN_LAMBDA_INLINE {
            return _mm_loadu_si128(reinterpret_cast<__m128i const*>(p + i * stride));
        };
        reg r = _mm512_castsi128_si512(part(0));
        r = _mm512_mask_broadcast_i32x4(r, 0x00F0, part(1));
        r = _mm512_mask_broadcast_i32x4(r, 0x0F00, part(2));
        return _mm512_mask_broadcast_i32x4(r, 0xF000, part(3));
    }
    /// Loads 16 bytes from p + offsets[i] into each 128-bit part i.
    static QUOIN_ALWAYS_INLINE reg load_windows(std::uint8_t const* p, std::int32_t const* offsets) {
        auto const part = [=](int i) QUOIN_LAMBDA_INLINE {
            return _mm_loadu_si128(reinterpret_cast<__m128i const*>(p + offsets[i]));
        };
        reg r = _mm512_castsi128_si512(part(0));
        r = _mm512_mask_broadcast_i32x4(r, 0x00F0, part(1));
        r = _mm512_mask_broadcast_i32x4(r, 0x0F00, part(2));
        return _mm512_mask_broadcast_i32x4(r, 0xF000, part(3));
    }
    /// Loads 8 bytes from p + offsets[i] into each 64-bit part i.
    static QUOIN_ALWAYS_INLINE reg load_quads(std::int16_t const* p, std::int32_t const* offsets) {
        auto const part = [=](int i) QUOIN_LAMBDA_INLINE {
            __m128i const low = _mm_loadl_epi64(reinterpret_cast<__m128i const*>(p + offsets[i]));
            return _mm_castps_si128(
                _mm_loadh_pi(_mm_castsi128_ps(low), reinterpret_cast<__m64 const*>(p + offsets[i + 1])));
        };
        reg r = _mm512_castsi128_si512(part(0));
        r = _mm512_inserti32x4(r, part(2), 1);
        r = _mm512_inserti32x4(r, part(4), 2);
        return _mm512_inserti32x4(r, part(6), 3);
    }
    /// The sums of the 32-bit neighbors in each 128-bit part: of the two of a, then the two of b.
    static QUOIN_ALWAYS_INLINE reg add_neighbors32(reg a, reg b) {
        __m512 const x = _mm512_castsi512_ps(a), y = _mm512_castsi512_ps(b);
        return _mm512_add_epi32(_mm512_castps_si512(_mm512_shuffle_ps(x, y, 0x88)),
                                _mm512_castps_si512(_mm512_shuffle_ps(x, y, 0xDD)));
    }
    /// Byte i of each 128-bit part is byte index[i] of that part of a, or 0 if index[i] is negative.
    static QUOIN_ALWAYS_INLINE reg shuffle_parts(reg a, reg index) { return _mm512_shuffle_epi8(a, index); }
    static QUOIN_ALWAYS_INLINE reg load_everywhere(std::uint8_t const* p) {
        return _mm512_broadcast_i32x4(_mm_load_si128(reinterpret_cast<__m128i const*>(p)));
    }
    static QUOIN_ALWAYS_INLINE reg all_bytes(int a) { return _mm512_set1_epi8(static_cast<char>(a)); }
    static QUOIN_ALWAYS_INLINE reg exclusive_or(reg a, reg b) { return _mm512_xor_si512(a, b); }
    /// a - b, at least -128.
    static QUOIN_ALWAYS_INLINE reg subtract_bytes(reg a, reg b) { return _mm512_subs_epi8(a, b); }
    static QUOIN_ALWAYS_INLINE void store_parts(std::uint8_t* p, int stride, reg a) {
        _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm512_castsi512_si128(a));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(p + stride), _mm512_extracti32x4_epi32(a, 1));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(p + 2 * stride), _mm512_extracti32x4_epi32(a, 2));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(p + 3 * stride), _mm512_extracti32x4_epi32(a, 3));
    }
    /// Part i of a is stored at p + 48 i, that of b behind it, and that of c behind both.
    static QUOIN_ALWAYS_INLINE void store_three(std::uint8_t* p, reg a, reg b, reg c) {
        store_parts(p, 48, a);
        store_parts(p + 16, 48, b);
        store_parts(p + 32, 48, c);
    }
    /// The same for four and p + 64 i.
    static QUOIN_ALWAYS_INLINE void store_four(std::uint8_t* p, reg a, reg b, reg c, reg d) {
        store_parts(p, 64, a);
        store_parts(p + 16, 64, b);
        store_parts(p + 32, 64, c);
        store_parts(p + 48, 64, d);
    }
    /// Restores the order of memory from the low and high halves of every 128-bit part.
    static QUOIN_ALWAYS_INLINE void parts_in_order(reg low, reg high, reg& first, reg& second) {
        first = _mm512_permutex2var_epi64(low, _mm512_setr_epi64(0, 1, 8, 9, 2, 3, 10, 11), high);
        second = _mm512_permutex2var_epi64(low, _mm512_setr_epi64(4, 5, 12, 13, 6, 7, 14, 15), high);
    }
    /// Restores the order of memory from the quarters of every 128-bit part.
    static QUOIN_ALWAYS_INLINE void quarters_in_order(auto const& quarter, auto* result) {
        reg first[2], second[2];
        parts_in_order(quarter[0], quarter[1], first[0], first[1]);
        parts_in_order(quarter[2], quarter[3], second[0], second[1]);
        for (int i = 0; i < 2; ++i) {
            result[2 * i].data = _mm512_shuffle_i64x2(first[i], second[i], 0x44);
            result[2 * i + 1].data = _mm512_shuffle_i64x2(first[i], second[i], 0xEE);
        }
    }
    static QUOIN_ALWAYS_INLINE reg packus16(reg a, reg b) { return _mm512_packus_epi16(a, b); }
    static QUOIN_ALWAYS_INLINE reg sums_of_eight(reg a) { return _mm512_sad_epu8(a, _mm512_setzero_si512()); }
    static QUOIN_ALWAYS_INLINE reg packs32(reg a, reg b) { return _mm512_packs_epi32(a, b); }
    static QUOIN_ALWAYS_INLINE reg packus32(reg a, reg b) { return _mm512_packus_epi32(a, b); }
    static QUOIN_ALWAYS_INLINE reg madd16(reg a, reg b) { return _mm512_madd_epi16(a, b); }
    static QUOIN_ALWAYS_INLINE reg madd16_add(reg sum, reg a, reg k) { return _mm512_add_epi32(sum, madd16(a, k)); }
    /// u8 * i8 + u8 * i8 in 16 bits.
    static QUOIN_ALWAYS_INLINE reg madd8(reg a, reg k) { return _mm512_maddubs_epi16(a, k); }
    /// a k / 2^15, rounded half up, of 16-bit values.
    static QUOIN_ALWAYS_INLINE reg rounded_product16(reg a, reg k) { return _mm512_mulhrs_epi16(a, k); }
    /// floor(a b / 2^16) of 16-bit values.
    static QUOIN_ALWAYS_INLINE reg high_product16(reg a, reg b) { return _mm512_mulhi_epu16(a, b); }
    /// floor(a / 2^(k + 1)) of 16-bit values, k in 0..15.
    static QUOIN_ALWAYS_INLINE reg halved16(reg a, reg k) {
        return _mm512_srlv_epi16(_mm512_srli_epi16(a, 1), k);
    }
    static QUOIN_ALWAYS_INLINE reg unpack_low8(reg a, reg b) { return _mm512_unpacklo_epi8(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_high8(reg a, reg b) { return _mm512_unpackhi_epi8(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_low16(reg a, reg b) { return _mm512_unpacklo_epi16(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_high16(reg a, reg b) { return _mm512_unpackhi_epi16(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_low32(reg a, reg b) { return _mm512_unpacklo_epi32(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_high32(reg a, reg b) { return _mm512_unpackhi_epi32(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_low64(reg a, reg b) { return _mm512_unpacklo_epi64(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_high64(reg a, reg b) { return _mm512_unpackhi_epi64(a, b); }
    /// Value i is value index[i] of the concatenation of a and b. Values have Bytes bytes.
    template <int Bytes>
    static QUOIN_ALWAYS_INLINE reg permute2(reg a, reg index, reg b) {
        if constexpr (Bytes == 2) return _mm512_permutex2var_epi16(a, index, b);
        else if constexpr (Bytes == 4) return _mm512_permutex2var_epi32(a, index, b);
        else return _mm512_permutex2var_epi64(a, index, b);
    }
    static QUOIN_ALWAYS_INLINE __m512 to_f32(reg a) { return _mm512_cvtepi32_ps(a); }
    static QUOIN_ALWAYS_INLINE reg round_to_i32(__m512 a) { return _mm512_cvtps_epi32(a); }
    static QUOIN_ALWAYS_INLINE reg either(reg a, reg b) { return _mm512_or_si512(a, b); }

    /// Converts the bytes a0 .. a7 b0 .. b7 of every 128-bit part to a0 b0 a1 b1 ...
    static QUOIN_ALWAYS_INLINE reg interleave_halves8(reg a) {
        constexpr byte_order order{{0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15}};
        return shuffle_bytes(a, order);
    }
    /// The same for 16-bit values.
    static QUOIN_ALWAYS_INLINE reg interleave_halves16(reg a) {
        constexpr byte_order order{{0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15}};
        return shuffle_bytes(a, order);
    }
    /// round(sqrt(a)), exact up to 256. The first function uses the instruction for roots. The second one uses an
    /// estimate of 14 bits and one step of Newton's method. Its error is below 2^-14 in this range, and roots of
    /// integers are at least 2^-11 from k + 1/2. Computing half of the values with each uses the divider and the
    /// multipliers at the same time. In the second one 0 gives NaN, which rounds to the smallest integer and becomes
    /// the byte 0.
    static QUOIN_ALWAYS_INLINE reg rounded_byte_root(reg a) { return round_to_i32(_mm512_sqrt_ps(to_f32(a))); }
    static QUOIN_ALWAYS_INLINE reg rounded_byte_root_2(reg a) {
        __m512 const x = to_f32(a), y = _mm512_rsqrt14_ps(x), r = _mm512_mul_ps(x, y);
        return round_to_i32(_mm512_fmadd_ps(_mm512_fnmadd_ps(r, r, x), _mm512_mul_ps(y, _mm512_set1_ps(0.5f)), r));
    }

    using half_reg = __m256i;
    using quarter_reg = __m128i;
    template <int I>
    static QUOIN_ALWAYS_INLINE half_reg half(reg a) {
        return _mm512_extracti64x4_epi64(a, I);
    }
    template <int I>
    static QUOIN_ALWAYS_INLINE quarter_reg quarter(reg a) {
        return _mm512_extracti32x4_epi32(a, I);
    }
    static QUOIN_ALWAYS_INLINE half_reg load_half(void const* p) {
        return _mm256_loadu_si256(static_cast<__m256i const*>(p));
    }
    static QUOIN_ALWAYS_INLINE quarter_reg load_quarter(void const* p) {
        return _mm_loadu_si128(static_cast<__m128i const*>(p));
    }
    static QUOIN_ALWAYS_INLINE reg widen_u8_16(half_reg a) { return _mm512_cvtepu8_epi16(a); }
    static QUOIN_ALWAYS_INLINE reg widen_u8_32(quarter_reg a) { return _mm512_cvtepu8_epi32(a); }
    static QUOIN_ALWAYS_INLINE reg widen_u16_32(half_reg a) { return _mm512_cvtepu16_epi32(a); }
    static QUOIN_ALWAYS_INLINE reg widen_i16_32(half_reg a) { return _mm512_cvtepi16_epi32(a); }
    static QUOIN_ALWAYS_INLINE __m512d i32_to_f64(half_reg a) { return _mm512_cvtepi32_pd(a); }
    static QUOIN_ALWAYS_INLINE __m512d f32_to_f64(half_reg a) { return _mm512_cvtps_pd(_mm256_castsi256_ps(a)); }
    static QUOIN_ALWAYS_INLINE reg truncate_f64(__m512d a, __m512d b) {
        return _mm512_inserti64x4(_mm512_castsi256_si512(_mm512_cvttpd_epi32(a)), _mm512_cvttpd_epi32(b), 1);
    }
    static QUOIN_ALWAYS_INLINE __m512 narrow_f64(__m512d a, __m512d b) {
        return _mm512_insertf32x8(_mm512_castps256_ps512(_mm512_cvtpd_ps(a)), _mm512_cvtpd_ps(b), 1);
    }
    static QUOIN_ALWAYS_INLINE reg truncate_f32(__m512 a) { return _mm512_cvttps_epi32(a); }
};

} // namespace detail

QUOIN_INTRINSICS_END
QUOIN_NAMESPACE_END
