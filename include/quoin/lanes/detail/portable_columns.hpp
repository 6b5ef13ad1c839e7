// SPDX-License-Identifier: BSL-1.0
// The indices of the set bits of a word, by counting zeros.
#pragma once

#include <quoin/config.hpp>

#include <bit>
#include <cstdint>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// The number of values that write_columns may write beyond the number of set bits.
inline constexpr int columns_slack = 4;

/// Writes base + x for every set bit x, in ascending order. Returns the end of the output.
inline std::int32_t* write_columns(std::uint64_t word, std::int32_t base, std::int32_t* out) {
    std::int32_t* const next = out + std::popcount(word);
    auto const column = [&] {
        // An empty word gives the index 63. That value lies beyond the end and is overwritten later.
        auto const x = std::countr_zero(word | std::uint64_t{1} << 63);
        word &= word - 1;
        return base + x;
    };
    // Each iteration writes four values, because branch prediction is poor for a loop whose length changes with every
    // word.
    do {
        out[0] = column();
        out[1] = column();
        out[2] = column();
        out[3] = column();
        out += 4;
    } while (out < next);
    return next;
}

/// Writes, for every set bit x of `word`, base plus the number of bits of `among` up to x, in ascending order. Returns
/// the end of the output. It may write as many values beyond the end as write_columns.
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
