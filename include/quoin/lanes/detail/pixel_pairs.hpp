// SPDX-License-Identifier: BSL-1.0
// Weighted sums of two neighboring RGB pixels of bytes, read where they lie in a row (SSSE3, or portable).
#pragma once

#include <quoin/core/geometry.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __SSSE3__
#include <tmmintrin.h>
#endif

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Where the first pixel of each result lies, and its weights: that of the first one, and behind it that of the second.
struct pixel_pairs {
    index_t const* first;
    std::int16_t const* weights;
    index_t count;
    std::ptrdiff_t ahead = 0; // from the row to the one to prefetch, in bytes
};

/// to[i + c * plane] = (a w0 + b w1 + 2^(shift - 1)) >> shift for channel c of pixels first[i] and first[i] + 1 of the
/// row of `width` pixels. The results fit 16 bits. A second pixel outside of the row has the weight 0. `first` rises.
inline void sum_pixel_pairs_one_by_one(std::uint8_t const* row, index_t width, pixel_pairs pairs, int shift,
                                       std::int16_t* to, index_t plane, index_t from) {
    int const half = (1 << shift) >> 1;
    for (index_t i = from; i < pairs.count; ++i) {
        std::uint8_t const* const a = row + 3 * pairs.first[i];
        std::uint8_t const* const b = pairs.first[i] + 1 < width ? a + 3 : a;
        int const v = pairs.weights[2 * i], w = pairs.weights[2 * i + 1];
        for (int c = 0; c < 3; ++c)
            to[i + c * plane] = static_cast<std::int16_t>((a[c] * v + b[c] * w + half) >> shift);
    }
}

#ifdef __SSSE3__
inline void sum_pixel_pairs(std::uint8_t const* row, index_t width, pixel_pairs pairs, int shift, std::int16_t* to,
                            index_t plane) {
    __m128i const order = _mm_setr_epi8(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1);
    __m128i const half = _mm_set1_epi32((1 << shift) >> 1), bits = _mm_cvtsi32_si128(shift);
    auto const sums = [&](index_t i) {
        std::int32_t both;
        std::memcpy(&both, pairs.weights + 2 * i, sizeof both);
        __builtin_prefetch(row + 3 * pairs.first[i] + pairs.ahead);
        __m128i const bytes = _mm_loadl_epi64(reinterpret_cast<__m128i const*>(row + 3 * pairs.first[i]));
        __m128i const sum = _mm_madd_epi16(_mm_shuffle_epi8(bytes, order), _mm_set1_epi32(both));
        return _mm_sra_epi32(_mm_add_epi32(sum, half), bits);
    };
    // A load has 8 bytes.
    index_t i = 0;
    for (; i + 4 <= pairs.count && 3 * pairs.first[i + 3] + 8 <= 3 * width; i += 4) {
        __m128i const a = _mm_packs_epi32(sums(i), sums(i + 1)), b = _mm_packs_epi32(sums(i + 2), sums(i + 3));
        __m128i const even = _mm_unpacklo_epi16(a, b), odd = _mm_unpackhi_epi16(a, b);
        __m128i const red_green = _mm_unpacklo_epi16(even, odd), blue = _mm_unpackhi_epi16(even, odd);
        _mm_storel_epi64(reinterpret_cast<__m128i*>(to + i), red_green);
        _mm_storel_epi64(reinterpret_cast<__m128i*>(to + i + plane), _mm_unpackhi_epi64(red_green, red_green));
        _mm_storel_epi64(reinterpret_cast<__m128i*>(to + i + 2 * plane), blue);
    }
    sum_pixel_pairs_one_by_one(row, width, pairs, shift, to, plane, i);
}
#else
inline void sum_pixel_pairs(std::uint8_t const* row, index_t width, pixel_pairs pairs, int shift, std::int16_t* to,
                            index_t plane) {
    sum_pixel_pairs_one_by_one(row, width, pairs, shift, to, plane, 0);
}
#endif

} // namespace detail

QUOIN_NAMESPACE_END
