// SPDX-License-Identifier: BSL-1.0
// Moves of single sides of a mask that save rectangles or area; not public.
#pragma once

#include <quoin/segment/detail/mask_errors.hpp>
#include <quoin/segment/detail/outline_fit.hpp>
#include <quoin/segment/detail/transpose.hpp>
#include <quoin/segment/minimum.hpp>

#include <queue>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Searches a mask for sides, and parts of sides, that are better elsewhere. A move sets or clears one box of pixels
/// along a side. It is made if fewer pixels differ from the given mask then and no more rectangles are needed, or if
/// rectangles are saved; of the latter those first that change fewest pixels for each. No move joins, cuts, makes or
/// closes anything, clears a pixel of the given mask's erosion or sets one outside of its dilation.
///
/// Rectangles are counted as concave vertices minus chords that are kept. The kept chords are those of minimum at
/// first; each move removes the ones that it breaks, and looks for new ones from the vertices that it makes or sets
/// free.
class outline_mover {
public:
    /// The turned mask is the given one, transposed.
    template <policy Policy>
    outline_mover(Policy const& p, bit_image const& given, bit_image const& turned, bit_image const& mask,
                  index_t reach)
        : reach_(reach) {
        bit_image core = erosion(p, given, reach);
        bit_image around = dilation(p, given, reach);
        std::vector<chord> const across = horizontal_chords(p, mask);
        std::vector<chord> const down = vertical_chords(p, mask);
        frames_[1] = {transposed(p, mask), turned, transposed(p, core), transposed(p, around),
                      bit_image(given.height() + 1, given.width() + 1)};
        frames_[0] = {mask, given, std::move(core), std::move(around),
                      bit_image(given.width() + 1, given.height() + 1)};

        constexpr index_t all_phases = std::numeric_limits<index_t>::max();
        auto const kept = keep_chords(p, across, down, mask.size(), all_phases, [] { return false; }).vertical;
        for (std::size_t i = 0; i < down.size(); ++i)
            if (kept[i] != 0) exchange({1, true, down[i]});
        for (chord const& c : across)
            if (!crossed(0, c.line, c.begin, c.end + 1)) exchange({0, true, c});

        overlap const seen = compare(p, given, mask);
        changed_ = seen.either - seen.both;
        for (std::uint8_t axis = 0; axis < 2; ++axis) {
            side_list const sides = horizontal_sides(p, frames_[axis].mask);
            for (index_t line = 1; line < frames_[axis].mask.height(); ++line)
                for (index_t i = sides.first[line]; i < sides.first[line + 1]; ++i)
                    work_.push_back({axis, static_cast<std::int32_t>(line), sides.all[i].begin});
        }
    }

    /// Makes the moves that change no more than `bound` pixels in all and no more than `dearest` for each rectangle.
    void operator()(index_t bound, index_t dearest) {
        bound_ = bound;
        dearest_ = dearest;
        settle();
        while (!later_.empty()) {
            later const next = later_.top();
            later_.pop();
            // All others are as dear.
            if ((next.key + price_unit - 1) / price_unit > bound_ - changed_) return;
            proposal const now = best_move(next.at);
            if (now.key == never) continue;
            if (now.key > next.key) later_.push({now.key, order_++, next.at});
            else {
                make(now);
                settle();
            }
        }
    }

    index_t changed() const { return changed_; }
    bit_image const& mask() const { return frames_[0].mask; }

private:
    /// What there is of the mask; frame 1 has rows and columns exchanged.
    struct frame {
        bit_image mask, given, core, around;
        bit_image chords; ///< bit x of row y: a kept chord covers the column x of the line above row y
    };
    /// A place on a side: column `at` of the line above row `line`, in frame `axis`.
    struct place {
        std::uint8_t axis;
        std::int32_t line;
        std::int32_t at;
    };
    /// The pixels [begin, end) of the rows [top, bottom) in frame `axis`, all to get the value.
    struct box {
        std::uint8_t axis = 0;
        bool value = false;
        std::int32_t top = 0, bottom = 0, begin = 0, end = 0;
    };
    struct chord_change {
        std::uint8_t axis;
        bool added;
        chord what;
    };
    struct proposal {
        index_t key = never; ///< negative if there is nothing to pay; or a price in units of 1 / price_unit pixels
        index_t change = 0;  ///< of the changed pixels
        box pixels;
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

    static grid_point point(int axis, index_t at, index_t line) {
        auto const a = static_cast<std::int32_t>(at);
        auto const b = static_cast<std::int32_t>(line);
        return axis == 0 ? grid_point{a, b} : grid_point{b, a};
    }
    static std::int32_t at_of(int axis, grid_point p) { return axis == 0 ? p.x : p.y; }
    static std::int32_t line_of(int axis, grid_point p) { return axis == 0 ? p.y : p.x; }

    bool concave(grid_point p) const {
        bit_image const& m = frames_[0].mask;
        return p.x > 0 && p.y > 0 && p.x < m.width() && p.y < m.height() &&
               m.get(p.x - 1, p.y - 1) + m.get(p.x, p.y - 1) + m.get(p.x - 1, p.y) + m.get(p.x, p.y) == 3;
    }
    /// Calls f for the concave vertices begin <= at <= end on an inner line.
    template <class F>
    void concave_on_line(int axis, index_t line, index_t begin, index_t end, F const& f) const {
        std::uint64_t const* const above = frames_[axis].mask.row(line - 1);
        std::uint64_t const* const below = frames_[axis].mask.row(line);
        index_t const last = std::min(end, frames_[axis].mask.width() - 1);
        for (index_t i = begin / 64; i <= last / 64; ++i) {
            std::uint64_t const a = above[i], b = below[i], c = from_left(above, i), d = from_left(below, i);
            std::uint64_t three = ((a & b) & (c ^ d)) | ((c & d) & (a ^ b));
            if (i == begin / 64) three &= ~std::uint64_t{0} << (begin % 64);
            if (i == last / 64) three &= ~std::uint64_t{0} >> (63 - last % 64);
            for_each_bit(three, i, [&](index_t at) { f(point(axis, at, line)); });
        }
    }
    /// The concave vertices on the sides of a box.
    void concave_around(box const& b, std::vector<grid_point>& out) const {
        out.clear();
        auto const add = [&](grid_point p) { out.push_back(p); };
        concave_on_line(b.axis, b.top, b.begin, b.end, add);
        concave_on_line(b.axis, b.bottom, b.begin, b.end, add);
        if (b.bottom - b.top > 1) {
            concave_on_line(1 - b.axis, b.begin, b.top + 1, b.bottom - 1, add);
            concave_on_line(1 - b.axis, b.end, b.top + 1, b.bottom - 1, add);
        }
    }

    /// A kept chord's place that ends at or passes the point, in frame `axis`; -1 where there is none.
    std::int32_t chord_at(int axis, grid_point p) const {
        std::int32_t const at = at_of(axis, p), line = line_of(axis, p);
        if (frames_[axis].chords.get(at, line)) return at;
        return frames_[axis].chords.get(at - 1, line) ? at - 1 : -1;
    }
    bool on_chord(grid_point p) const { return chord_at(0, p) >= 0 || chord_at(1, p) >= 0; }
    /// Whether kept chords of the other direction meet the points begin <= at < end of a line.
    bool crossed(int axis, index_t line, index_t begin, index_t end) const {
        bit_image const& others = frames_[1 - axis].chords;
        for (index_t at = begin; at < end; ++at)
            if (others.get(line, at) || (line > 0 && others.get(line - 1, at))) return true;
        return false;
    }
    void exchange(chord_change const& c) {
        flip_range(frames_[c.axis].chords.row(c.what.line), c.what.begin, c.what.end);
    }
    void change(chord_change const& c) {
        exchange(c);
        chord_log_.push_back(c);
    }
    void drop_chord(std::uint8_t axis, index_t at, index_t line) {
        bit_image const& chords = frames_[axis].chords;
        index_t begin = at, end = at + 1;
        while (begin > 0 && chords.get(begin - 1, line)) --begin;
        while (chords.get(end, line)) ++end;
        change({axis, false, make_chord(line, begin, end)});
    }

    /// Where the ray from a concave vertex through the inside ends.
    std::int32_t ray_end(int axis, grid_point p) const {
        bit_image const& mask = frames_[axis].mask;
        std::uint64_t const* const above = mask.row(line_of(axis, p) - 1);
        std::uint64_t const* const below = mask.row(line_of(axis, p));
        index_t at = at_of(axis, p);
        auto const outside = [&](index_t i) { return ~(above[i] & below[i]); };
        index_t i = at / 64;
        if (((outside(i) >> (at % 64)) & 1) == 0) {
            std::uint64_t found = outside(i) & (~std::uint64_t{0} << (at % 64));
            while (found == 0 && ++i < mask.words_per_row()) found = outside(i);
            return static_cast<std::int32_t>(found != 0 ? i * 64 + std::countr_zero(found) : mask.width());
        }
        i = (at - 1) / 64;
        std::uint64_t found = outside(i) & (~std::uint64_t{0} >> (63 - (at - 1) % 64));
        while (found == 0 && --i >= 0) found = outside(i);
        return static_cast<std::int32_t>(found != 0 ? i * 64 + 64 - std::countl_zero(found) : 0);
    }
    /// Keeps the shorter chord from a vertex that has none, if there is one that meets no other.
    void add_chord(grid_point p) {
        if (!concave(p) || on_chord(p)) return;
        chord_change best{0, true, {0, 0, 0}};
        for (std::uint8_t axis = 0; axis < 2; ++axis) {
            std::int32_t const line = line_of(axis, p);
            auto const [begin, end] = std::minmax({at_of(axis, p), ray_end(axis, p)});
            if (best.what.end > 0 && end - begin >= best.what.end - best.what.begin) continue;
            grid_point const other = point(axis, begin == at_of(axis, p) ? end : begin, line);
            if (concave(other) && !on_chord(other) && !crossed(axis, line, begin + 1, end))
                best = {axis, true, {line, begin, end}};
        }
        if (best.what.end > 0) change(best);
    }

    /// Whether the way around a box has one stretch of set pixels and one of others.
    bool one_part_around(box const& b) const {
        bit_image const& mask = frames_[b.axis].mask;
        bool before = mask.get(b.begin - 1, b.top);
        int parts = 0;
        auto const visit = [&](index_t at, index_t row) {
            bool const here = mask.get(at, row);
            parts += here && !before;
            before = here;
        };
        // One of the longer sides is all set, most often, and the other one not at all.
        auto const visit_row = [&](index_t row, index_t first, index_t step) {
            bool const all_alike = uniform(mask.row(row), b.begin, b.end, mask.get(b.begin, row));
            for (index_t i = all_alike ? b.end - b.begin - 1 : 0; i < b.end - b.begin; ++i)
                visit(first + i * step, row);
        };
        visit(b.begin - 1, b.top - 1);
        visit_row(b.top - 1, b.begin, 1);
        for (index_t row = b.top - 1; row <= b.bottom; ++row) visit(b.end, row);
        visit_row(b.bottom, b.end - 1, -1);
        for (index_t row = b.bottom; row >= b.top; --row) visit(b.begin - 1, row);
        return parts == 1;
    }

    void flip(box const& b) {
        for (index_t row = b.top; row < b.bottom; ++row) flip_range(frames_[b.axis].mask.row(row), b.begin, b.end);
        for (index_t at = b.begin; at < b.end; ++at) flip_range(frames_[1 - b.axis].mask.row(at), b.top, b.bottom);
    }
    /// Changes the pixels of the box, and the chords. Returns by how many rectangles there are more then.
    index_t apply(box const& b) {
        chord_log_.clear();
        concave_around(b, before_);
        for (grid_point p : before_)
            for (std::uint8_t axis = 0; axis < 2; ++axis)
                if (std::int32_t const at = chord_at(axis, p); at >= 0) drop_chord(axis, at, line_of(axis, p));
        if (!b.value) {
            for (index_t line = b.top; line <= b.bottom; ++line) {
                bit_image const& chords = frames_[b.axis].chords;
                if (uniform(chords.row(line), b.begin, b.end, false)) continue;
                for (index_t at = b.begin; at < b.end; ++at)
                    if (chords.get(at, line)) drop_chord(b.axis, at, line);
            }
            for (index_t line = b.begin; line <= b.end; ++line)
                for (index_t at = b.top; at < b.bottom; ++at)
                    if (frames_[1 - b.axis].chords.get(at, line))
                        drop_chord(static_cast<std::uint8_t>(1 - b.axis), at, line);
        }
        flip(b);
        concave_around(b, after_);
        std::size_t const dropped = chord_log_.size();
        for (grid_point p : after_) add_chord(p);
        for (grid_point p : before_) add_chord(p);
        for (std::size_t i = 0; i < dropped; ++i) {
            chord_change const c = chord_log_[i];
            add_chord(point(c.axis, c.what.begin, c.what.line));
            add_chord(point(c.axis, c.what.end, c.what.line));
        }
        auto const added = static_cast<index_t>(chord_log_.size() - dropped);
        return static_cast<index_t>(after_.size()) - static_cast<index_t>(before_.size()) +
               static_cast<index_t>(dropped) - added;
    }
    void undo(box const& b) {
        for (std::size_t i = chord_log_.size(); i-- > 0;) exchange(chord_log_[i]);
        flip(b);
    }

    bool is_side(place s) const {
        bit_image const& mask = frames_[s.axis].mask;
        return s.line > 0 && s.line < mask.height() && s.at >= 0 && s.at < mask.width() &&
               mask.get(s.at, s.line - 1) != mask.get(s.at, s.line);
    }
    /// From where to where the side reaches.
    pixel_run side_at(place s) const {
        bool const below = frames_[s.axis].mask.get(s.at, s.line);
        auto const continues = [&](std::int32_t at) {
            return is_side({s.axis, s.line, at}) && frames_[s.axis].mask.get(at, s.line) == below;
        };
        pixel_run run{s.at, s.at + 1};
        while (continues(run.begin - 1)) --run.begin;
        while (continues(run.end)) ++run.end;
        return run;
    }
    /// How long the next side is, behind an end of a side; no more than a move can be deep.
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

    /// Looks at what becomes of the part `run` of a side if it moves out or in: by powers of two, and by what makes it
    /// level with the sides behind the next ones. Other moves than those are made for nothing only, unless `any`.
    void try_moves(place s, pixel_run run, bool any, std::int32_t level, std::int32_t other_level, proposal& best) {
        frame const& f = frames_[s.axis];
        bool const below = f.mask.get(s.at, s.line);
        if (run.begin < 1 || run.end >= f.mask.width()) return;
        for (bool value : {false, true}) {
            bool const up = below == value;
            box pixels{s.axis, value, s.line, s.line, run.begin, run.end};
            index_t change = 0;
            for (std::int32_t depth = 1; depth <= 2 * reach_; ++depth) {
                index_t const row = up ? --pixels.top : pixels.bottom++;
                if (row < 1 || row + 1 >= f.mask.height() || !uniform(f.mask.row(row), run.begin, run.end, !value) ||
                    !uniform(value ? f.around.row(row) : f.core.row(row), run.begin, run.end, value))
                    break;
                index_t const step = up ? -1 : 1;
                std::uint64_t const* const given = f.given.row(row);
                index_t const set = count(run, [&](index_t i) { return given[i]; });
                index_t const unset = run.end - run.begin - set;
                change += value ? unset - set : set - unset;
                // What is set in the given mask must be in this component there, as what is next to it is; and some
                // pixels of the component must stay.
                std::uint64_t const* const given_before = f.given.row(row - step);
                if (value && count(run, [&](index_t i) { return given[i] & ~given_before[i]; }) > 0) break;
                std::uint64_t const* const given_behind = f.given.row(row + step);
                std::uint64_t const* const behind = f.mask.row(row + step);
                if (!value && count(run, [&](index_t i) { return given_behind[i] & behind[i]; }) == 0) continue;
                bool const levels = depth == level || depth == other_level;
                if (levels || (depth & (depth - 1)) == 0) try_move(pixels, change, any || levels, best);
            }
        }
    }
    /// How many bits of the run are set, where word(i) is the word i of a row.
    template <class F>
    static index_t count(pixel_run run, F const& word) {
        index_t result = 0;
        index_t const last = (run.end - 1) / 64;
        for (index_t i = run.begin / 64; i <= last; ++i) {
            std::uint64_t bits = word(i);
            if (i == run.begin / 64) bits &= ~std::uint64_t{0} << (run.begin % 64);
            if (i == last) bits &= ~std::uint64_t{0} >> (63 - (run.end - 1) % 64);
            result += std::popcount(bits);
        }
        return result;
    }
    void try_move(box const& pixels, index_t change, bool may_cost, proposal& best) {
        if (change > 0 && (!may_cost || best.key < 0 || change > std::min(dearest_, bound_ - changed_))) return;
        if (!one_part_around(pixels)) return;
        index_t const more = apply(pixels);
        undo(pixels);
        index_t key = never;
        if (more < 0) key = change > 0 ? price_unit * change / -more : change - never / 2;
        else if (more == 0 && change < 0) key = change - never / 4;
        if (key < best.key) best = {key, change, pixels};
    }
    /// The best move of the side, or of parts of those sides where rays from its ends arrive.
    proposal best_move(place s) {
        proposal best;
        if (!is_side(s)) return best;
        pixel_run const run = side_at(s);
        auto const lonely = [&](std::int32_t at) {
            grid_point const p = point(s.axis, at, s.line);
            return concave(p) && !on_chord(p);
        };
        bool const begin = lonely(run.begin), end = lonely(run.end);
        try_moves(s, run, begin || end, next_side({s.axis, s.line, run.begin}), next_side({s.axis, s.line, run.end}),
                  best);
        if (begin) try_parts(point(s.axis, run.begin, s.line), best);
        if (end) try_parts(point(s.axis, run.end, s.line), best);
        return best;
    }
    /// Looks at moves of the parts into which the rays from a concave vertex cut the sides at their ends.
    void try_parts(grid_point p, proposal& best) {
        for (std::uint8_t axis = 0; axis < 2; ++axis) {
            std::int32_t const cut = line_of(axis, p);
            for (std::int32_t at : {cut - 1, cut}) {
                place const hit{static_cast<std::uint8_t>(1 - axis), ray_end(axis, p), at};
                if (!is_side(hit)) continue;
                pixel_run run = side_at(hit);
                (at < cut ? run.end : run.begin) = cut;
                try_moves(hit, run, true, 0, 0, best);
            }
        }
    }

    void make(proposal const& move) {
        apply(move.pixels);
        changed_ += move.change;
        auto const look_at = [&](grid_point p) {
            for (std::uint8_t axis = 0; axis < 2; ++axis)
                for (std::int32_t at : {at_of(axis, p) - 1, at_of(axis, p)})
                    if (place const s{axis, line_of(axis, p), at}; is_side(s)) work_.push_back(s);
        };
        box const& b = move.pixels;
        for (grid_point p : before_) look_at(p);
        for (grid_point p : after_) look_at(p);
        for (std::int32_t at : {b.begin, b.end})
            for (std::int32_t line : {b.top, b.bottom}) look_at(point(b.axis, at, line));
        for (chord_change const& c : chord_log_)
            for (std::int32_t at : {c.what.begin, c.what.end}) look_at(point(c.axis, at, c.what.line));
    }
    /// Makes all moves at no price that are found from the places of `work_` on; puts the others off.
    void settle() {
        for (std::size_t i = 0; i < work_.size(); ++i) {
            place const s = work_[i];
            proposal const found = best_move(s);
            if (found.key == never) continue;
            if (found.key < 0) make(found);
            else later_.push({found.key, order_++, s});
        }
        work_.clear();
    }

    frame frames_[2];
    index_t reach_;
    index_t changed_ = 0, bound_ = 0, dearest_ = 0, order_ = 0;
    std::vector<place> work_;
    std::priority_queue<later> later_;
    std::vector<chord_change> chord_log_;      ///< of the last box applied
    std::vector<grid_point> before_, after_; ///< concave vertices around it
};

} // namespace detail
QUOIN_NAMESPACE_END
