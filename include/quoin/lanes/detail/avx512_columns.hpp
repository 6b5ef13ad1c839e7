// SPDX-License-Identifier: BSL-1.0
// The indices of the set bits of a word, by compressing the numbers 0 to 63 (AVX512-VBMI2).
#pragma once

#include <quoin/config.hpp>

#include <bit>
#include <cstdint>
#include <cstring>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// The number of values that write_columns may write beyond the number of set bits.
inline constexpr int columns_slack = 32;

typedef char bytes64 __attribute__((vector_size(64)));

/// out[i] = base + bytes[i] for i < Count, where Count <= 16.
template <int Count>
inline void widen_and_add(bytes64 bytes, std::int32_t base, std::int32_t* out) {
    typedef std::int32_t wide __attribute__((vector_size(4 * Count)));
    wide columns;
    // GCC 12 compiles __builtin_convertvector to twenty instructions here. The bytes stay in registers, because loading
    // 8 bytes of a 64-byte store is slow.
    asm("vpmovsxbd %x1, %0" : "=v"(columns) : "v"(bytes));
    columns += base;
    std::memcpy(out, &columns, sizeof columns);
}

/// Moves the sixteen bytes from index 16 * Part on to the front.
template <int Part>
inline bytes64 part_of(bytes64 bytes) {
    asm("vextracti32x4 %2, %1, %x0" : "=v"(bytes) : "v"(bytes), "n"(Part));
    return bytes;
}

/// Writes base + bytes[x] for every set bit x. Returns the end of the output.
inline std::int32_t* write_selected(bytes64 bytes, std::uint64_t word, std::int32_t base, std::int32_t* out) {
    int const count = std::popcount(word);
    bytes64 const places = __builtin_ia32_compressqi512_mask(bytes, bytes64{}, word);
    if (count <= 8) {
        widen_and_add<8>(places, base, out);
        return out + count;
    }
    widen_and_add<16>(places, base, out);
    if (count > 16) {
        widen_and_add<16>(part_of<1>(places), base, out + 16);
        if (count > 32) {
            widen_and_add<16>(part_of<2>(places), base, out + 32);
            widen_and_add<16>(part_of<3>(places), base, out + 48);
        }
    }
    return out + count;
}

/// Writes base + x for every set bit x, in ascending order. Returns the end of the output.
inline std::int32_t* write_columns(std::uint64_t word, std::int32_t base, std::int32_t* out) {
    // This uses a builtin function, because <immintrin.h> takes longer to compile than the headers that need only this.
    static constexpr bytes64 numbers{0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                     16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
                                     32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
                                     48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    return write_selected(numbers, word, base, out);
}

typedef std::uint64_t u64x8 __attribute__((vector_size(64)));

/// Word i of the result is word i - Count of v, or 0 if there is none.
template <int Count>
inline u64x8 u64_up(u64x8 v) {
    u64x8 moved;
    asm("valignq %3, %2, %1, %0" : "=v"(moved) : "v"(v), "v"(u64x8{}), "n"(8 - Count));
    return moved;
}

/// Writes, for every set bit x of `word`, base plus the number of bits of `among` up to x, in ascending order. Returns
/// the end of the output. It may write as many values beyond the end as write_columns.
inline std::int32_t* write_ranks(std::uint64_t word, std::uint64_t among, std::int32_t base, std::int32_t* out) {
    constexpr std::uint64_t byte_ones = 0x0101010101010101u;
    // Byte x is the bit of column x, then the sum over its group of eight columns up to x, then the sum over all
    // columns up to x.
    u64x8 sums;
    asm("vmovdqu8 %1, %0%{%2%}%{z%}" : "=v"(sums) : "v"(u64x8{} + byte_ones), "Yk"(among));
    sums += sums << 8;
    sums += sums << 16;
    sums += sums << 32;
    u64x8 before = u64_up<1>(sums >> 56);
    before += u64_up<1>(before);
    before += u64_up<2>(before);
    before += u64_up<4>(before);
    u64x8 const first_byte{0, 8 * byte_ones, 0, 8 * byte_ones, 0, 8 * byte_ones, 0, 8 * byte_ones};
    asm("vpshufb %1, %0, %0" : "+v"(before) : "v"(first_byte));
    return write_selected(reinterpret_cast<bytes64>(sums + before), word, base, out);
}

} // namespace detail
QUOIN_NAMESPACE_END
