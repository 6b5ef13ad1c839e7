// SPDX-License-Identifier: BSL-1.0
// A local stage of the line engine.
#pragma once

#include <quoin/exec/line/line_ring.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The addresses of the lines around the current row. They are held by value if their number is known at compile time,
/// so that the inner loop keeps them in registers.
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

/// Lines, and the results of the row above for a functor that reads_above. A cursor replaces each step of these results
/// by its own.
template <class T, class R>
struct lines_and_above : counted_lines<T> {
    R* above;
    bool knows_above;
};
/// Lines, and the running sums of the middle line from the left, for a functor that reads_row_sums.
template <class T, class U>
struct lines_and_sums : counted_lines<T> {
    U const* sums;
};
template <class F>
struct row_sums_of {
    using type = std::uint8_t; // not used
};
template <concepts::reads_row_sums F>
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
        if constexpr (concepts::reads_above<F>)
            for_each_channel<R>([&](auto c) QUOIN_LAMBDA_INLINE {
                constexpr int i = decltype(c)::value;
                Lanes::store(lines.above + x - origin + i * plane, get_channel<i>(result));
            });
        return result;
    }
    QUOIN_INLINE void prefetch_below(index_t) const {}
};

/// A local_cursor over rows that are read in place. `below` is a row below the window, which is read soon.
template <class Lanes, class R, class P, class F, class Lines>
struct in_place_cursor : local_cursor<Lanes, R, P, F, Lines> {
    channel_t<P> const* below;
    QUOIN_INLINE void prefetch_below(index_t x) const {
        prefetch_step_below<first_level, Lanes, P>(below, x - this->origin, 0);
    }
};

/// Steps whose windows lie inside the image read rows in place. The other steps read lines.
template <class Kept, class InPlace>
struct ends_cursor {
    Kept kept;
    InPlace in_place;
    index_t first, last; // the first and the last column at which a step reads in place
    int step;

    QUOIN_INLINE auto load(index_t x) const { return x >= first && x <= last ? in_place.load(x) : kept.load(x); }
    QUOIN_INLINE void prefetch_below(index_t x) const { in_place.prefetch_below(x); }
    template <class G>
    QUOIN_INLINE void split(index_t begin, index_t end, G const& g) const {
        index_t const a = begin >= first ? begin : min(end, begin + (first - begin + step - 1) / step * step);
        index_t const b = a > last ? a : min(end, a + ((last - a) / step + 1) * step);
        if (begin < a) g(kept, begin, a);
        if (a < b) g(in_place, a, b);
        if (b < end) g(kept, b, end);
    }
};

/// Rows of f(window), where windows read the lines of a ring. If InPlace, windows inside the image read the rows of a
/// view in place.
template <class Lanes, class P, class F, bool InPlace>
class local_rows {
    using T = channel_t<P>;
    using row_sum = typename row_sums_of<F>::type;

public:
    using pixel_type = stage_result_t<F, P>;
    static constexpr bool keeps_lines = true;
    static constexpr bool reads_in_place = InPlace;

    constexpr local_rows(F const& f, line_ring<T>&& ring) : f_(f), ring_(std::move(ring)) {}

    constexpr extent size() const { return ring_.size(); }
    constexpr line_memory* memory() const { return ring_.memory(); }
    constexpr F const& functor() const { return f_; }
    constexpr line_ring<T> const& ring() const { return ring_; }
    constexpr bool follows() const { return follows_; } ///< whether the last row was the row above

    /// Allocates memory for these columns. The lines are filled in steps of `step` pixels.
    constexpr void prepare(interval columns, index_t step = Lanes::count) {
        ring_.prepare(columns, step, concepts::reads_row_sums<F>);
        if constexpr (concepts::reads_above<F>) above_.renew(ring_.memory(), ring_.line_size());
        if constexpr (concepts::reads_row_sums<F>) sums_.renew(ring_.memory(), ring_.line_size());
    }

    constexpr auto row(index_t y) {
        move_to(y);
        return cursor(0);
    }

    /// row() in two calls: move_to(y), then cursor(channel) for each channel if P is one channel of a pixel.
    constexpr void move_to(index_t y) {
        follows_ = ring_.move_to(y);
        if constexpr (concepts::reads_row_sums<F>)
            if (f_.wants_row_sums()) sum_line(ring_.lines()[ring_.reach().up] - ring_.front());
    }
    constexpr auto cursor(int channel) const {
        T const* const* const top = ring_.lines();
        index_t const plane = ring_.plane(), origin = ring_.input().begin - channel * plane;
        using lines = decltype(lines_from(top));
        auto const& f = at_row(f_, ring_.row());
        using functor = std::remove_cvref_t<decltype(f)>;
        using of_lines = local_cursor<Lanes, pixel_type, P, functor, lines>;
        of_lines const kept{f, lines_from(top), plane, origin};
        if constexpr (InPlace) {
            using of_rows = in_place_cursor<Lanes, pixel_type, P, functor, lines>;
            T const* const* const rows = ring_.in_place_lines();
            return ends_cursor<of_lines, of_rows>{
                kept,
                {{f, lines_from(rows), plane, origin}, rows[ring_.reach().rows() - 1] + ring_.in_place_ahead()},
                ring_.reach().left,
                size().width - Lanes::count - ring_.reach().right,
                Lanes::count};
        } else {
            return kept;
        }
    }

private:
    constexpr auto lines_from(T const* const* top) const {
        T const* const* const middle = top + ring_.reach().up;
        if constexpr (concepts::reads_above<F>)
            return lines_and_above<T, channel_t<pixel_type>>{{middle}, above_.data(), follows_};
        else if constexpr (concepts::reads_row_sums<F>)
            return lines_and_sums<T, row_sum>{{middle}, sums_.data() + ring_.front()};
        else if constexpr (has_static_footprint<F>)
            return fixed_lines<T, F::footprint.up, F::footprint.rows()>::from(top);
        else return counted_lines<T>{middle};
    }

    /// Running sums over a line, from the start of its memory. The values before the row are part of every sum, so they
    /// cancel in differences.
    QUOIN_NOINLINE constexpr void sum_line(T const* line) {
        index_t const plane = ring_.plane();
        for (index_t c = 0; c < ring_.line_size(); c += plane) {
            typename Lanes::template type<row_sum> before(row_sum{0});
            for (index_t x = c; x < c + plane - Lanes::count; x += Lanes::count)
                Lanes::store(sums_.data() + x, Lanes::running_sums(before, Lanes::template load_as<row_sum>(line + x)));
        }
    }

    [[no_unique_address]] F f_;
    line_ring<T> ring_;
    bool follows_ = false;                    // whether the last row was the row above
    line_array<channel_t<pixel_type>> above_; // the last row of results, in planes as in lines
    line_array<row_sum> sums_;
};

/// Rows of a functor that does not take lanes. local_rows of scalars fill a line, which is read in steps. So the
/// functor is compiled once, in a scalar loop. Calling it pixel by pixel for each step is up to 2x slower.
template <class Lanes, class P, class F>
class scalar_local_rows {
    using rows = local_rows<scalar_lanes, P, F, false>;

public:
    using pixel_type = typename rows::pixel_type;
    static constexpr bool keeps_lines = true;
    static constexpr bool reads_in_place = false;

    constexpr scalar_local_rows(F const& f, line_ring<channel_t<P>>&& ring) : rows_(f, std::move(ring)) {}
    constexpr extent size() const { return rows_.size(); }
    constexpr void prepare(interval columns) {
        columns_ = columns;
        rows_.prepare(columns, Lanes::count);
        plane_ = columns.end - columns.begin + Lanes::count;
        line_.renew(rows_.memory(), plane_ * channels_v<pixel_type>);
    }
    constexpr auto row(index_t y) {
        fill(y);
        return line_cursor<Lanes, pixel_type>{line_.data() - columns_.begin, plane_};
    }

private:
    using T = channel_t<pixel_type>;

    QUOIN_NOINLINE constexpr void fill(index_t y) {
        compute(rows_.row(y), line_.data() - columns_.begin, plane_, columns_.begin, columns_.end);
    }
    /// A function of its own, because the compiler then knows that nothing else points to the cursor.
    template <class Cursor>
    [[gnu::flatten]] QUOIN_NOINLINE static constexpr void compute(Cursor const cursor, T* line, index_t plane,
                                                                  index_t x, index_t end) {
        store_steps<scalar_lanes, pixel_type, false>(cursor, line, plane, x, end);
    }

    rows rows_;
    interval columns_{};
    index_t plane_ = 0;
    line_array<T> line_;
};

} // namespace detail

QUOIN_NAMESPACE_END
