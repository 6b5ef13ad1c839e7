// SPDX-License-Identifier: BSL-1.0
// A mask with its kept chords, which counts rectangles while boxes of pixels change.
#pragma once

#include <quoin/mask/detail/transpose.hpp>
#include <quoin/rect/detail/outlines.hpp>
#include <quoin/rect/minimum_partition.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

// Frame 0 has the rows of the mask, and frame 1 has rows and columns exchanged. A point is column `at` of the grid line
// above row `line`.
inline grid_point point_at(int axis, index_t at, index_t line) {
    auto const a = static_cast<std::int32_t>(at);
    auto const b = static_cast<std::int32_t>(line);
    return axis == 0 ? grid_point{a, b} : grid_point{b, a};
}
inline std::int32_t at_of(int axis, grid_point p) { return axis == 0 ? p.x : p.y; }
inline std::int32_t line_of(int axis, grid_point p) { return axis == 0 ? p.y : p.x; }

/// The pixels [begin, end) of the rows [top, bottom) in frame `axis`, which all get the value.
struct pixel_box {
    std::uint8_t axis = 0;
    bool value = false;
    std::int32_t top = 0, bottom = 0, begin = 0, end = 0;
};

/// Counts rectangles as concave vertices minus kept chords. At first these are the chords of minimum_partition. Each
/// change removes the chords that it breaks, and searches new ones from the vertices that it creates or frees.
template <concepts::policy Policy>
class chorded_mask {
public:
    struct chord_change {
        std::uint8_t axis;
        chord what;
    };

    chorded_mask(Policy const& p, bit_image const& mask)
        : frames_{{mask, bit_image(mask.width() + 1, mask.height() + 1)},
                  {transposed(p, mask), bit_image(mask.height() + 1, mask.width() + 1)}} {
        std::vector<chord> const across = horizontal_chords(p, mask);
        std::vector<chord> const down = vertical_chords(p, mask);
        constexpr index_t all_phases = std::numeric_limits<index_t>::max();
        auto const kept = keep_chords(p, across, down, mask.size(), all_phases, [] { return false; }).vertical;
        for (std::size_t i = 0; i < down.size(); ++i)
            if (kept[i] != 0) exchange({1, down[i]});
        for (chord const& c : across)
            if (!crossed(0, c.line, c.begin, c.end + 1)) exchange({0, c});
    }

    /// The mask in a frame.
    bit_image const& mask(int axis) const { return frames_[axis].mask; }

    /// Whether a vertex is concave and lies on no kept chord.
    bool lonely(grid_point p) const { return concave(p) && !on_chord(p); }

    /// The end of the ray from a concave vertex through the inside.
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

    /// Changes the pixels of the box, and the chords. Returns the change in the number of rectangles.
    index_t apply(pixel_box const& b) {
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
            add_chord(point_at(c.axis, c.what.begin, c.what.line));
            add_chord(point_at(c.axis, c.what.end, c.what.line));
        }
        auto const added = static_cast<index_t>(chord_log_.size() - dropped);
        return static_cast<index_t>(after_.size()) - static_cast<index_t>(before_.size()) +
               static_cast<index_t>(dropped) - added;
    }
    /// Undoes the last apply.
    void undo(pixel_box const& b) {
        for (std::size_t i = chord_log_.size(); i-- > 0;) exchange(chord_log_[i]);
        flip(b);
    }

    /// The results of the last apply: the concave vertices on the sides of the box before and after it, and the changed
    /// chords.
    std::vector<grid_point> const& vertices_before() const { return before_; }
    std::vector<grid_point> const& vertices_after() const { return after_; }
    std::vector<chord_change> const& changed_chords() const { return chord_log_; }

private:
    struct frame {
        bit_image mask;
        bit_image chords; ///< bit x of row y: a kept chord covers column x of the grid line above row y
    };

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
            std::uint64_t const three = ((a & b) & (c ^ d)) | ((c & d) & (a ^ b));
            for_each_bit(three & bits_in(i, begin, last + 1), i, [&](index_t at) { f(point_at(axis, at, line)); });
        }
    }
    /// Finds the concave vertices on the sides of a box.
    void concave_around(pixel_box const& b, std::vector<grid_point>& out) const {
        out.clear();
        auto const add = [&](grid_point p) { out.push_back(p); };
        concave_on_line(b.axis, b.top, b.begin, b.end, add);
        concave_on_line(b.axis, b.bottom, b.begin, b.end, add);
        if (b.bottom - b.top > 1) {
            concave_on_line(1 - b.axis, b.begin, b.top + 1, b.bottom - 1, add);
            concave_on_line(1 - b.axis, b.end, b.top + 1, b.bottom - 1, add);
        }
    }

    /// The position of a kept chord that ends at the point or passes it, in frame `axis`; -1 if there is none.
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
        change({axis, make_chord(line, begin, end)});
    }
    /// Keeps the shorter of the chords from a vertex without a chord, among those that meet no other chord.
    void add_chord(grid_point p) {
        if (!lonely(p)) return;
        chord_change best{0, {0, 0, 0}};
        for (std::uint8_t axis = 0; axis < 2; ++axis) {
            std::int32_t const line = line_of(axis, p);
            auto const [begin, end] = std::minmax({at_of(axis, p), ray_end(axis, p)});
            if (best.what.end > 0 && end - begin >= best.what.end - best.what.begin) continue;
            grid_point const other = point_at(axis, begin == at_of(axis, p) ? end : begin, line);
            if (lonely(other) && !crossed(axis, line, begin + 1, end))
                best = {axis, {line, begin, end}};
        }
        if (best.what.end > 0) change(best);
    }
    void flip(pixel_box const& b) {
        for (index_t row = b.top; row < b.bottom; ++row) flip_range(frames_[b.axis].mask.row(row), b.begin, b.end);
        for (index_t at = b.begin; at < b.end; ++at) flip_range(frames_[1 - b.axis].mask.row(at), b.top, b.bottom);
    }

    frame frames_[2];
    std::vector<chord_change> chord_log_;
    std::vector<grid_point> before_, after_;
};

} // namespace detail
QUOIN_NAMESPACE_END
