// SPDX-License-Identifier: BSL-1.0
// run_merge: the walls that cut a mask into rectangles by merging equal runs of consecutive rows.
#pragma once

#include <quoin/rect/rectangles.hpp>

QUOIN_NAMESPACE_BEGIN

/// A run continues the rectangle above it iff the row above has a run with the same begin and end. A wall lies above
/// every other run. The cut depends on pairs of neighboring rows alone. It is exact, but has at least as many
/// rectangles as minimum_partition. The walls are computed as bits, 64 pixels at a time, without a list of runs.
/// segment and segment_stream use another loop, which follows the runs from row to row and makes no walls. Cost: two
/// passes over the words of the mask, independent of their content.
///
/// Source: the generalized delta method (Suk, Hoschl, Flusser, Pattern Recognition 45, 2012).
template <concepts::policy Policy>
walls run_merge(Policy const& p, bit_image const& mask);

namespace detail {

/// Sets in `out` the pixels of all runs of `row` that the row above does not have.
constexpr void new_runs(std::uint64_t const* row, std::uint64_t const* above, index_t words, std::uint64_t* out) {
    std::uint64_t carry = 0;
    std::uint64_t before = 0; // the differences of the last word
    for (index_t i = 0; i < words; ++i) {
        std::uint64_t const change = row[i] ^ above[i];
        std::uint64_t const after = i + 1 < words ? row[i + 1] ^ above[i + 1] : 0;
        // A run is new iff the rows differ in it, just before its first pixel or just after its last one.
        std::uint64_t const just_before = (change << 1 | before >> 63) & ~from_left(row, i);
        std::uint64_t const just_after = (change >> 1 | after << 63) & ~from_right(row, i, words);
        std::uint64_t const conflict = row[i] & (change | just_before | just_after);
        out[i] = flood_up(conflict, row[i], carry);
        before = change;
    }
    carry = 0;
    for (index_t i = words - 1; i >= 0; --i) out[i] = flood_down(out[i], row[i], carry);
}

template <concepts::policy Policy>
walls run_merge_walls(Policy const& p, bit_image const& mask) {
    walls result{bit_image(mask.size()), {}};
    for_each_chunk(p, row_chunks(mask.height()), [&](index_t begin, index_t end) {
        for (index_t y = std::max<index_t>(begin, 1); y < end; ++y)
            new_runs(mask.row(y), mask.row(y - 1), mask.words_per_row(), result.horizontal.row(y));
    });
    return result;
}

} // namespace detail

template <concepts::policy Policy>
walls run_merge(Policy const& p, bit_image const& mask) {
    return detail::run_merge_walls(detail::policy_ref::to(p), mask);
}

QUOIN_NAMESPACE_END
