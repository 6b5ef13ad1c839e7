// SPDX-License-Identifier: BSL-1.0
// The places of the bits of a word, by compressing the numbers 0 to 63 (AVX512-VBMI2); not public.
#pragma once

#include <quoin/config.hpp>

#include <bit>
#include <cstdint>
#include <immintrin.h>

QUOIN_NAMESPACE_BEGIN
QUOIN_INTRINSICS_BEGIN
namespace detail {

/// write_columns may write so many numbers more than there are bits.
inline constexpr int columns_slack = 32;

/// Writes base + x for every bit x that is set, in ascending order; returns where the next number goes.
inline std::int32_t* write_columns(std::uint64_t word, std::int32_t base, std::int32_t* out) {
    alignas(64) static constexpr auto numbers = [] {
        struct {
            std::int8_t value[64];
        } all{};
        for (std::int8_t i = 0; i < 64; ++i) all.value[i] = i;
        return all;
    }();
    int const count = std::popcount(word);
    __m512i const first = _mm512_set1_epi32(base);
    __m512i const places = _mm512_maskz_compress_epi8(word, _mm512_load_si512(numbers.value));
    auto const write = [&](__m128i sixteen, int at) {
        _mm512_storeu_si512(out + at, _mm512_add_epi32(first, _mm512_cvtepi8_epi32(sixteen)));
    };
    if (count <= 8) {
        __m256i const eight = _mm256_cvtepi8_epi32(_mm512_castsi512_si128(places));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), _mm256_add_epi32(_mm512_castsi512_si256(first), eight));
        return out + count;
    }
    write(_mm512_castsi512_si128(places), 0);
    if (count > 16) {
        write(_mm512_extracti32x4_epi32(places, 1), 16);
        if (count > 32) {
            write(_mm512_extracti32x4_epi32(places, 2), 32);
            write(_mm512_extracti32x4_epi32(places, 3), 48);
        }
    }
    return out + count;
}

} // namespace detail
QUOIN_INTRINSICS_END
QUOIN_NAMESPACE_END
