// SPDX-License-Identifier: BSL-1.0
// Transposition of pixels of three bytes as they lie in an image_view.
#pragma once

#include <quoin/core/geometry.hpp>

#include <cstdint>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Whether transpose_pixels() has such pixels.
template <class T, int Channels>
inline constexpr bool transposes_pixels = false;

#if defined(__SSSE3__) && !defined(__CUDACC__)

template <>
inline constexpr bool transposes_pixels<std::uint8_t, 3> = true;

/// Transposes 4 x 4 pixels: pixel c of the row at from + r * stride becomes pixel r of the row at to + c * to_stride.
/// If Wide is set, four bytes behind each row are read, and written.
template <bool Wide>
QUOIN_ALWAYS_INLINE void transpose_pixels(std::uint8_t const* from, index_t stride, std::uint8_t* to,
                                          index_t to_stride) {
    using bytes = char __attribute__((vector_size(16)));
    using ints = int __attribute__((vector_size(16)));
    using longs = long long __attribute__((vector_size(16)));
    constexpr char x = -1;
    bytes const apart{0, 1, 2, x, 3, 4, 5, x, 6, 7, 8, x, 9, 10, 11, x};
    bytes const together{0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, x, x, x, x};
    ints row[4];
    for (int r = 0; r < 4; ++r) {
        bytes pixels{};
        if constexpr (Wide) {
            __builtin_memcpy(&pixels, from + r * stride, sizeof pixels);
        } else {
            long long low;
            int high;
            __builtin_memcpy(&low, from + r * stride, sizeof low);
            __builtin_memcpy(&high, from + r * stride + 8, sizeof high);
            pixels = (bytes)longs{low, high};
        }
        row[r] = (ints)__builtin_ia32_pshufb128(pixels, apart);
    }
    ints const a = __builtin_shufflevector(row[0], row[1], 0, 4, 1, 5);
    ints const b = __builtin_shufflevector(row[2], row[3], 0, 4, 1, 5);
    ints const c = __builtin_shufflevector(row[0], row[1], 2, 6, 3, 7);
    ints const d = __builtin_shufflevector(row[2], row[3], 2, 6, 3, 7);
    longs const columns[4] = {
        __builtin_shufflevector((longs)a, (longs)b, 0, 2), __builtin_shufflevector((longs)a, (longs)b, 1, 3),
        __builtin_shufflevector((longs)c, (longs)d, 0, 2), __builtin_shufflevector((longs)c, (longs)d, 1, 3)};
    for (int i = 0; i < 4; ++i) {
        auto const pixels = __builtin_ia32_pshufb128((bytes)columns[i], together);
        __builtin_memcpy(to + i * to_stride, &pixels, Wide ? 16 : 12);
    }
}

#endif

} // namespace detail

QUOIN_NAMESPACE_END
