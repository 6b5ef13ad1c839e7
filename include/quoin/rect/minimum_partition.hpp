// SPDX-License-Identifier: BSL-1.0
// minimum_partition: the walls that cut a mask into the fewest rectangles.
#pragma once

#include <quoin/core/detail/steady_seconds.hpp>
#include <quoin/exec/detail/policy_ref.hpp>
#include <quoin/rect/detail/matching.hpp>
#include <quoin/rect/rectangles.hpp>

QUOIN_NAMESPACE_BEGIN

/// Limits of the search for the largest set of chords. The search can take most of the time in dense random noise, with
/// three quarters of the pixels or more set.
struct minimum_options {
    /// The largest number of matching phases. A phase is a search through all conflicts, followed by improvements. The
    /// result of a given number of phases is always the same.
    index_t max_phases = std::numeric_limits<index_t>::max();
    /// The number of seconds after the call at which no further improvement begins. The work before and after the
    /// improvements is always done. If this limit stops the search, the walls depend on the machine and its load.
    double max_seconds = std::numeric_limits<double>::infinity();
};

/// Walls, and the bound on their distance from the optimum.
struct minimum_walls {
    walls cuts;
    bool optimal = true; ///< proved: no partition into rectangles has fewer
    index_t gap = 0;     ///< proved: no partition into rectangles has fewer than the count of this one minus gap
};

/// Walls that cut the mask into the fewest possible rectangles. Their number is
///     concave vertices - largest set of chords without conflicts + components - holes
/// A chord is a grid line segment through the inside of the mask that joins two concave vertices. Two chords are in
/// conflict if they share a point. Set pixels are 4-connected. The set of chords follows from a maximum matching by
/// König's theorem. Its vertical chords become walls. Then a horizontal wall grows from every concave vertex that is
/// not on a wall until it meets a wall or the background. Every maximum matching gives the same set.
///
/// If a limit of the options stops the search, the walls still cut the mask into rectangles, `optimal` is false, and
/// `gap` is a proved bound. The walls are the same under every policy, unless max_seconds stopped the search. Cost: a
/// few passes over the words of the mask, and a first matching in O(conflicts), which is maximum on most masks.
/// Otherwise phases of O(conflicts) follow, some tens in noise. Memory: the chords, and ranges of their neighbors for
/// the conflicts.
///
/// Source: Lipski et al. 1979; Ohtsuki 1982; Ferrari, Sankar and Sklansky 1984.
/// @throws invalid_argument for a mask with a side above 2^31 - 1 pixels or with more than 2^31 - 1 chords of one
/// direction, and unless max_phases >= 0 and max_seconds >= 0.
template <concepts::policy Policy>
minimum_walls minimum_partition(Policy const& p, bit_image const& mask, minimum_options const& options = {});

namespace detail {

inline void check(minimum_options const& options) {
    if (options.max_phases < 0)
        raise("quoin::minimum_partition: max_phases is ", options.max_phases, "; give a number >= 0");
    if (!(options.max_seconds >= 0))
        raise("quoin::minimum_partition: max_seconds is ", options.max_seconds, "; give a number >= 0");
}

/// For each vertical chord, whether it becomes a wall.
struct kept_chords {
    std::vector<std::uint8_t> vertical;
    index_t gap = 0;
};

/// `stop` returns whether the time is over.
template <concepts::policy Policy, class Stop>
kept_chords keep_chords(Policy const& p, std::vector<chord> const& horizontal, std::vector<chord> const& vertical,
                        extent size, index_t max_phases, Stop const& stop) {
    constexpr std::size_t most = std::numeric_limits<chord_id>::max();
    if (std::max(horizontal.size(), vertical.size()) > most)
        raise("quoin::minimum_partition: ", horizontal.size(), " horizontal and ", vertical.size(),
              " vertical chords; cut the mask into parts with no more than ", most, " of either");
    std::vector<chord_id> const h_order = order_along_chains(horizontal, size.width, size.width + 1);
    std::vector<chord_id> const v_order = order_along_chains(vertical, size.height, tuning::chord_band);
    std::vector<chord_id> const h_id = inverse(h_order);
    std::vector<chord_id> const v_id = inverse(v_order);
    conflict_ranges of_h, of_v;
    p.bulk(2, [&](index_t i) {
        if (i == 0) of_h = find_conflicts(horizontal, vertical, size, h_order, v_id);
        else of_v = find_conflicts(vertical, horizontal, {size.height, size.width}, v_order, h_id);
    });
    chord_matching matching(of_h, of_v, stop);
    kept_chords result{std::vector<std::uint8_t>(vertical.size()), matching.choose()};
    if (result.gap > 0) {
        for (index_t phase = 0; phase < max_phases && !stop() && matching.improve();) ++phase;
        result.gap = matching.choose();
    }
    for (std::size_t v = 0; v < vertical.size(); ++v) result.vertical[v] = matching.keeps_vertical(v_id[v]);
    return result;
}

/// Sets the walls of the kept vertical chords.
template <concepts::policy Policy>
bit_image draw_vertical(Policy const& p, extent size, std::vector<chord> const& chords,
                        std::vector<std::uint8_t> const& kept) {
    bit_image result(size);
    for_each_chunk(p, {result.words_per_row(), tuning::mask_column_words}, [&](index_t begin, index_t end) {
        auto const before = [](chord const& c, index_t x) { return c.line < x; };
        auto const first = std::lower_bound(chords.begin(), chords.end(), begin * 64, before);
        auto const last = std::lower_bound(first, chords.end(), end * 64, before);
        for (auto c = first; c != last; ++c)
            if (kept[c - chords.begin()])
                for (index_t y = c->begin; y < c->end; ++y) result.set(c->line, y);
    });
    return result;
}

/// Grows walls on the grid line between two rows. They start at every concave vertex, run through inner columns, and
/// end at a vertical wall of either row. No vertical wall crosses a kept horizontal chord, so the whole chord becomes a
/// wall. A vertex at the end of a vertical wall grows no wall.
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

template <concepts::policy Policy>
minimum_walls walls_of(Policy const& p, bit_image const& mask, minimum_options const& options) {
    double const start = steady_seconds();
    check_sides("quoin::minimum_partition", mask.size());
    check(options);
    std::vector<chord> const horizontal = horizontal_chords(p, mask);
    std::vector<chord> const vertical = vertical_chords(p, mask);
    kept_chords const kept = keep_chords(p, horizontal, vertical, mask.size(), options.max_phases,
                                         [&] { return steady_seconds() - start >= options.max_seconds; });

    minimum_walls result{{}, kept.gap == 0, kept.gap};
    bit_image& across = result.cuts.horizontal = bit_image(mask.size());
    bit_image& down = result.cuts.vertical = draw_vertical(p, mask.size(), vertical, kept.vertical);
    for_each_chunk(p, row_chunks(mask.height()), [&](index_t begin, index_t end) {
        for (index_t y = std::max<index_t>(begin, 1); y < end; ++y)
            grow_horizontal({mask.row(y - 1), mask.row(y), mask.words_per_row()}, down.row(y - 1), down.row(y),
                            across.row(y));
    });
    return result;
}

} // namespace detail

template <concepts::policy Policy>
minimum_walls minimum_partition(Policy const& p, bit_image const& mask, minimum_options const& options) {
    return detail::walls_of(detail::policy_ref::to(p), mask, options);
}

QUOIN_NAMESPACE_END
