// SPDX-License-Identifier: BSL-1.0
// Which horizontal and vertical chords conflict; not public.
#pragma once

#include <quoin/segment/detail/chords.hpp>

#include <span>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// The members of each of several disjoint groups: those of group g are ids[first[g]] ... ids[first[g + 1] -
/// 1].
struct grouping {
    std::vector<index_t> first;
    std::vector<index_t> ids;

    index_t size() const { return static_cast<index_t>(first.size()) - 1; }
    std::span<index_t const> operator[](index_t g) const {
        return {ids.data() + first[g], static_cast<std::size_t>(first[g + 1] - first[g])};
    }
};

/// The ids i < count with group(i) >= 0, sorted by group, then by id.
template <class F>
grouping group_by(std::size_t count, index_t groups, F const& group) {
    grouping result{std::vector<index_t>(static_cast<std::size_t>(groups + 1)), {}};
    for (std::size_t i = 0; i < count; ++i)
        if (group(i) >= 0) ++result.first[group(i)];
    result.ids.resize(static_cast<std::size_t>(exclusive_scan(result.first)));
    std::vector<index_t> next = result.first;
    for (std::size_t i = 0; i < count; ++i)
        if (group(i) >= 0) result.ids[next[group(i)]++] = static_cast<index_t>(i);
    return result;
}

/// Calls f(h, v) for each horizontal chord h and vertical chord v that share a point: h ascending, then by
/// column. A sweep down the rows with a bit for each column on which a vertical chord may be alive: time
/// proportional to the chords, their conflicts, and the words that the horizontal ones cover.
template <class F>
void for_each_conflict(std::vector<chord> const& horizontal, std::vector<chord> const& vertical, extent size,
                       F const& f) {
    grouping const by_begin =
        group_by(vertical.size(), size.height, [&](std::size_t v) { return index_t{vertical[v].begin}; });
    auto next = by_begin.ids.begin();
    bit_image alive(size.width, 1);
    std::vector<index_t> chord_on(static_cast<std::size_t>(size.width));
    for (std::size_t h = 0; h < horizontal.size(); ++h) {
        chord const at = horizontal[h];
        for (; next != by_begin.ids.end() && vertical[*next].begin <= at.line; ++next) {
            chord_on[vertical[*next].line] = *next;
            alive.set(vertical[*next].line, 0);
        }
        for (index_t i = at.begin / 64; i <= at.end / 64; ++i) {
            std::uint64_t word = alive.row(0)[i];
            if (i == at.begin / 64) word &= ~std::uint64_t{0} << (at.begin % 64);
            if (i == at.end / 64) word &= ~std::uint64_t{0} >> (63 - at.end % 64);
            for_each_bit(word, i, [&](index_t x) {
                // Chords on one column are disjoint, so one that has ended is forgotten before the next
                // begins.
                if (vertical[chord_on[x]].end >= at.line) f(static_cast<index_t>(h), chord_on[x]);
                else alive.set(x, 0, false);
            });
        }
    }
}

/// The ids begin <= id < end.
struct id_range {
    index_t begin;
    index_t end;
};

/// For each horizontal chord h the vertical ones with which it conflicts: ranges[first[h]] ... ranges[first[h
/// + 1] - 1]. Ranges, because a smooth blob has quadratically many conflicts, but those of one chord are
/// neighbours.
struct conflict_ranges {
    std::vector<index_t> first;
    std::vector<id_range> ranges;
};

/// All conflicts, with id[v] as the number of the vertical chord v.
inline conflict_ranges find_conflicts(std::vector<chord> const& horizontal, std::vector<chord> const& vertical,
                                      extent size, std::vector<index_t> const& id) {
    conflict_ranges result{std::vector<index_t>(horizontal.size() + 1), {}};
    for_each_conflict(horizontal, vertical, size, [&](index_t h, index_t v) {
        if (result.first[h] > 0 && result.ranges.back().end == id[v]) {
            ++result.ranges.back().end;
        } else {
            result.ranges.push_back({id[v], id[v] + 1});
            ++result.first[h];
        }
    });
    exclusive_scan(result.first);
    return result;
}

} // namespace detail
QUOIN_NAMESPACE_END
