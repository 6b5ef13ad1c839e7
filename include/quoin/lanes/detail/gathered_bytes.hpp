// SPDX-License-Identifier: BSL-1.0
// Weighted sums of the pixels of bytes around many places, with instructions that multiply and add pairs (AVX2). By
// builtins of the compiler: <immintrin.h> takes longer to compile than the rest of a header.
#pragma once

#include <quoin/core/detail/unrolled.hpp>
#include <quoin/core/geometry.hpp>

#include <cstdint>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Whether blend_corners() and weigh_windows() have such pixels.
template <class T, int Channels>
inline constexpr bool gathers_bytes = false;

#if defined(__AVX2__) && !defined(__CUDACC__)

template <>
inline constexpr bool gathers_bytes<std::uint8_t, 1> = true;
template <>
inline constexpr bool gathers_bytes<std::uint8_t, 3> = true;
template <>
inline constexpr bool gathers_bytes<std::uint8_t, 4> = true;

struct gather_registers {
    using bytes = char __attribute__((vector_size(32)));
    using shorts = short __attribute__((vector_size(32)));
    using ints = std::int32_t __attribute__((vector_size(32)));
    using longs = long long __attribute__((vector_size(32)));

    template <class V>
    static QUOIN_ALWAYS_INLINE V load(void const* p) {
        V v;
        __builtin_memcpy(&v, p, sizeof v);
        return v;
    }
    /// Eight bytes from p and q in each 128-bit part, twice.
    static QUOIN_ALWAYS_INLINE bytes load_two(std::uint8_t const* p, std::uint8_t const* q) {
        long long a, b;
        __builtin_memcpy(&a, p, sizeof a);
        __builtin_memcpy(&b, q, sizeof b);
        longs const first{a, a, a, a}, second{b, b, b, b};
        return (bytes)__builtin_shufflevector(first, second, 0, 1, 6, 7);
    }
    /// 16 bytes from p and q.
    static QUOIN_ALWAYS_INLINE bytes load_parts(void const* p, void const* q) {
        using part = long long __attribute__((vector_size(16)));
        part const a = load<part>(p), b = load<part>(q);
        return (bytes)__builtin_shufflevector(a, b, 0, 1, 2, 3);
    }
    /// Four bytes each from p[0], p[1], ... and, in the second 128-bit part, `stride` further.
    static QUOIN_ALWAYS_INLINE bytes load_fours(std::uint8_t const* const (&p)[4], index_t stride) {
        return (bytes)ints{load<int>(p[0]),          load<int>(p[1]),          load<int>(p[2]),
                           load<int>(p[3]),          load<int>(p[0] + stride), load<int>(p[1] + stride),
                           load<int>(p[2] + stride), load<int>(p[3] + stride)};
    }
    /// a in the first 128-bit part, b in the second.
    static QUOIN_ALWAYS_INLINE ints parts(int a, int b) { return ints{a, a, a, a, b, b, b, b}; }
    static QUOIN_ALWAYS_INLINE ints all(int a) { return ints{a, a, a, a, a, a, a, a}; }
    /// 32-bit number j of each 128-bit part in that whole part.
    template <int J>
    static QUOIN_ALWAYS_INLINE ints repeat(ints a) {
        return __builtin_shufflevector(a, a, J, J, J, J, J + 4, J + 4, J + 4, J + 4);
    }
    static QUOIN_ALWAYS_INLINE bytes shuffle(bytes a, bytes order) { return __builtin_ia32_pshufb256(a, order); }
    static QUOIN_ALWAYS_INLINE ints madd(bytes a, ints weights) {
        return (ints)__builtin_ia32_pmaddwd256((shorts)a, (shorts)weights);
    }
    /// The values between two rows that are weighted along themselves, with weights of 11 bits.
    static QUOIN_ALWAYS_INLINE ints between(ints upper, ints lower, ints down) {
        return ((upper << 11) + (lower - upper) * down + (1 << 21)) >> 22;
    }
    /// Bytes of 32-bit numbers: of each 128-bit part of a, then of b, c and d.
    static QUOIN_ALWAYS_INLINE bytes pack(ints a, ints b, ints c, ints d) {
        return (bytes)__builtin_ia32_packuswb256((shorts)__builtin_ia32_packusdw256(a, b),
                                                 (shorts)__builtin_ia32_packusdw256(c, d));
    }
    /// Groups of four bytes: those of the first part alternate with those of the second.
    static QUOIN_ALWAYS_INLINE bytes alternate_parts(bytes a) {
        ints const v = (ints)a;
        return (bytes)__builtin_shufflevector(v, v, 0, 4, 1, 5, 2, 6, 3, 7);
    }
    /// Writes eight pixels of four bytes; of three channels without the last byte of each, and 4 bytes more.
    template <int Channels>
    static QUOIN_ALWAYS_INLINE void store(bytes pixels, std::uint8_t* to) {
        constexpr char x = -1;
        if constexpr (Channels == 4) {
            __builtin_memcpy(to, &pixels, sizeof pixels);
        } else {
            bytes const three{0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, x, x, x, x,
                              0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, x, x, x, x};
            auto const parts = (longs)shuffle(pixels, three);
            auto const low = __builtin_shufflevector(parts, parts, 0, 1);
            auto const high = __builtin_shufflevector(parts, parts, 2, 3);
            __builtin_memcpy(to, &low, sizeof low);
            __builtin_memcpy(to + 12, &high, sizeof high);
        }
    }
};

/// Writes the values between the 2 x 2 pixels from data + offsets[k] on for `Count` places k as they
/// lie in an image_view, and up to 4 bytes behind. Weights of the pixels to the right and below are of 11 bits. Eight
/// bytes of each row are read.
template <int Count, int Channels>
    requires(Channels > 1)
QUOIN_ALWAYS_INLINE void blend_corners(std::uint8_t const* data, index_t stride, std::int32_t const* offsets,
                                       std::int32_t const* across, std::int32_t const* down, std::uint8_t* to) {
    using r = gather_registers;
    constexpr char x = -1, n = Channels;
    constexpr char last = Channels == 4 ? 3 : x, last_right = Channels == 4 ? 7 : x;
    r::bytes const pairs{0, x, n, x, 1, x, n + 1, x, 2, x, n + 2, x, last, x, last_right, x,
                         0, x, n, x, 1, x, n + 1, x, 2, x, n + 2, x, last, x, last_right, x};
    for (int k = 0; k < Count; k += 8) {
        auto const right = r::load<r::ints>(across + k), below = r::load<r::ints>(down + k);
        r::ints const weights = (right << 16) - right + (1 << 11); // of the left pixel in the low half
        r::ints values[4];
        unrolled<4>([&](auto i) QUOIN_LAMBDA_INLINE {
            constexpr int j = decltype(i)::value;
            std::uint8_t const *const p = data + offsets[k + j], *const q = data + offsets[k + j + 4];
            r::ints const w = r::repeat<j>(weights);
            values[j] =
                r::between(r::madd(r::shuffle(r::load_two(p, q), pairs), w),
                           r::madd(r::shuffle(r::load_two(p + stride, q + stride), pairs), w), r::repeat<j>(below));
        });
        r::store<Channels>(r::pack(values[0], values[1], values[2], values[3]), to + Channels * k);
    }
}
/// The same of single bytes. Two bytes of each row are read.
template <int Count, int Channels>
    requires(Channels == 1)
QUOIN_ALWAYS_INLINE void blend_corners(std::uint8_t const* data, index_t stride, std::int32_t const* offsets,
                                       std::int32_t const* across, std::int32_t const* down, std::uint8_t* to) {
    using r = gather_registers;
    constexpr char x = -1;
    r::bytes const upper{0, x, 1, x, 4, x, 5, x, 8, x, 9, x, 12, x, 13, x,
                         0, x, 1, x, 4, x, 5, x, 8, x, 9, x, 12, x, 13, x};
    r::bytes const lower{2, x, 3, x, 6, x, 7, x, 10, x, 11, x, 14, x, 15, x,
                         2, x, 3, x, 6, x, 7, x, 10, x, 11, x, 14, x, 15, x};
    std::uint32_t corners[Count];
    for (int k = 0; k < Count; ++k) {
        std::uint8_t const* p = data + offsets[k];
        __asm__("" : "+r"(p)); // compilers must not gather: such instructions take twice as long as loads
        std::uint16_t above, below;
        __builtin_memcpy(&above, p, sizeof above);
        __builtin_memcpy(&below, p + stride, sizeof below);
        corners[k] = above | std::uint32_t{below} << 16;
    }
    for (int k = 0; k < Count; k += 32) {
        r::ints values[4];
        unrolled<4>([&](auto i) QUOIN_LAMBDA_INLINE {
            constexpr int j = decltype(i)::value;
            int const first = k + 8 * j;
            auto const four = r::load<r::bytes>(corners + first);
            auto const right = r::load<r::ints>(across + first);
            r::ints const weights = (right << 16) - right + (1 << 11);
            values[j] = r::between(r::madd(r::shuffle(four, upper), weights), r::madd(r::shuffle(four, lower), weights),
                                   r::load<r::ints>(down + first));
        });
        auto const all = r::alternate_parts(r::pack(values[0], values[1], values[2], values[3]));
        __builtin_memcpy(to + k, &all, sizeof all);
    }
}

/// The sums of `Taps` rows of pixels, each weighted along itself, in which the pixels of even rows lie in the first
/// 128-bit part and those of odd ones in the second. Weights have 14 bits. Sums have up to 39 bits, so they are kept in
/// two numbers.
struct window_sum {
    using r = gather_registers;
    r::ints high{}, low{};

    QUOIN_ALWAYS_INLINE void add(r::ints rows, r::ints weights) {
        high += (rows >> 12) * weights;
        low += (rows & 0xfff) * weights;
    }
    /// Of this one and another one: both parts together, rounded, those of the other one in the second part.
    QUOIN_ALWAYS_INLINE r::ints rounded_with(window_sum const& next) const {
        auto const together = [](r::ints a, r::ints b) QUOIN_LAMBDA_INLINE {
            return __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11) +
                   __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
        };
        return (together(high, next.high) + ((together(low, next.low) + (1 << 27)) >> 12)) >> 16;
    }
};

/// Writes the sums of the `Taps` x `Taps` pixels from data + offsets[k] on for `Count` places k, rounded and saturated,
/// as they lie in an image_view, and up to 4 bytes behind. Place k has the weights at table + Taps * across[k] and
/// table + Taps * down[k], which sum to 2^14. 16 bytes are read for four pixels of a row, or 4 if there is one channel.
template <int Count, int Channels, int Taps>
QUOIN_ALWAYS_INLINE void weigh_windows(std::uint8_t const* data, index_t stride, std::int32_t const* offsets,
                                       std::int32_t const* across, std::int32_t const* down, std::int16_t const* table,
                                       std::uint8_t* to) {
    using r = gather_registers;
    constexpr char x = -1, n = Channels;
    auto const four = [](char a, char b, char c, char d, char e, char f, char g, char h) {
        return r::bytes{a, x, b, x, c, x, d, x, e, x, f, x, g, x, h, x, a, x, b, x, c, x, d, x, e, x, f, x, g, x, h, x};
    };
    // One channel: a group is four places, with a number each. Otherwise it is a place, with a number for each channel.
    constexpr int places = Channels == 1 ? 4 : 1;
    r::bytes const front = Channels == 1 ? four(0, 1, 4, 5, 8, 9, 12, 13)
                                         : four(0, n, 1, n + 1, 2, n + 2, Channels == 4 ? 3 : x, Channels == 4 ? 7 : x);
    constexpr char m = 2 * n, o = 3 * n;
    r::bytes const back = Channels == 1
                              ? four(2, 3, 6, 7, 10, 11, 14, 15)
                              : four(m, o, m + 1, o + 1, m + 2, o + 2, Channels == 4 ? 11 : x, Channels == 4 ? 15 : x);
    auto const sum_at = [&](int k) QUOIN_LAMBDA_INLINE {
        window_sum sum;
        std::uint8_t const* p[places];
        for (int i = 0; i < places; ++i) p[i] = data + offsets[k + i];
        auto const pair_of = [&](int i, int tap)
                                 QUOIN_LAMBDA_INLINE { return r::load<int>(table + Taps * across[k + i] + tap); };
        auto const down_of = [&](int i, int tap) QUOIN_LAMBDA_INLINE { return int{table[Taps * down[k + i] + tap]}; };
        r::ints pairs[Taps / 2];
        for (int t = 0; t < Taps / 2; ++t) {
            if constexpr (Channels == 1) {
                int const a = pair_of(0, 2 * t), b = pair_of(1, 2 * t), c = pair_of(2, 2 * t), d = pair_of(3, 2 * t);
                pairs[t] = r::ints{a, b, c, d, a, b, c, d};
            } else {
                pairs[t] = r::all(pair_of(0, 2 * t));
            }
        }
        for (int j = 0; j < Taps; j += 2) {
            r::ints rows{};
            for (int t = 0; t < Taps; t += 4) {
                r::bytes pixels;
                if constexpr (Channels == 1) {
                    std::uint8_t const* const q[] = {p[0] + t + j * stride, p[1] + t + j * stride,
                                                     p[2] + t + j * stride, p[3] + t + j * stride};
                    pixels = r::load_fours(q, stride);
                } else {
                    std::uint8_t const* const q = p[0] + t * Channels + j * stride;
                    pixels = r::load_parts(q, q + stride);
                }
                rows += r::madd(r::shuffle(pixels, front), pairs[t / 2]) +
                        r::madd(r::shuffle(pixels, back), pairs[t / 2 + 1]);
            }
            if constexpr (Channels == 1)
                sum.add(rows, r::ints{down_of(0, j), down_of(1, j), down_of(2, j), down_of(3, j), down_of(0, j + 1),
                                      down_of(1, j + 1), down_of(2, j + 1), down_of(3, j + 1)});
            else sum.add(rows, r::parts(down_of(0, j), down_of(0, j + 1)));
        }
        return sum;
    };
    if constexpr (Channels == 1) {
        for (int k = 0; k < Count; k += 32) {
            r::ints values[4];
            for (int i = 0; i < 4; ++i) values[i] = sum_at(k + 8 * i).rounded_with(sum_at(k + 8 * i + 4));
            auto const all = r::alternate_parts(r::pack(values[0], values[1], values[2], values[3]));
            __builtin_memcpy(to + k, &all, sizeof all);
        }
    } else {
        for (int k = 0; k < Count; k += 8) {
            r::ints values[4];
            for (int i = 0; i < 4; ++i) values[i] = sum_at(k + i).rounded_with(sum_at(k + i + 4));
            r::store<Channels>(r::pack(values[0], values[1], values[2], values[3]), to + Channels * k);
        }
    }
}

#endif

} // namespace detail

QUOIN_NAMESPACE_END
