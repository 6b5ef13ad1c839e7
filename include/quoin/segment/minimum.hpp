// SPDX-License-Identifier: BSL-1.0
// minimum: the walls that cut a mask into the fewest rectangles.
#pragma once

#include <quoin/segment/detail/matching.hpp>
#include <quoin/segment/rectangles.hpp>

#include <numeric>

QUOIN_NAMESPACE_BEGIN

/// Walls, and how far they can be from the best ones.
struct minimum_walls {
    walls cuts;
    bool optimal = true; ///< proved: no partition into rectangles has fewer
    index_t gap = 0;     ///< proved: no partition into rectangles has fewer than this one's count minus gap
};

/// Walls that cut the mask into the fewest possible rectangles: as many as
///     concave vertices - largest set of chords without conflicts + components - holes,
/// where a chord is a grid line through the inside of the mask that joins two concave vertices, and chords
/// conflict when they share a point (Lipski et al. 1979, Ohtsuki 1982, Ferrari, Sankar and Sklansky 1984;
/// 4-connected set pixels). The set is that of König's theorem from a maximum matching (Hopcroft and Karp),
/// the vertical chords of which become walls; then from every concave vertex that is not on one a horizontal
/// wall grows until it meets a wall or the background. Which maximum matching was found does not change the
/// set, so the walls are the same under every policy.
///
/// max_phases bounds the phases of the matching in each group of chords with conflicts among themselves.
/// Dense random noise needs it: the last half per cent takes most of the time. Walls that are not optimal are
/// still exact and reproducible.
///
/// Cost: a few passes over the words of the mask; O(conflicts * sqrt(chords)) for the matching, in each group
/// on its own; memory for the chords, and for their conflicts by ranges of neighbours.
/// @throws invalid_argument for a mask with a side above 2^31 - 1 pixels or max_phases < 0.
template <policy Policy>
minimum_walls minimum(Policy const& p, bit_image const& mask, index_t max_phases = std::numeric_limits<index_t>::max());

namespace detail {

/// Which vertical chords become walls.
struct kept_chords {
    std::vector<std::uint8_t> vertical;
    index_t gap = 0;
};

template <policy Policy>
kept_chords keep_chords(Policy const& p, std::vector<chord> const& horizontal, std::vector<chord> const& vertical,
                        extent size, index_t max_phases) {
    index_t const h_count = static_cast<index_t>(horizontal.size());
    index_t const v_count = static_cast<index_t>(vertical.size());

    // Groups of chords that are linked by conflicts. Vertical chords have the smaller ids, so that the roots
    // of all groups are vertical; horizontal chords without a conflict are in none.
    std::vector<index_t> parent(static_cast<std::size_t>(v_count + h_count));
    std::iota(parent.begin(), parent.end(), index_t{0});
    for_each_conflict(horizontal, vertical, size, [&](index_t h, index_t v) { unite(parent.data(), v, v_count + h); });
    std::vector<index_t> number(vertical.size(), -1);
    index_t groups = 0;
    std::vector<index_t> group_of_h(horizontal.size(), -1);
    for (index_t h = 0; h < h_count; ++h) {
        index_t const root = find_root(parent.data(), v_count + h);
        if (root >= v_count) continue;
        if (number[root] < 0) number[root] = groups++;
        group_of_h[h] = number[root];
    }
    grouping const hs = group_by(horizontal.size(), groups, [&](std::size_t h) { return group_of_h[h]; });
    grouping const vs = group_by(vertical.size(), groups, [&](std::size_t v) {
        return number[find_root(parent.data(), static_cast<index_t>(v))];
    });

    std::vector<index_t> id(vertical.size(), -1);
    for (std::size_t i = 0; i < vs.ids.size(); ++i) id[vs.ids[i]] = static_cast<index_t>(i);
    conflict_ranges const conflicts = find_conflicts(horizontal, vertical, size, id);
    chord_matching matching(conflicts, vs.ids.size());
    kept_chords result{std::vector<std::uint8_t>(vertical.size(), 1), 0};
    result.gap = reduce_chunks(
        p, chunks{groups, 16}, index_t{0},
        [&](index_t begin, index_t end) {
            index_t gap = 0;
            for (index_t g = begin; g < end; ++g)
                gap += matching.solve(hs[g], {vs.first[g], vs.first[g + 1]}, max_phases);
            return gap;
        },
        [](index_t a, index_t b) { return a + b; });
    for (std::size_t i = 0; i < vs.ids.size(); ++i)
        result.vertical[vs.ids[i]] = matching.keeps_vertical(static_cast<index_t>(i));
    return result;
}

/// Sets the walls of the vertical chords that are kept.
template <policy Policy>
bit_image draw_vertical(Policy const& p, extent size, std::vector<chord> const& chords,
                        std::vector<std::uint8_t> const& kept) {
    bit_image result(size);
    for_each_chunk(p, {result.words_per_row(), column_block}, [&](index_t begin, index_t end) {
        auto const before = [](chord const& c, index_t x) { return c.line < x; };
        auto const first = std::lower_bound(chords.begin(), chords.end(), begin * 64, before);
        auto const last = std::lower_bound(first, chords.end(), end * 64, before);
        for (auto c = first; c != last; ++c)
            if (kept[c - chords.begin()])
                for (index_t y = c->begin; y < c->end; ++y) result.set(c->line, y);
    });
    return result;
}

/// Grows walls on the line between two rows, from every concave vertex through the columns that are inner
/// until a vertical wall of either row. A horizontal chord that is kept has no vertical wall on it, so it
/// comes out whole; a vertex at the end of a vertical wall grows nothing.
constexpr void grow_horizontal(row_pair const& rows, std::uint64_t const* upper_walls, std::uint64_t const* lower_walls,
                               std::uint64_t* out) {
    auto const wall = [&](index_t i) { return upper_walls[i] | lower_walls[i]; };
    std::uint64_t carry = 0;
    for (index_t i = 0; i < rows.words; ++i) {
        std::uint64_t const pass = rows.inner(i) & ~wall(i);
        out[i] = flood_up(rows.opens(i) & pass, pass, carry);
    }
    carry = 0;
    for (index_t i = rows.words - 1; i >= 0; --i) {
        std::uint64_t const wall_after = wall(i) >> 1 | (i + 1 < rows.words ? wall(i + 1) << 63 : 0);
        std::uint64_t const pass = rows.inner(i) & ~wall_after;
        out[i] |= flood_down(rows.closes(i) & pass, pass, carry);
    }
}

} // namespace detail

template <policy Policy>
minimum_walls minimum(Policy const& p, bit_image const& mask, index_t max_phases) {
    detail::check_sides("quoin::minimum", mask.size());
    if (max_phases < 0) detail::raise("quoin::minimum: max_phases is ", max_phases, "; give a number >= 0");
    std::vector<detail::chord> const horizontal = detail::horizontal_chords(p, mask);
    std::vector<detail::chord> const vertical = detail::vertical_chords(p, mask);
    detail::kept_chords const kept = detail::keep_chords(p, horizontal, vertical, mask.size(), max_phases);

    minimum_walls result{{}, kept.gap == 0, kept.gap};
    bit_image& across = result.cuts.horizontal = bit_image(mask.size());
    bit_image& down = result.cuts.vertical = detail::draw_vertical(p, mask.size(), vertical, kept.vertical);
    for_each_chunk(p, detail::row_chunks(mask.height()), [&](index_t begin, index_t end) {
        for (index_t y = std::max<index_t>(begin, 1); y < end; ++y)
            detail::grow_horizontal({mask.row(y - 1), mask.row(y), mask.words_per_row()}, down.row(y - 1), down.row(y),
                                    across.row(y));
    });
    return result;
}

QUOIN_NAMESPACE_END
