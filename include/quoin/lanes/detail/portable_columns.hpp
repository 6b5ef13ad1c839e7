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

} // namespace detail
QUOIN_NAMESPACE_END
