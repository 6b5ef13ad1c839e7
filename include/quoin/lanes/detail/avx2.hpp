// SPDX-License-Identifier: BSL-1.0
// The AVX2 primitives for x86.hpp.
#pragma once

#include <quoin/lanes/detail/portable.hpp>

QUOIN_NAMESPACE_BEGIN
QUOIN_INTRINSICS_BEGIN

namespace detail {

inline constexpr bool has_fast_byte_table = false;
inline constexpr bool has_tap_windows = true;

struct isa {
    using reg = __m256i;
    /// Keeps the value in a register, so that it is neither reloaded for every use nor rebuilt in every step of a loop.
    static QUOIN_ALWAYS_INLINE reg keep(reg a) {
        asm("" : "+x"(a));
        return a;
    }
    static QUOIN_ALWAYS_INLINE reg restore_order(reg a) { return _mm256_permute4x64_epi64(a, 0xD8); }
    static QUOIN_ALWAYS_INLINE reg shuffle_bytes(reg a, byte_order const& order) {
        return _mm256_shuffle_epi8(
            a, _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<__m128i const*>(order.from))));
    }
    /// Loads 16 bytes each from p and p + stride.
    static QUOIN_ALWAYS_INLINE reg load_parts(std::uint8_t const* p, index_t stride) {
        return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128(reinterpret_cast<__m128i const*>(p))),
                                       _mm_loadu_si128(reinterpret_cast<__m128i const*>(p + stride)), 1);
    }
    /// Loads 16 bytes from p + offsets[i] into each 128-bit part i.
    static QUOIN_ALWAYS_INLINE reg load_windows(std::uint8_t const* p, std::int32_t const* offsets) {
        auto const part = [=](int i) QUOIN_LAMBDA_INLINE {
            return _mm_loadu_si128(reinterpret_cast<__m128i const*>(p + offsets[i]));
        };
        return _mm256_inserti128_si256(_mm256_castsi128_si256(part(0)), part(1), 1);
    }
    /// Loads 8 bytes from p + offsets[i] into each 64-bit part i.
    static QUOIN_ALWAYS_INLINE reg load_quads(std::int16_t const* p, std::int32_t const* offsets) {
        auto const part = [=](int i) QUOIN_LAMBDA_INLINE {
            __m128i const low = _mm_loadl_epi64(reinterpret_cast<__m128i const*>(p + offsets[i]));
            return _mm_castps_si128(
                _mm_loadh_pi(_mm_castsi128_ps(low), reinterpret_cast<__m64 const*>(p + offsets[i + 1])));
        };
        return _mm256_inserti128_si256(_mm256_castsi128_si256(part(0)), part(2), 1);
    }
    /// The sums of the 32-bit neighbors in each 128-bit part: of the two of a, then the two of b.
    static QUOIN_ALWAYS_INLINE reg add_neighbors32(reg a, reg b) { return _mm256_hadd_epi32(a, b); }
    /// Byte i of each 128-bit part is byte index[i] of that part of a, or 0 if index[i] is negative.
    static QUOIN_ALWAYS_INLINE reg shuffle_parts(reg a, reg index) { return _mm256_shuffle_epi8(a, index); }
    static QUOIN_ALWAYS_INLINE reg load_everywhere(std::uint8_t const* p) {
        return _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<__m128i const*>(p)));
    }
    static QUOIN_ALWAYS_INLINE reg all_bytes(int a) { return _mm256_set1_epi8(static_cast<char>(a)); }
    static QUOIN_ALWAYS_INLINE reg exclusive_or(reg a, reg b) { return _mm256_xor_si256(a, b); }
    /// a - b, at least -128.
    static QUOIN_ALWAYS_INLINE reg subtract_bytes(reg a, reg b) { return _mm256_subs_epi8(a, b); }
    /// Part i of a is stored at p + 48 i, that of b behind it, and that of c behind both. Halves of registers that are
    /// stored by themselves could not be forwarded to loads of whole ones, as for streaming.
    static QUOIN_ALWAYS_INLINE void store_three(std::uint8_t* p, reg a, reg b, reg c) {
        store_whole(p, _mm256_permute2x128_si256(a, b, 0x20));
        store_whole(p + 32, _mm256_blend_epi32(c, a, 0xF0));
        store_whole(p + 64, _mm256_permute2x128_si256(b, c, 0x31));
    }
    /// The same for four and p + 64 i.
    static QUOIN_ALWAYS_INLINE void store_four(std::uint8_t* p, reg a, reg b, reg c, reg d) {
        store_whole(p, _mm256_permute2x128_si256(a, b, 0x20));
        store_whole(p + 32, _mm256_permute2x128_si256(c, d, 0x20));
        store_whole(p + 64, _mm256_permute2x128_si256(a, b, 0x31));
        store_whole(p + 96, _mm256_permute2x128_si256(c, d, 0x31));
    }
    static QUOIN_ALWAYS_INLINE void store_whole(std::uint8_t* p, reg a) {
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), a);
    }
    /// Restores the order of memory from the low and high halves of every 128-bit part.
    static QUOIN_ALWAYS_INLINE void parts_in_order(reg low, reg high, reg& first, reg& second) {
        first = _mm256_permute2x128_si256(low, high, 0x20);
        second = _mm256_permute2x128_si256(low, high, 0x31);
    }
    /// Restores the order of memory from the quarters of every 128-bit part.
    static QUOIN_ALWAYS_INLINE void quarters_in_order(auto const& quarter, auto* result) {
        parts_in_order(quarter[0], quarter[1], result[0].data, result[2].data);
        parts_in_order(quarter[2], quarter[3], result[1].data, result[3].data);
    }
    static QUOIN_ALWAYS_INLINE reg packus16(reg a, reg b) { return _mm256_packus_epi16(a, b); }
    static QUOIN_ALWAYS_INLINE reg sums_of_eight(reg a) { return _mm256_sad_epu8(a, _mm256_setzero_si256()); }
    static QUOIN_ALWAYS_INLINE reg packs32(reg a, reg b) { return _mm256_packs_epi32(a, b); }
    static QUOIN_ALWAYS_INLINE reg packus32(reg a, reg b) { return _mm256_packus_epi32(a, b); }
    static QUOIN_ALWAYS_INLINE reg madd16(reg a, reg b) { return _mm256_madd_epi16(a, b); }
    static QUOIN_ALWAYS_INLINE reg madd16_add(reg sum, reg a, reg k) { return _mm256_add_epi32(sum, madd16(a, k)); }
    static constexpr bool permutes_bytes = false;
    /// u8 * i8 + u8 * i8 in 16 bits.
    static QUOIN_ALWAYS_INLINE reg madd8(reg a, reg k) { return _mm256_maddubs_epi16(a, k); }
    /// a k / 2^15, rounded half up, of 16-bit values.
    static QUOIN_ALWAYS_INLINE reg rounded_product16(reg a, reg k) { return _mm256_mulhrs_epi16(a, k); }
    /// floor(a b / 2^16) of 16-bit values.
    static QUOIN_ALWAYS_INLINE reg high_product16(reg a, reg b) { return _mm256_mulhi_epu16(a, b); }
    /// floor(a / 2^(k + 1)) of 16-bit values, k in 0..15: a times 2^(15 - k), whose bytes a table of eight gives.
    static QUOIN_ALWAYS_INLINE reg halved16(reg a, reg k) {
        reg const both = _mm256_sub_epi8(_mm256_mullo_epi16(k, _mm256_set1_epi16(257)), _mm256_set1_epi16(8));
        reg const powers = _mm256_broadcastsi128_si256(_mm_set_epi64x(0, 0x0102040810204080));
        return _mm256_mulhi_epu16(a, _mm256_shuffle_epi8(powers, both));
    }
    static QUOIN_ALWAYS_INLINE reg unpack_low8(reg a, reg b) { return _mm256_unpacklo_epi8(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_high8(reg a, reg b) { return _mm256_unpackhi_epi8(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_low16(reg a, reg b) { return _mm256_unpacklo_epi16(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_high16(reg a, reg b) { return _mm256_unpackhi_epi16(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_low32(reg a, reg b) { return _mm256_unpacklo_epi32(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_high32(reg a, reg b) { return _mm256_unpackhi_epi32(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_low64(reg a, reg b) { return _mm256_unpacklo_epi64(a, b); }
    static QUOIN_ALWAYS_INLINE reg unpack_high64(reg a, reg b) { return _mm256_unpackhi_epi64(a, b); }
    static QUOIN_ALWAYS_INLINE __m256 to_f32(reg a) { return _mm256_cvtepi32_ps(a); }
    static QUOIN_ALWAYS_INLINE reg round_to_i32(__m256 a) { return _mm256_cvtps_epi32(a); }
    static QUOIN_ALWAYS_INLINE reg either(reg a, reg b) { return _mm256_or_si256(a, b); }

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
    /// round(sqrt(a)), exact up to 256.
    static QUOIN_ALWAYS_INLINE reg rounded_byte_root(reg a) { return round_to_i32(_mm256_sqrt_ps(to_f32(a))); }
    static QUOIN_ALWAYS_INLINE reg rounded_byte_root_2(reg a) { return rounded_byte_root(a); }

    using half_reg = __m128i;
    using quarter_reg = __m128i; // in its low part
    template <int I>
    static QUOIN_ALWAYS_INLINE half_reg half(reg a) {
        return _mm256_extracti128_si256(a, I);
    }
    template <int I>
    static QUOIN_ALWAYS_INLINE quarter_reg quarter(reg a) {
        return _mm_srli_si128(half<I / 2>(a), 8 * (I % 2));
    }
    static QUOIN_ALWAYS_INLINE half_reg load_half(void const* p) {
        return _mm_loadu_si128(static_cast<__m128i const*>(p));
    }
    static QUOIN_ALWAYS_INLINE quarter_reg load_quarter(void const* p) {
        return _mm_loadl_epi64(static_cast<__m128i const*>(p));
    }
    static QUOIN_ALWAYS_INLINE reg widen_u8_16(half_reg a) { return _mm256_cvtepu8_epi16(a); }
    static QUOIN_ALWAYS_INLINE reg widen_u8_32(quarter_reg a) { return _mm256_cvtepu8_epi32(a); }
    static QUOIN_ALWAYS_INLINE reg widen_u16_32(half_reg a) { return _mm256_cvtepu16_epi32(a); }
    static QUOIN_ALWAYS_INLINE reg widen_i16_32(half_reg a) { return _mm256_cvtepi16_epi32(a); }
    static QUOIN_ALWAYS_INLINE __m256d i32_to_f64(half_reg a) { return _mm256_cvtepi32_pd(a); }
    static QUOIN_ALWAYS_INLINE __m256d f32_to_f64(half_reg a) { return _mm256_cvtps_pd(_mm_castsi128_ps(a)); }
    static QUOIN_ALWAYS_INLINE reg truncate_f64(__m256d a, __m256d b) {
        return _mm256_set_m128i(_mm256_cvttpd_epi32(b), _mm256_cvttpd_epi32(a));
    }
    static QUOIN_ALWAYS_INLINE __m256 narrow_f64(__m256d a, __m256d b) {
        return _mm256_set_m128(_mm256_cvtpd_ps(b), _mm256_cvtpd_ps(a));
    }
    static QUOIN_ALWAYS_INLINE reg truncate_f32(__m256 a) { return _mm256_cvttps_epi32(a); }
};

} // namespace detail

QUOIN_INTRINSICS_END
QUOIN_NAMESPACE_END

#include <quoin/lanes/detail/avx2_interleave.hpp>
#include <quoin/lanes/detail/x86_byte_table.hpp>
#include <quoin/lanes/detail/x86_interleave.hpp>
#include <quoin/lanes/detail/x86_tap_dots.hpp>
#include <quoin/lanes/detail/x86_tap_windows.hpp>
#include <quoin/lanes/detail/x86_transpose.hpp>
