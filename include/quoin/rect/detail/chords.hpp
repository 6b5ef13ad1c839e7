// SPDX-License-Identifier: BSL-1.0
// The chords of a mask: grid line segments through its inside that join two concave vertices.
#pragma once

#include <quoin/mask/detail/u64_rows.hpp>

#include <algorithm>
#include <vector>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// A horizontal chord lies on the grid line between the rows `line` - 1 and `line`. It reaches from the vertex in
/// column begin to the vertex in column end. A vertical chord is the same with rows and columns exchanged.
struct chord {
    std::int32_t line;
    std::int32_t begin;
    std::int32_t end;
};

inline chord make_chord(index_t line, index_t begin, index_t end) {
    using narrow = std::int32_t;
    return {static_cast<narrow>(line), static_cast<narrow>(begin), static_cast<narrow>(end)};
}

/// The concatenation, in order, of the elements that f(begin, end, out) appends to `out` for each chunk.
template <class T, concepts::policy Policy, class F>
std::vector<T> collect(Policy const& p, chunks c, F const& f) {
    return reduce_chunks(
        p, c, std::vector<T>{},
        [&](index_t begin, index_t end) {
            std::vector<T> part;
            f(begin, end, part);
            return part;
        },
        [](std::vector<T> all, std::vector<T> const& part) {
            all.insert(all.end(), part.begin(), part.end());
            return all;
        });
}

/// Two neighboring rows. `inner` holds the columns set in both, and `edge` those set in one. On the grid line between
/// the rows, a concave vertex lies where inner and edge columns meet.
struct row_pair {
    std::uint64_t const* upper;
    std::uint64_t const* lower;
    index_t words;

    constexpr std::uint64_t inner(index_t i) const { return upper[i] & lower[i]; }
    constexpr std::uint64_t edge(index_t i) const { return upper[i] ^ lower[i]; }
    /// The inner columns with a concave vertex on their left side.
    constexpr std::uint64_t opens(index_t i) const {
        return inner(i) & (edge(i) << 1 | (i > 0 ? edge(i - 1) >> 63 : 0));
    }
    /// The inner columns with a concave vertex on their right side.
    constexpr std::uint64_t closes(index_t i) const {
        return inner(i) & (edge(i) >> 1 | (i + 1 < words ? edge(i + 1) << 63 : 0));
    }
};

/// All horizontal chords, in raster order.
template <concepts::policy Policy>
std::vector<chord> horizontal_chords(Policy const& p, bit_image const& mask) {
    auto const rows_of = row_chunks(mask.height());
    return collect<chord>(p, rows_of, [&](index_t begin, index_t end, std::vector<chord>& out) {
        for (index_t y = std::max<index_t>(begin, 1); y < end; ++y) {
            row_pair const rows{mask.row(y - 1), mask.row(y), mask.words_per_row()};
            index_t open = -1; // the concave vertex at which the current inner run begins, or -1
            for (index_t i = 0; i < rows.words; ++i) {
                // An inner run is a chord iff the vertices before its first column and after its last column are
                // concave.
                std::uint64_t const inner = rows.inner(i);
                std::uint64_t const left = rows.opens(i);
                std::uint64_t const after = ~inner & (inner << 1 | (i > 0 ? rows.inner(i - 1) >> 63 : 0));
                for_each_bit(left | after, i, [&](index_t x) {
                    std::uint64_t const bit = std::uint64_t{1} << (x % 64);
                    if ((after & bit) != 0) {
                        if (open >= 0 && (rows.edge(i) & bit) != 0) out.push_back(make_chord(y, open, x));
                        open = -1;
                    }
                    if ((left & bit) != 0) open = x;
                });
            }
        }
    });
}

/// All vertical chords, in the order of columns, and in each column of rows.
template <concepts::policy Policy>
std::vector<chord> vertical_chords(Policy const& p, bit_image const& mask) {
    return collect<chord>(
        p, {mask.words_per_row(), tuning::mask_column_words}, [&](index_t begin, index_t end, std::vector<chord>& out) {
            struct column_state {
                std::uint64_t inner = 0;
                std::uint64_t edge = 0;
                std::uint64_t open = 0;
            };
            std::vector<column_state> states(static_cast<std::size_t>(end - begin));
            std::vector<std::int32_t> top(static_cast<std::size_t>((end - begin) * 64));
            for (index_t y = 0; y < mask.height(); ++y)
                for (index_t i = begin; i < end; ++i) {
                    column_state& s = states[i - begin];
                    std::uint64_t const left = from_left(mask.row(y), i);
                    std::uint64_t const inner = mask.row(y)[i] & left;
                    std::uint64_t const edge = mask.row(y)[i] ^ left;
                    std::uint64_t const opens = inner & s.edge;
                    for_each_bit(s.open & edge, i,
                                 [&](index_t x) { out.push_back(make_chord(x, top[x - begin * 64], y)); });
                    for_each_bit(opens, i, [&](index_t x) { top[x - begin * 64] = static_cast<std::int32_t>(y); });
                    s = {inner, edge, (s.open & inner) | opens};
                }
            std::sort(out.begin(), out.end(), [](chord const& a, chord const& b) {
                return a.line != b.line ? a.line < b.line : a.begin < b.begin;
            });
        });
}

} // namespace detail
QUOIN_NAMESPACE_END
