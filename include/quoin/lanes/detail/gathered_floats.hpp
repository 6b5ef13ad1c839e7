// SPDX-License-Identifier: BSL-1.0
// Weighted sums of pixels of floats around many places, in the order that one place has (AVX2).
#pragma once

#include <quoin/core/detail/unrolled.hpp>
#include <quoin/core/geometry.hpp>

#include <cstdint>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Whether weigh_float_windows() has such pixels.
template <class T, int Channels>
inline constexpr bool gathers_floats = false;

#if defined(__AVX2__) && !defined(__CUDACC__)

template <>
inline constexpr bool gathers_floats<float, 1> = true;
template <>
inline constexpr bool gathers_floats<float, 3> = true;
template <>
inline constexpr bool gathers_floats<float, 4> = true;

struct float_registers {
    using four = float __attribute__((vector_size(16)));
    using eight = float __attribute__((vector_size(32)));

    static QUOIN_ALWAYS_INLINE four load(float const* p) {
        four v;
        __builtin_memcpy(&v, p, sizeof v);
        return v;
    }
    static QUOIN_ALWAYS_INLINE four all(float a) { return four{a, a, a, a}; }
    /// Number i of p[0], p[1] ... p[7] in to[i].
    static QUOIN_ALWAYS_INLINE void transpose(float const* const (&p)[8], index_t from, eight* to) {
        eight r[4];
        for (int i = 0; i < 4; ++i)
            r[i] = __builtin_shufflevector(load(p[i] + from), load(p[i + 4] + from), 0, 1, 2, 3, 4, 5, 6, 7);
        eight const low = __builtin_shufflevector(r[0], r[1], 0, 8, 1, 9, 4, 12, 5, 13);
        eight const low_next = __builtin_shufflevector(r[2], r[3], 0, 8, 1, 9, 4, 12, 5, 13);
        eight const high = __builtin_shufflevector(r[0], r[1], 2, 10, 3, 11, 6, 14, 7, 15);
        eight const high_next = __builtin_shufflevector(r[2], r[3], 2, 10, 3, 11, 6, 14, 7, 15);
        to[0] = __builtin_shufflevector(low, low_next, 0, 1, 8, 9, 4, 5, 12, 13);
        to[1] = __builtin_shufflevector(low, low_next, 2, 3, 10, 11, 6, 7, 14, 15);
        to[2] = __builtin_shufflevector(high, high_next, 0, 1, 8, 9, 4, 5, 12, 13);
        to[3] = __builtin_shufflevector(high, high_next, 2, 3, 10, 11, 6, 7, 14, 15);
    }
};

/// Writes the sums of the `Taps` x `Taps` pixels from data + offsets[k] on for `Count` places k as they lie in an
/// image_view, and up to 1 value behind: rows first, each from the left. Place k has the weights at table + Taps *
/// across[k] and table + Taps * down[k]. If there are three channels, one value behind each row is read.
template <int Count, int Channels, int Taps>
QUOIN_ALWAYS_INLINE void weigh_float_windows(float const* data, index_t stride, std::int32_t const* offsets,
                                             std::int32_t const* across, std::int32_t const* down, float const* table,
                                             float* to) {
    using r = float_registers;
    if constexpr (Channels == 1) {
        for (int k = 0; k < Count; k += 8) {
            r::eight right[Taps], below[Taps];
            float const *p[8], *a[8], *d[8];
            for (int i = 0; i < 8; ++i) {
                p[i] = data + offsets[k + i];
                a[i] = table + Taps * across[k + i];
                d[i] = table + Taps * down[k + i];
            }
            for (int t = 0; t < Taps; t += 4) {
                r::transpose(a, t, right + t);
                r::transpose(d, t, below + t);
            }
            r::eight sum;
            unrolled<Taps>([&](auto row) QUOIN_LAMBDA_INLINE {
                constexpr int j = decltype(row)::value;
                r::eight v[Taps];
                for (int t = 0; t < Taps; t += 4) r::transpose(p, t + j * stride, v + t);
                r::eight line = right[0] * v[0];
                for (int i = 1; i < Taps; ++i) line += right[i] * v[i];
                if constexpr (j == 0) sum = below[0] * line;
                else sum += below[j] * line;
            });
            __builtin_memcpy(to + k, &sum, sizeof sum);
        }
    } else {
        for (int k = 0; k < Count; ++k) {
            float const *const p = data + offsets[k], *const a = table + Taps * across[k],
                               *const d = table + Taps * down[k];
            r::four sum;
            unrolled<Taps>([&](auto row) QUOIN_LAMBDA_INLINE {
                constexpr int j = decltype(row)::value;
                float const* const q = p + j * stride;
                r::four line = r::all(a[0]) * r::load(q);
                for (int i = 1; i < Taps; ++i) line += r::all(a[i]) * r::load(q + i * Channels);
                if constexpr (j == 0) sum = r::all(d[0]) * line;
                else sum += r::all(d[j]) * line;
            });
            __builtin_memcpy(to + k * Channels, &sum, sizeof sum);
        }
    }
}

#endif

} // namespace detail

QUOIN_NAMESPACE_END
