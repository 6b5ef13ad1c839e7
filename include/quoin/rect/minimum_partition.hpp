// SPDX-License-Identifier: BSL-1.0
// minimum: the walls that cut a mask into the fewest rectangles.
#pragma once

#include <quoin/core/detail/steady_seconds.hpp>
#include <quoin/exec/detail/policy_ref.hpp>
#include <quoin/rect/detail/matching.hpp>
#include <quoin/rect/rectangles.hpp>

QUOIN_NAMESPACE_BEGIN

/// When minimum_partition stops looking for more chords to keep. Dense random noise, three quarters of the pixels and
/// more, is where that can take most of the time.
struct minimum_options {
    /// Phases of the matching: searches through all conflicts, each followed by some improvements. What so
    /// many phases find is the same always.
    index_t max_phases = std::numeric_limits<index_t>::max();
    /// Seconds from the call on after which no improvement begins; what comes before and after the
    /// improvements is done in any case. Where it is this that stops the search, the walls depend on the
    /// machine and its load.
    double max_seconds = std::numeric_limits<double>::infinity();
};

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
/// 4-connected set pixels). The set is that of König's theorem from a maximum matching, the vertical chords
/// of which become walls; then from every concave vertex that is not on one a horizontal wall grows until it
/// meets a wall or the background. Which maximum matching was found does not change the set.
///
/// Stopped early by the options, the walls still cut the mask exactly, `optimal` is false and `gap` true.
/// Unless it was by the time, the walls are the same under every policy.
///
/// Cost: a few passes over the words of the mask; a first matching in O(conflicts), which is maximum on most
/// masks; then phases of O(conflicts), some tens in noise. Memory for the chords, and for their conflicts by
/// ranges of neighbors.
/// @throws invalid_argument for a mask with a side above 2^31 - 1 pixels or with more than 2^31 - 1 chords of
/// one direction, and for max_phases < 0 or max_seconds < 0.
template <concepts::policy Policy>
minimum_walls minimum_partition(Policy const& p, bit_image const& mask, minimum_options const& options = {});

namespace detail {

inline void check(minimum_options const& options) {
    if (options.max_phases < 0)
        raise("quoin::minimum_partition: max_phases is ", options.max_phases, "; give a number >= 0");
    if (!(options.max_seconds >= 0))
        raise("quoin::minimum_partition: max_seconds is ", options.max_seconds, "; give a number >= 0");
}

/// Which vertical chords become walls.
struct kept_chords {
    std::vector<std::uint8_t> vertical;
    index_t gap = 0;
};

/// `stop` is a time budget's end.
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

/// Sets the walls of the vertical chords that are kept.
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

/// Grows walls on the grid line between two rows, from every concave vertex through the columns that are inner
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
