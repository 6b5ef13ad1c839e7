// SPDX-License-Identifier: BSL-1.0
// Products of values of a row with constants, added for many places at once. A word is one value or a few neighbors,
// and an instruction multiplies a vector of words by the word of as many constants and adds. By vectors of the
// compiler, the same for all families of lanes: sums of integers are exact, and those of double have one order.
#pragma once

#include <quoin/core/geometry.hpp>
#include <quoin/lanes/detail/quad_dots.hpp>

#include <type_traits>

QUOIN_NAMESPACE_BEGIN

namespace detail {

#if defined(__AVX512BW__)
inline constexpr int dot_bytes = 64;
#elif defined(__AVX2__)
inline constexpr int dot_bytes = 32;
#else
inline constexpr int dot_bytes = 16;
#endif

template <class T, int N>
struct vector_of_words {
    typedef T type __attribute__((vector_size(N * sizeof(T))));
};

/// Words with `Values` values of type Cell each, and sums in words of type Word.
template <class Cell, class Word, int Values>
struct dot_words {
    using cell = Cell;
    using word = Word;
    static constexpr int values = Values, count = dot_bytes / static_cast<int>(sizeof(Word)); ///< words of a vector
    using vector = typename vector_of_words<Word, count>::type;
    /// The rows and the vectors of a block of sums, which stay in registers.
    static constexpr int rows = dot_bytes == 64 ? 4 : 2, vectors = dot_bytes == 64 || sizeof(Word) == 4 ? 4 : 2;
    static constexpr int columns = count * vectors;

    /// Word j of vector i of a block begins at value first(i) + j * values. So the words of all places are values as
    /// they lie.
    static constexpr int first(int i) { return i / values * count * values + i % values; }
    static QUOIN_ALWAYS_INLINE vector load(Cell const* p) {
        vector v;
        __builtin_memcpy(&v, p, sizeof v);
        return v;
    }
    static QUOIN_ALWAYS_INLINE vector all(Word v) { return vector{} + v; }

    /// to[place] += sum * factor for the sums of a block, brought into the order of places.
    template <class Sum>
    static QUOIN_ALWAYS_INLINE void add_to(Sum* to, vector* sums, int factor) {
        if constexpr (values > 1) {
            for (int i = 0; i < vectors; i += values) in_order(sums + i);
        }
        for (int i = 0; i < vectors; ++i) {
            using wide = typename vector_of_words<Sum, count>::type;
            wide sum;
            __builtin_memcpy(&sum, to + i * count, sizeof sum);
            wide const more = __builtin_convertvector(sums[i], wide);
            sum += factor == 1 ? more : more * static_cast<Sum>(factor);
            __builtin_memcpy(to + i * count, &sum, sizeof sum);
        }
    }

private:
    static QUOIN_ALWAYS_INLINE void in_order(vector* v) {
        if constexpr (values == 2) {
            interleave(v[0], v[1]);
        } else {
            interleave(v[0], v[2]);
            interleave(v[1], v[3]);
            interleave(v[0], v[1]);
            interleave(v[2], v[3]);
        }
    }
    /// a becomes the first half of a[0], b[0], a[1], b[1], ..., and b the second one.
    static QUOIN_ALWAYS_INLINE void interleave(vector& a, vector& b) {
        vector const u = a, v = b;
        if constexpr (count == 16) {
            a = __builtin_shufflevector(u, v, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
            b = __builtin_shufflevector(u, v, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
        } else if constexpr (count == 8) {
            a = __builtin_shufflevector(u, v, 0, 8, 1, 9, 2, 10, 3, 11);
            b = __builtin_shufflevector(u, v, 4, 12, 5, 13, 6, 14, 7, 15);
        } else {
            a = __builtin_shufflevector(u, v, 0, 4, 1, 5);
            b = __builtin_shufflevector(u, v, 2, 6, 3, 7);
        }
    }
};

/// Two values of 16 bits with a sign in a word.
struct pair_words : dot_words<std::int16_t, std::int32_t, 2> {
    static constexpr int template_offset = 0;

    static QUOIN_ALWAYS_INLINE vector add(vector sum, vector a, vector b) {
#if defined(__clang__) || defined(__CUDACC__) || !defined(__SSE2__)
        return sum + (a >> 16) * (b >> 16) + ((a << 16) >> 16) * ((b << 16) >> 16);
#else
        using shorts = short __attribute__((vector_size(dot_bytes)));
#if defined(__AVX512BW__)
        return sum + (vector)__builtin_ia32_pmaddwd512_mask((shorts)a, (shorts)b, vector{}, 0xFFFF);
#elif defined(__AVX2__)
        return sum + (vector)__builtin_ia32_pmaddwd256((shorts)a, (shorts)b);
#else
        return sum + (vector)__builtin_ia32_pmaddwd128((shorts)a, (shorts)b);
#endif
#endif
    }
};

/// Bytes, in pairs.
struct byte_pair_words : pair_words {
    static constexpr int image_offset = 0;   ///< what is taken from values of the image
    static constexpr int parts = 1;          ///< the words of constants for one template
    static constexpr index_t most = 1 << 14; ///< so many products of words fit a sum

    static constexpr cell constant(std::uint8_t v, int) { return v; }
};

/// 16 bits without a sign, in pairs. Constants are two bytes, which are multiplied apart.
struct short_pair_words : pair_words {
    static constexpr int image_offset = 1 << 15, parts = 2;
    static constexpr index_t most = 127;

    static constexpr cell constant(std::uint16_t v, int part) {
        return static_cast<cell>(part == 0 ? v & 255 : v >> 8);
    }
};

/// Four bytes; constants are bytes less 128.
struct byte_quad_words : dot_words<std::uint8_t, std::int32_t, 4> {
    static constexpr int image_offset = 0, template_offset = 128, parts = 1;
    static constexpr index_t most = 1 << 14;

    template <class Dots = quad_dots>
    static QUOIN_ALWAYS_INLINE vector add(vector sum, vector a, vector b) {
        return Dots::add(sum, a, b);
    }
    static constexpr cell constant(std::uint8_t v, int) { return static_cast<cell>(v - 128); }
};

/// One double.
struct double_words : dot_words<double, double, 1> {
    static constexpr int image_offset = 0, template_offset = 0, parts = 1;
    static constexpr index_t most = index_t{1} << 62;

    static QUOIN_ALWAYS_INLINE vector add(vector sum, vector a, vector b) { return sum + a * b; }
    static constexpr cell constant(double v, int) { return v; }
};

template <class T>
struct dots_of;
template <>
struct dots_of<std::uint8_t> {
    using type = std::conditional_t<has_quad_dots, byte_quad_words, byte_pair_words>;
};
template <>
struct dots_of<std::uint16_t> {
    using type = short_pair_words;
};
template <>
struct dots_of<float> {
    using type = double_words;
};
template <>
struct dots_of<double> {
    using type = double_words;
};

} // namespace detail

QUOIN_NAMESPACE_END
