// SPDX-License-Identifier: BSL-1.0
// Words that are made of two bytes, and sums of products of bytes with words, by permutations of bytes (AVX512-VBMI).
#pragma once

#include <quoin/lanes/convert.hpp>

#include <utility>

QUOIN_NAMESPACE_BEGIN
QUOIN_INTRINSICS_BEGIN

namespace detail {

/// A table of words for bytes below Size, which is 128 or 256, in registers: their lower bytes and their upper ones.
template <int Size>
class word_table_registers {
public:
    QUOIN_ALWAYS_INLINE word_table_registers(std::uint8_t const* low, std::uint8_t const* high)
        : word_table_registers(low, high, std::make_integer_sequence<int, Size / 64>{}) {}

    /// The words of 64 bytes. These are first brought into the order in which unpacking gives words that of memory.
    QUOIN_ALWAYS_INLINE lanes<std::uint16_t, 64> operator[](lanes<std::uint8_t, 64> const& bytes) const {
        __m512i const at = _mm512_permutexvar_epi64(_mm512_setr_epi64(0, 4, 1, 5, 2, 6, 3, 7), bytes.reg[0]);
        __m512i const low = found(low_, at), high = found(high_, at);
        lanes<std::uint16_t, 64> words;
        words.reg[0] = batch_u16(_mm512_unpacklo_epi8(low, high));
        words.reg[1] = batch_u16(_mm512_unpackhi_epi8(low, high));
        return words;
    }

private:
    template <int... Part> // a loop would fill arrays in memory
    QUOIN_ALWAYS_INLINE word_table_registers(std::uint8_t const* low, std::uint8_t const* high,
                                             std::integer_sequence<int, Part...>)
        : low_{_mm512_loadu_si512(low + 64 * Part)...}, high_{_mm512_loadu_si512(high + 64 * Part)...} {}

    static QUOIN_ALWAYS_INLINE __m512i found(__m512i const (&part)[Size / 64], __m512i at) {
        __m512i const below = _mm512_permutex2var_epi8(part[0], at, part[1]);
        if constexpr (Size == 128) return below;
        else
            return _mm512_mask_mov_epi8(below, _mm512_movepi8_mask(at), _mm512_permutex2var_epi8(part[2], at, part[3]));
    }

    __m512i low_[Size / 64], high_[Size / 64];
};

/// Which of the 64 bytes of a register the even bytes of another one are. They are those of the words that unpack_low16
/// (if High, unpack_high16) takes of two registers, if the words are the first and the last 32 bytes.
template <bool High>
struct places_of_pairs {
    alignas(64) std::uint8_t at[64]{};
    constexpr places_of_pairs() {
        for (int i = 0; i < 64; i += 2)
            at[i] = static_cast<std::uint8_t>(i / 16 * 8 + (High ? 4 : 0) + i % 16 / 4 + i / 2 % 2 * 32);
    }
};
template <bool High>
inline constexpr places_of_pairs<High> pair_places{};

/// Adds a ka + b kb for 32 bytes from a and from b on. A permutation of one register is a third of one of two.
QUOIN_ALWAYS_INLINE void add_bytes(register_products& to, std::uint8_t const* a, batch_i16 const& ka,
                                   std::uint8_t const* b, batch_i16 const& kb) {
    __m512i const both =
        _mm512_inserti64x4(_mm512_castsi256_si512(_mm256_loadu_si256(reinterpret_cast<__m256i const*>(a))),
                           _mm256_loadu_si256(reinterpret_cast<__m256i const*>(b)), 1);
    auto const pairs = [&](auto const& places) QUOIN_LAMBDA_INLINE {
        return _mm512_maskz_permutexvar_epi8(0x5555555555555555u, isa::keep(_mm512_load_si512(places.at)), both);
    };
    to.low = isa::madd16_add(to.low, pairs(pair_places<false>), isa::unpack_low16(ka, kb));
    to.high = isa::madd16_add(to.high, pairs(pair_places<true>), isa::unpack_high16(ka, kb));
}

} // namespace detail

QUOIN_INTRINSICS_END
QUOIN_NAMESPACE_END
