// SPDX-License-Identifier: BSL-1.0
// The places of the bits of a word, by counting zeros; not public.
#pragma once

#include <quoin/config.hpp>

#include <bit>
#include <cstdint>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// write_columns may write so many numbers more than there are bits.
inline constexpr int columns_slack = 4;

/// Writes base + x for every bit x that is set, in ascending order; returns where the next number goes.
inline std::int32_t* write_columns(std::uint64_t word, std::int32_t base, std::int32_t* out) {
    std::int32_t* const next = out + std::popcount(word);
    auto const column = [&] {
        // A word that is empty is counted to 63, and its number written over.
        auto const x = std::countr_zero(word | std::uint64_t{1} << 63);
        word &= word - 1;
        return base + x;
    };
    // Four at a time, since the processor guesses the length of a loop badly where every word has another.
    do {
        out[0] = column();
        out[1] = column();
        out[2] = column();
        out[3] = column();
        out += 4;
    } while (out < next);
    return next;
}

/// Writes base and the number of bits of `among` up to there for every bit of `word` that is set, in ascending order;
/// returns where the next number goes. As many more may be written as by write_columns.
inline std::int32_t* write_ranks(std::uint64_t word, std::uint64_t among, std::int32_t base, std::int32_t* out) {
    std::int32_t* const next = out + std::popcount(word);
    auto const rank = [&] {
        int const x = std::countr_zero(word | std::uint64_t{1} << 63);
        word &= word - 1;
        return base + std::popcount(among << (63 - x));
    };
    for (; out < next; out += 2) {
        out[0] = rank();
        out[1] = rank();
    }
    return next;
}

} // namespace detail
QUOIN_NAMESPACE_END
