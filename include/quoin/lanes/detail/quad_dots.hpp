// SPDX-License-Identifier: BSL-1.0
// Sums of four products of bytes in 32 bits, in vectors of 16 (AVX512-VNNI), and running sums of bytes by them. By
// builtins of the compiler, as in gathered_bytes.hpp.
#pragma once

#include <quoin/config.hpp>

#include <cstdint>

QUOIN_NAMESPACE_BEGIN

namespace detail {

#if defined(__AVX512VNNI__) && defined(__AVX512BW__) && !defined(__CUDACC__)

inline constexpr bool has_quad_dots = true;

struct quad_dots {
    using words = std::int32_t __attribute__((vector_size(64)));
    using sums_type = std::uint32_t __attribute__((vector_size(64))); // sums that may wrap

    static QUOIN_ALWAYS_INLINE words load(void const* p) {
        words v;
        __builtin_memcpy(&v, p, sizeof v);
        return v;
    }
    static QUOIN_ALWAYS_INLINE void store(void* p, words v) { __builtin_memcpy(p, &v, sizeof v); }
    static QUOIN_ALWAYS_INLINE words all(std::int32_t v) { return words{} + v; }

    /// sum plus, for each word, the products of its four bytes a without sign and b with one.
    static QUOIN_ALWAYS_INLINE words add(words sum, words a, words b) {
#ifdef __clang__
        return (words)__builtin_ia32_vpdpbusd512(sum, a, b);
#else
        return (words)__builtin_ia32_vpdpbusd_v16si(sum, a, b);
#endif
    }

    /// to[i] = above[i] + before + from[0] + ... + from[i] for 64 bytes, modulo 2^32. `before` becomes the last sum
    /// without above[i], in all words.
    static QUOIN_ALWAYS_INLINE void running_sums(std::uint8_t const* from, std::uint32_t const* above,
                                                 std::uint32_t* to, words& before) {
        words const bytes = load(from), quads = add(words{}, bytes, all(0x01010101));
        // The sums of quads within 128 bits, and of these.
        words sums =
            quads + __builtin_shufflevector(quads, words{}, 16, 0, 1, 2, 16, 4, 5, 6, 16, 8, 9, 10, 16, 12, 13, 14);
        sums += __builtin_shufflevector(sums, words{}, 16, 16, 0, 1, 16, 16, 4, 5, 16, 16, 8, 9, 16, 16, 12, 13);
        sums += __builtin_shufflevector(sums, words{}, 16, 16, 16, 16, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11);
        sums += __builtin_shufflevector(sums, words{}, 16, 16, 16, 16, 16, 16, 16, 16, 3, 3, 3, 3, 7, 7, 7, 7);
        sums = sum_of(sums, before);
        before = __builtin_shufflevector(sums, sums, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15);
        sums = (words)((sums_type)sums - (sums_type)quads); // before each quad
        constexpr std::int32_t one = 0x00000001, two = 0x00000101, three = 0x00010101, four = 0x01010101;
        words const parts = {one, two, three, four, one, two, three, four,
                             one, two, three, four, one, two, three, four};
        each_part<0>(bytes, sums, parts, above, to);
        each_part<1>(bytes, sums, parts, above, to);
        each_part<2>(bytes, sums, parts, above, to);
        each_part<3>(bytes, sums, parts, above, to);
    }

private:
    static QUOIN_ALWAYS_INLINE words sum_of(words a, words b) { return (words)((sums_type)a + (sums_type)b); }
    template <int Part>
    static QUOIN_ALWAYS_INLINE void each_part(words bytes, words sums, words parts, std::uint32_t const* above,
                                              std::uint32_t* to) {
        constexpr int a = 4 * Part, b = a + 1, c = a + 2, d = a + 3;
        words const base = __builtin_shufflevector(sums, sums, a, a, a, a, b, b, b, b, c, c, c, c, d, d, d, d);
        words const quads = __builtin_shufflevector(bytes, bytes, a, a, a, a, b, b, b, b, c, c, c, c, d, d, d, d);
        store(to + 16 * Part, add(sum_of(load(above + 16 * Part), base), quads, parts));
    }
};

#else

inline constexpr bool has_quad_dots = false;
struct quad_dots;

#endif

} // namespace detail

QUOIN_NAMESPACE_END
