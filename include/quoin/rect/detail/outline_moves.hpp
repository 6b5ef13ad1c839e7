// SPDX-License-Identifier: BSL-1.0
// Moves of single sides of a mask that save rectangles or area.
#pragma once

#include <quoin/rect/detail/chorded_mask.hpp>
#include <quoin/rect/detail/mask_errors.hpp>

#include <algorithm>
#include <vector>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Searches sides, and parts of sides, that are better at another position. A move sets or clears one box of pixels
/// along a side. It is made if fewer pixels then differ from the given mask without additional rectangles, or if it
/// saves rectangles; of the latter moves, those with the fewest changed pixels per rectangle come first. No move joins,
/// cuts, creates or closes anything, clears a pixel of the given mask's erosion or sets one outside of its dilation.
template <concepts::policy Policy>
class outline_mover {
public:
    /// `turned` is the transposed given mask. The bounds are those for `reach`.
    outline_mover(Policy const& p, bit_image const& given, bit_image const& turned, edge_bounds const& bounds,
                  bit_image const& mask, index_t reach)
        : mask_(p, mask), limits_{{given, bounds.core, bounds.around},
                                  {turned, transposed(p, bounds.core), transposed(p, bounds.around)}},
          reach_(reach) {
        overlap const seen = compare(p, given, mask);
        changed_ = seen.either - seen.both;
        for (std::uint8_t axis = 0; axis < 2; ++axis) {
            side_list const sides = horizontal_sides(p, mask_.mask(axis));
            for (index_t line = 1; line < mask_.mask(axis).height(); ++line)
                for (index_t i = sides.first[line]; i < sides.first[line + 1]; ++i)
                    work_.push_back({axis, static_cast<std::int32_t>(line), sides.all[i].begin});
        }
    }

    /// Makes the moves that change at most `bound` pixels in total and at most `dearest` pixels per rectangle.
    void operator()(index_t bound, index_t dearest) {
        bound_ = bound;
        dearest_ = dearest;
        settle();
        while (!later_.empty()) {
            later const next = later_.front();
            std::pop_heap(later_.begin(), later_.end());
            later_.pop_back();
            // The heap is sorted, so all other moves are at least as expensive.
            if ((next.key + price_unit - 1) / price_unit > bound_ - changed_) return;
            proposal const now = best_move(next.at);
            if (now.key == never) continue;
            if (now.key > next.key) put_off({now.key, 0, next.at});
            else {
                make(now);
                settle();
            }
        }
    }

    index_t changed() const { return changed_; }
    bit_image const& mask() const { return mask_.mask(0); }

private:
    /// The bounds of the mask, in a frame of chorded_mask.
    struct limits {
        bit_image given, core, around;
    };
    /// A place on a side: column `at` of the grid line above row `line`, in frame `axis`.
    struct place {
        std::uint8_t axis;
        std::int32_t line;
        std::int32_t at;
    };
    struct proposal {
        index_t key = never; ///< negative if the move is free; else a price in units of 1 / price_unit pixels
        index_t change = 0;  ///< the change in the number of changed pixels
        pixel_box pixels;
    };
    struct later {
        index_t key;
        index_t order;
        place at;
        friend bool operator<(later const& a, later const& b) {
            return a.key != b.key ? a.key > b.key : a.order > b.order;
        }
    };
    static constexpr index_t never = std::numeric_limits<index_t>::max();
    static constexpr index_t price_unit = 64;

    bool is_side(place s) const {
        bit_image const& mask = mask_.mask(s.axis);
        return s.line > 0 && s.line < mask.height() && s.at >= 0 && s.at < mask.width() &&
               mask.get(s.at, s.line - 1) != mask.get(s.at, s.line);
    }
    /// The begin and end of the side.
    pixel_run side_at(place s) const {
        bit_image const& mask = mask_.mask(s.axis);
        auto const continues = [&](std::int32_t at) {
            return is_side({s.axis, s.line, at}) && mask.get(at, s.line) == mask.get(s.at, s.line);
        };
        pixel_run run{s.at, s.at + 1};
        while (continues(run.begin - 1)) --run.begin;
        while (continues(run.end)) ++run.end;
        return run;
    }
    /// The length of the next side behind an end of a side. It is at most the largest depth of a move.
    std::int32_t next_side(place corner) const {
        std::int32_t longest = 0;
        for (std::int32_t step : {-1, 1}) {
            std::int32_t length = 0;
            auto const axis = static_cast<std::uint8_t>(1 - corner.axis);
            while (length < 2 * reach_ &&
                   is_side({axis, corner.at, step < 0 ? corner.line - 1 - length : corner.line + length}))
                ++length;
            longest = std::max(longest, length);
        }
        return longest;
    }

    /// Evaluates moves of the part `run` of a side, out and in: by powers of two, and to the levels of the sides behind
    /// the next ones. Moves that cost pixels are considered only if they reach such a level, or if `any`.
    void try_moves(place s, pixel_run run, bool any, std::int32_t level, std::int32_t other_level, proposal& best) {
        limits const& f = limits_[s.axis];
        bit_image const& mask = mask_.mask(s.axis);
        bool const below = mask.get(s.at, s.line);
        if (run.begin < 1 || run.end >= mask.width()) return;
        for (bool value : {false, true}) {
            bool const up = below == value;
            pixel_box pixels{s.axis, value, s.line, s.line, run.begin, run.end};
            index_t change = 0;
            for (std::int32_t depth = 1; depth <= 2 * reach_; ++depth) {
                index_t const row = up ? --pixels.top : pixels.bottom++;
                if (row < 1 || row + 1 >= mask.height() || !uniform(mask.row(row), run.begin, run.end, !value) ||
                    !uniform(value ? f.around.row(row) : f.core.row(row), run.begin, run.end, value))
                    break;
                index_t const step = up ? -1 : 1;
                std::uint64_t const* const given = f.given.row(row);
                index_t const set = count(run, [&](index_t i) { return given[i]; });
                index_t const unset = run.end - run.begin - set;
                change += value ? unset - set : set - unset;
                // A pixel that is set in the given mask must belong to this component, as the pixel next to it does.
                // Some pixels of the component must remain.
                std::uint64_t const* const given_before = f.given.row(row - step);
                if (value && count(run, [&](index_t i) { return given[i] & ~given_before[i]; }) > 0) break;
                std::uint64_t const* const given_behind = f.given.row(row + step);
                std::uint64_t const* const behind = mask.row(row + step);
                if (!value && count(run, [&](index_t i) { return given_behind[i] & behind[i]; }) == 0) continue;
                bool const levels = depth == level || depth == other_level;
                if (levels || (depth & (depth - 1)) == 0) try_move(pixels, change, any || levels, best);
            }
        }
    }
    /// The number of set bits in the run, where word(i) is word i of a row.
    template <class F>
    static index_t count(pixel_run run, F const& word) {
        index_t result = 0;
        for (index_t i = run.begin / 64; i <= (run.end - 1) / 64; ++i)
            result += std::popcount(word(i) & bits_in(i, run.begin, run.end));
        return result;
    }
    void try_move(pixel_box const& pixels, index_t change, bool may_cost, proposal& best) {
        if (change > 0 && (!may_cost || best.key < 0 || change > std::min(dearest_, bound_ - changed_))) return;
        rect const around{pixels.begin, pixels.top, pixels.end - pixels.begin, pixels.bottom - pixels.top};
        if (parts_around(mask_.mask(pixels.axis), around) != 1) return;
        index_t const more = mask_.apply(pixels);
        mask_.undo(pixels);
        index_t key = never;
        if (more < 0) key = change > 0 ? price_unit * change / -more : change - never / 2;
        else if (more == 0 && change < 0) key = change - never / 4;
        if (key < best.key) best = {key, change, pixels};
    }
    /// The best move of the side, or of parts of the sides where rays from its ends arrive.
    proposal best_move(place s) {
        proposal best;
        if (!is_side(s)) return best;
        pixel_run const run = side_at(s);
        grid_point const first = point_at(s.axis, run.begin, s.line), last = point_at(s.axis, run.end, s.line);
        bool const begin = mask_.lonely(first), end = mask_.lonely(last);
        try_moves(s, run, begin || end, next_side({s.axis, s.line, run.begin}), next_side({s.axis, s.line, run.end}),
                  best);
        if (begin) try_parts(first, best);
        if (end) try_parts(last, best);
        return best;
    }
    /// Evaluates moves of the parts into which the rays from a concave vertex cut the sides at their ends.
    void try_parts(grid_point p, proposal& best) {
        for (std::uint8_t axis = 0; axis < 2; ++axis) {
            std::int32_t const cut = line_of(axis, p);
            for (std::int32_t at : {cut - 1, cut}) {
                place const hit{static_cast<std::uint8_t>(1 - axis), mask_.ray_end(axis, p), at};
                if (!is_side(hit)) continue;
                pixel_run run = side_at(hit);
                (at < cut ? run.end : run.begin) = cut;
                try_moves(hit, run, true, 0, 0, best);
            }
        }
    }

    void make(proposal const& move) {
        mask_.apply(move.pixels);
        changed_ += move.change;
        auto const look_at = [&](grid_point p) {
            for (std::uint8_t axis = 0; axis < 2; ++axis)
                for (std::int32_t at : {at_of(axis, p) - 1, at_of(axis, p)})
                    if (place const s{axis, line_of(axis, p), at}; is_side(s)) work_.push_back(s);
        };
        pixel_box const& b = move.pixels;
        for (grid_point p : mask_.vertices_before()) look_at(p);
        for (grid_point p : mask_.vertices_after()) look_at(p);
        for (std::int32_t at : {b.begin, b.end})
            for (std::int32_t line : {b.top, b.bottom}) look_at(point_at(b.axis, at, line));
        for (auto const& [axis, what] : mask_.changed_chords()) {
            look_at(point_at(axis, what.begin, what.line));
            look_at(point_at(axis, what.end, what.line));
        }
    }
    void put_off(later move) {
        move.order = order_++;
        later_.push_back(move);
        std::push_heap(later_.begin(), later_.end());
    }
    /// Makes all free moves that are found from the places of `work_`, and defers the others.
    void settle() {
        for (std::size_t i = 0; i < work_.size(); ++i) {
            place const s = work_[i];
            proposal const found = best_move(s);
            if (found.key == never) continue;
            if (found.key < 0) make(found);
            else put_off({found.key, 0, s});
        }
        work_.clear();
    }

    chorded_mask<Policy> mask_;
    limits limits_[2];
    index_t reach_;
    index_t changed_ = 0, bound_ = 0, dearest_ = 0, order_ = 0;
    std::vector<place> work_;
    std::vector<later> later_; ///< a heap
};

} // namespace detail
QUOIN_NAMESPACE_END
