// SPDX-License-Identifier: BSL-1.0
// A local stage of the line engine: a ring of padded lines of what comes before it.
#pragma once

#include <quoin/core/detail/aligned_array.hpp>
#include <quoin/core/image_alignment.hpp>
#include <quoin/core/tuning.hpp>
#include <quoin/exec/line/source_rows.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The addresses of the lines around the current row; by value where their number is known, so that the inner loop
/// keeps them in registers.
template <class T, int Up, int Count>
struct fixed_lines {
    T const* line[Count];
    QUOIN_INLINE T const* operator()(int dy) const { return line[Up + dy]; }
    static constexpr fixed_lines from(T const* const* top) {
        fixed_lines lines{};
        for (int i = 0; i < Count; ++i) lines.line[i] = top[i];
        return lines;
    }
};
template <class T>
struct counted_lines {
    T const* const* middle;
    QUOIN_INLINE T const* operator()(int dy) const { return middle[dy]; }
};

/// Lines with the row of results that a functor reads_above: a cursor puts each step into the place of the one above.
template <class T, class R>
struct lines_and_above : counted_lines<T> {
    R* above;
    bool knows_above;
};
/// Lines with the sums over the middle one from its left end that a functor reads_row_sums.
template <class T, class U>
struct lines_and_sums : counted_lines<T> {
    U const* sums;
};
template <class F>
struct row_sums_of {
    using type = std::uint8_t; // of which there are none
};
template <reads_row_sums F>
struct row_sums_of<F> {
    using type = typename F::row_sums;
};

template <class Lanes, class R, class P, class F, class Lines>
struct local_cursor {
    [[no_unique_address]] held_functor<F> f;
    Lines lines;
    index_t plane;
    index_t origin;
    QUOIN_INLINE lane_pixel<Lanes, R> load(index_t x) const {
        auto const result = apply_local<Lanes, R, P>(f, lines, plane, x - origin);
        if constexpr (reads_above<F>)
            for_each_channel<R>([&](auto c) QUOIN_LAMBDA_INLINE {
                constexpr int i = decltype(c)::value;
                Lanes::store(lines.above + x - origin + i * plane, get_channel<i>(result));
            });
        return result;
    }
    QUOIN_INLINE void prefetch_below(index_t) const {}
};

/// The same of rows that upstream lends, with the address of what is read after them.
template <class Lanes, class R, class P, class F, class Lines>
struct lent_cursor : local_cursor<Lanes, R, P, F, Lines> {
    channel_t<P> const* below;
    QUOIN_INLINE void prefetch_below(index_t x) const {
        prefetch_step_below<first_level, Lanes, P>(below, x - this->origin, 0);
    }
};

/// Steps whose windows lie inside the image read what is lent, the others the lines.
template <class Kept, class Lent>
struct ends_cursor {
    Kept kept;
    Lent lent;
    index_t first, last; // the columns between which steps read what is lent
    int step;

    QUOIN_INLINE auto load(index_t x) const { return x >= first && x <= last ? lent.load(x) : kept.load(x); }
    QUOIN_INLINE void prefetch_below(index_t x) const { lent.prefetch_below(x); }
    template <class G>
    QUOIN_INLINE void split(index_t begin, index_t end, G const& g) const {
        index_t const a = begin >= first ? begin : min(end, begin + (first - begin + step - 1) / step * step);
        index_t const b = a > last ? a : min(end, a + ((last - a) / step + 1) * step);
        if (begin < a) g(kept, begin, a);
        if (a < b) g(lent, a, b);
        if (b < end) g(kept, b, end);
    }
};

/// All that the loop uses by value, so that no store can seem to change it.
template <class Lanes, class P, bool Prefetches, class Cursor>
constexpr void store_steps(Cursor const cursor, channel_t<P>* line, index_t plane, index_t x, index_t end) {
    for (; x < end; x += Lanes::count) {
        if constexpr (Prefetches)
            if (!std::is_constant_evaluated()) cursor.prefetch_below(x);
        auto const pixels = cursor.load(x);
        for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
            Lanes::store(line + x + decltype(c)::value * plane, get_channel<decltype(c)::value>(pixels));
        });
    }
}

/// Rows of f(window), f reading rows of Upstream. A row that upstream has computed once stays in one of
/// footprint.rows() lines until no window needs it; borders are written beside the line, so that f never asks where it
/// is. Of rows that upstream lends, which lie in memory as lines do, a line holds the ends alone.
template <class Lanes, class Upstream, class F, class Border>
class local_rows {
    using P = typename Upstream::pixel_type;
    using T = channel_t<P>;
    using row_sum = typename row_sums_of<F>::type;

public:
    using pixel_type = stage_result_t<F, P>;
    static constexpr bool keeps_lines = true;
    static constexpr bool reads_lent = lends_rows<Upstream> && !reads_row_sums<F>;

    constexpr local_rows(Upstream const& upstream, F const& f, Border const& border)
        : upstream_(upstream), f_(f), border_(border), reach_(footprint_of(f)) {
        if constexpr (reads_above<F>) ++reach_.up;
    }

    constexpr index_t width() const { return upstream_.width(); }
    constexpr index_t height() const { return upstream_.height(); }

    /// Bytes of the lines that a row reads and writes for each column of a tile, with those of upstream. Where a row
    /// follows from the one above, it reads two lines of the window.
    constexpr index_t bytes_per_column() const {
        index_t const rows = reads_above<F> ? 2 : reach_.rows();
        index_t bytes = upstream_.bytes_per_column() + rows * static_cast<index_t>(sizeof(P));
        if constexpr (reads_above<F>) bytes += static_cast<index_t>(sizeof(pixel_type));
        if constexpr (reads_row_sums<F>) bytes += channels_v<P> * static_cast<index_t>(sizeof(row_sum));
        return bytes;
    }

    /// The rows of the source that a strip computes beside its own.
    constexpr index_t halo() const { return upstream_.halo() + reach_.up + reach_.down; }

    /// Says which columns of the result will be read, and takes memory for them.
    constexpr void prepare(columns result) {
        index_t const w = width();
        input_ = {max<index_t>(0, result.begin - reach_.left), min<index_t>(w, result.end + reach_.right)};
        at_left_ = result.begin < reach_.left;
        at_right_ = result.end + reach_.right > w;
        // What a border folds back into the image must be there too.
        if (at_left_) input_.end = max(input_.end, min<index_t>(w, reach_.left + 1));
        if (at_right_) input_.begin = min(input_.begin, max<index_t>(0, w - 1 - reach_.right));
        if (Border::periodic) input_ = {0, w};
        upstream_.prepare(input_);

        constexpr index_t align = static_cast<index_t>(image_alignment / sizeof(T));
        front_ = round_up(reach_.left + reads_row_sums<F>, align);
        plane_ = front_ + round_up(input_.end - input_.begin + reach_.right + 2 * Lanes::count, align);
        // Lines about a multiple of a page apart would fight for the same few places of the first-level cache.
        constexpr index_t page = 4096 / sizeof(T), apart = tuning::lines_apart / sizeof(T);
        if (index_t const near = (plane_ + apart) % page; plane_ > page / 2 && near < 2 * apart)
            plane_ += 2 * apart - near;
        line_size_ = plane_ * channels_v<P>;
        int const rows = reach_.rows();
        memory_ = aligned_array<T>(line_size_ * (rows + Border::has_value));
        held_ = aligned_array<index_t>(rows);
        for (int i = 0; i < rows; ++i) held_.data()[i] = nowhere;
        slots_ = aligned_array<int>(rows);
        lines_ = aligned_array<T const*>(rows);
        if constexpr (reads_lent) lent_ = aligned_array<T const*>(rows);
        if constexpr (reads_above<F>) above_ = aligned_array<channel_t<pixel_type>>(line_size_);
        if constexpr (reads_row_sums<F>) sums_ = aligned_array<row_sum>(line_size_);
        row_ = nowhere;
        if constexpr (Border::has_value) {
            P const value = outside_pixel<P>(f_, border_);
            for_each_channel<P>([&](auto c) {
                T* const line = slot(rows) - front_ + decltype(c)::value * plane_;
                for (index_t i = 0; i < plane_; ++i) line[i] = get_channel<decltype(c)::value>(value);
            });
        }
    }

    constexpr auto row(index_t y) {
        bool const follows = y == row_ + 1;
        gather_lines(y);
        if constexpr (reads_row_sums<F>)
            if (f_.wants_row_sums()) sum_line(lines_.data()[reach_.up] - front_);
        using lines = decltype(lines_from(lines_.data(), follows));
        using of_lines = local_cursor<Lanes, pixel_type, P, F, lines>;
        of_lines const kept{f_, lines_from(lines_.data(), follows), plane_, input_.begin};
        if constexpr (reads_lent) {
            using of_lent = lent_cursor<Lanes, pixel_type, P, F, lines>;
            T const* const* const lent = lent_.data();
            return ends_cursor<of_lines, of_lent>{
                kept,
                {{f_, lines_from(lent, follows), plane_, input_.begin}, lent[reach_.rows() - 1] + upstream_.pitch()},
                reach_.left,
                width() - Lanes::count - reach_.right,
                Lanes::count};
        } else {
            return kept;
        }
    }

private:
    static constexpr index_t nowhere = -2; // not even before row 0

    static constexpr index_t round_up(index_t n, index_t step) { return (n + step - 1) / step * step; }

    constexpr auto lines_from(T const* const* top, bool follows) const {
        T const* const* const middle = top + reach_.up;
        if constexpr (reads_above<F>)
            return lines_and_above<T, channel_t<pixel_type>>{{middle}, above_.data(), follows};
        else if constexpr (reads_row_sums<F>) return lines_and_sums<T, row_sum>{{middle}, sums_.data() + front_};
        else if constexpr (has_static_footprint<F>)
            return fixed_lines<T, F::footprint.up, F::footprint.rows()>::from(top);
        else return counted_lines<T>{middle};
    }

    /// Sums over a line from where its memory begins: what lies in front of the row is in all of them.
    QUOIN_NOINLINE constexpr void sum_line(T const* line) {
        for (index_t c = 0; c < line_size_; c += plane_) {
            typename Lanes::template type<row_sum> before(row_sum{0});
            for (index_t x = c; x < c + plane_ - Lanes::count; x += Lanes::count)
                Lanes::store(sums_.data() + x, Lanes::running_sums(before, Lanes::template load_as<row_sum>(line + x)));
        }
    }

    constexpr T* slot(int i) { return memory_.data() + i * line_size_ + front_; }

    /// Sets lines_ to the rows y - up .. y + down. Rows inside the image come first, in order, so that every row is
    /// asked for in rising order and computed once; a periodic border alone needs the order of the window.
    constexpr void gather_lines(index_t y) {
        index_t const before = std::exchange(row_, y);
        bool const inside_image = before >= reach_.up && y + reach_.down < height();
        if (y == before + 1 && (inside_image || !Border::periodic)) return move_down(y, inside_image);
        if constexpr (!Border::periodic) {
            find_lines(y, [&](index_t v) { return v >= 0 && v < height(); });
            find_lines(y, [&](index_t v) { return v < 0 || v >= height(); });
        } else {
            find_lines(y, [](index_t) { return true; });
        }
    }

    /// From a window to the next one. Where both lie inside the image, the line of the row that it leaves takes the one
    /// that it reaches.
    constexpr void move_down(index_t y, bool inside_image) {
        int const last = reach_.rows() - 1;
        int const free = slots_.data()[0];
        for (int i = 0; i < last; ++i) {
            slots_.data()[i] = slots_.data()[i + 1];
            lines_.data()[i] = lines_.data()[i + 1];
            if constexpr (reads_lent) lent_.data()[i] = lent_.data()[i + 1];
        }
        index_t const v = y + reach_.down;
        if (inside_image) {
            held_.data()[free] = v;
            fill_line(slot(free), v);
        }
        set_line(last, inside(v), inside_image ? free : slot_of(y, v));
    }

    constexpr void set_line(int i, index_t source, int s) {
        slots_.data()[i] = s;
        lines_.data()[i] = slot(s);
        if constexpr (reads_lent)
            lent_.data()[i] =
                Border::has_value && s == reach_.rows() ? slot(s) : upstream_.lent_row(source) + input_.begin;
    }

    template <class Wanted>
    constexpr void find_lines(index_t y, Wanted const& wanted) {
        for (int i = 0; i < reach_.rows(); ++i) {
            index_t const v = y - reach_.up + i;
            if (wanted(v)) set_line(i, inside(v), slot_of(y, v));
        }
    }

    /// The place of row v of the window around y: found in the ring, or computed into a line outside of the window.
    constexpr int slot_of(index_t y, index_t v) {
        int const rows = reach_.rows();
        if constexpr (Border::has_value)
            if (v < 0 || v >= height()) return rows;
        index_t const source = inside(v);
        index_t* const held = held_.data();
        int free = -1;
        for (int i = 0; i < rows; ++i) {
            if (held[i] == source) return i;
            if (free < 0 && !in_window(y, held[i])) free = i;
        }
        held[free] = source;
        fill_line(slot(free), source);
        return free;
    }

    constexpr index_t inside(index_t v) const {
        if constexpr (Border::has_value) return v;
        else return v >= 0 && v < height() ? v : border_(v, height());
    }

    constexpr bool in_window(index_t y, index_t held) const {
        if (held == nowhere) return false;
        if (held >= y - reach_.up && held <= y + reach_.down) return true;
        for (index_t v = y - reach_.up; v < 0 && v <= y + reach_.down; ++v)
            if (inside(v) == held) return true;
        for (index_t v = max(height(), y - reach_.up); v <= y + reach_.down; ++v)
            if (inside(v) == held) return true;
        return false;
    }

    QUOIN_NOINLINE constexpr void fill_line(T* line, index_t y) {
        auto const cursor = upstream_.row(y);
        if constexpr (reads_lent) {
            // What the steps read whose windows leave the image, and what the border folds back.
            index_t const ends = reach_.left + Lanes::count + reach_.right;
            if (at_left_ || (at_right_ && Border::periodic)) copy(line, cursor, 0, min(input_.end, ends));
            // From where whole steps reach the end.
            index_t const last = input_.end - (width() + 1 - ends);
            if (last > 0) copy(line, cursor, max(input_.begin, input_.end - round_up(last, Lanes::count)), input_.end);
        } else {
            copy(line, cursor, input_.begin, input_.end);
        }
        if (at_left_) write_border(line, -reach_.left, 0);
        if (at_right_) write_border(line, width(), width() + reach_.right);
    }

    /// Writes columns [begin, end) of a row to where they belong in a line.
    template <class Cursor>
    constexpr void copy(T* line, Cursor const& cursor, index_t begin, index_t end) const {
        if (begin >= end) return;
        split_steps(cursor, begin, end, [&](auto const& part, index_t x, index_t to) QUOIN_LAMBDA_INLINE {
            store_steps<Lanes, P, !reads_lent>(part, line - input_.begin, plane_, x, to);
        });
    }

    constexpr void write_border(T* line, index_t begin, index_t end) {
        for_each_channel<P>([&](auto c) {
            T* const plane = line + decltype(c)::value * plane_ - input_.begin;
            for (index_t x = max(begin, input_.begin - reach_.left); x < end; ++x) {
                if constexpr (Border::has_value) plane[x] = slot(reach_.rows())[decltype(c)::value * plane_];
                else plane[x] = plane[border_(x, width())];
            }
        });
    }

    Upstream upstream_;
    [[no_unique_address]] F f_;
    [[no_unique_address]] Border border_;
    footprint reach_;
    columns input_{};
    bool at_left_ = false, at_right_ = false; // windows reach over the image's edge
    index_t front_ = 0, plane_ = 0, line_size_ = 0;
    aligned_array<T> memory_;
    aligned_array<index_t> held_;      // the row that each line of the ring holds
    index_t row_ = nowhere;            // what the window is around
    aligned_array<int> slots_;         // the lines of the window, from the top
    aligned_array<T const*> lines_;    // their addresses
    aligned_array<T const*> lent_;     // those of the rows themselves, where upstream lends them
    aligned_array<channel_t<pixel_type>> above_; // the last row of results, plane by plane as the lines
    aligned_array<row_sum> sums_;
};

} // namespace detail

QUOIN_NAMESPACE_END
