// SPDX-License-Identifier: BSL-1.0
// The sources of the line engine: rows of views, read step by step and never outside the view.
#pragma once

#include <quoin/core/tuning.hpp>
#include <quoin/exec/detail/apply.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The cache levels, in the numbering of the compilers' builtin.
inline constexpr int first_level = 3, second_level = 2;

/// Prefetches a step of the row below. That row is read or written after the rest of this row has passed all stages,
/// too late for the processor's own prefetcher. A row that is copied into lines is read fast and before the other
/// stages run. For it the first-level cache is the wrong target: so many requests would occupy all of its few
/// outstanding misses.
template <int Level, class Lanes, class P, class T>
QUOIN_INLINE void prefetch_step_below(T* row, index_t x, index_t stride) {
    if constexpr (Lanes::count > 1) {
        auto const step = reinterpret_cast<std::uintptr_t>(row) +
                          static_cast<std::uintptr_t>((x * channels_v<P> + stride) * static_cast<index_t>(sizeof(T)));
        for (std::uintptr_t i = 0; i < Lanes::count * sizeof(P); i += 64)
            __builtin_prefetch(reinterpret_cast<T*>(step + i), std::is_const_v<T> ? 0 : 1, Level);
    }
}

/// How far below a row to prefetch if this many bytes of each row are read. A narrow part of a row is done before the
/// row below it has arrived.
constexpr index_t rows_ahead(index_t bytes) {
    return bytes <= tuning::narrow_row ? tuning::rows_ahead : 1;
}

/// Calls f(cursor, from, to) for consecutive parts of [begin, end). All parts consist of whole steps, except for the
/// end of the last. A cursor with special steps, such as the last of a row, has a split() that passes the other steps
/// to a cursor without the test.
template <class Cursor, class F>
QUOIN_INLINE void split_steps(Cursor const& cursor, index_t begin, index_t end, F const& f) {
    if constexpr (requires { cursor.split(begin, end, f); }) cursor.split(begin, end, f);
    else f(cursor, begin, end);
}

/// The steps that lie inside a row of interleaved pixels.
template <class Lanes, class P>
struct whole_cursor {
    channel_t<P> const* row;
    index_t stride; // to the row to prefetch

    QUOIN_INLINE channel_t<P> const* place(index_t x) const { return row + x * channels_v<P>; }
    QUOIN_INLINE lane_pixel<Lanes, P> load(index_t x) const { return Lanes::template load_pixels<P>(place(x)); }
    QUOIN_INLINE void prefetch_below(index_t x) const { prefetch_step_below<second_level, Lanes, P>(row, x, stride); }
};

/// A row of interleaved pixels. The last, partial step of a row is copied first, so that nothing behind it is read.
template <class Lanes, class P>
struct packed_cursor {
    channel_t<P> const* row;
    index_t width;
    index_t stride;

    QUOIN_INLINE lane_pixel<Lanes, P> load(index_t x) const {
        channel_t<P> const* const p = row + x * channels_v<P>;
        if constexpr (Lanes::count > 1)
            if (x + Lanes::count > width) [[unlikely]]
                return load_partial(p, static_cast<int>(width - x));
        return Lanes::template load_pixels<P>(p);
    }

    QUOIN_INLINE void prefetch_below(index_t x) const { prefetch_step_below<second_level, Lanes, P>(row, x, stride); }

    template <class F>
    QUOIN_INLINE void split(index_t begin, index_t end, F const& f) const {
        index_t const last = end - 1 - (end - 1 - begin) % Lanes::count;
        bool const whole = last + Lanes::count <= width;
        f(whole_cursor<Lanes, P>{row, stride}, begin, whole ? end : last);
        if (!whole) f(*this, last, end);
    }

    static QUOIN_NOINLINE lane_pixel<Lanes, P> load_partial(channel_t<P> const* p, int count) {
        channel_t<P> copy[Lanes::count * channels_v<P>] = {};
        for (int i = 0; i < count * channels_v<P>; ++i) copy[i] = p[i];
        return Lanes::template load_pixels<P>(copy);
    }
};

/// A row of pixels in planes.
template <class Lanes, class P>
struct planar_cursor {
    packed_cursor<Lanes, channel_t<P>> planes[channels_v<P>];

    QUOIN_INLINE lane_pixel<Lanes, P> load(index_t x) const {
        return make_pixel<P>([&](auto c) QUOIN_LAMBDA_INLINE { return planes[decltype(c)::value].load(x); });
    }
    QUOIN_INLINE void prefetch_below(index_t x) const {
        for (auto const& plane : planes) plane.prefetch_below(x);
    }
};

/// A row of any other view, read pixel by pixel.
template <class Lanes, class View>
struct any_cursor {
    View view;
    index_t y;

    QUOIN_INLINE auto load(index_t x) const {
        using P = typename View::pixel_type;
        if constexpr (Lanes::count == 1) {
            return static_cast<P>(view.load(x, y));
        } else {
            lane_array<Lanes, P> values = {};
            index_t const count = min<index_t>(Lanes::count, view.width() - x);
            for (int i = 0; i < count; ++i) values.store(i, view.load(x + i, y));
            return values.pixels();
        }
    }
    QUOIN_INLINE void prefetch_below(index_t) const {}
};

template <class Lanes, class View>
class source_rows;

/// Whether a rectangle of the source is a view of the same type.
template <class Rows>
inline constexpr bool has_parts = false;
template <class Lanes, class P>
inline constexpr bool has_parts<source_rows<Lanes, image_view<P>>> = true;

/// The memory of a part of a row, if that is in one piece; to be prefetched. If it is a line, it is what fill() writes,
/// and may be read in its place, but nothing around it.
struct memory_read {
    void const* data = nullptr;
    index_t bytes = 0;
    bool is_line = false;
    bool is_view = false; ///< `data` has the pixels that fill() writes, as an image_view has them
};

/// The rows of a view as a source for the stages behind it.
template <class Lanes, class View>
class source_rows {
public:
    using pixel_type = typename View::pixel_type;
    static constexpr bool keeps_lines = false, reads_in_place = false;

    constexpr explicit source_rows(View const& v) : view_(v) {}
    constexpr View const& view() const { return view_; }
    constexpr extent size() const { return {view_.width(), view_.height()}; }
    constexpr void prepare(interval c) {
        ahead_ = rows_ahead((c.end - c.begin) * static_cast<index_t>(sizeof(pixel_type)));
    }

    QUOIN_INLINE auto row(index_t y) const { return cursor(view_, y); }
    constexpr memory_read memory(interval columns, index_t y) const
        requires has_parts<source_rows>
    {
        constexpr index_t channels = channels_v<pixel_type>;
        return {view_.row(y) + columns.begin * channels,
                (columns.end - columns.begin) * static_cast<index_t>(sizeof(pixel_type)), channels == 1, true};
    }

private:
    template <class P>
    QUOIN_INLINE auto cursor(image_view<P> const& v, index_t y) const {
        return packed_cursor<Lanes, pixel_type>{v.row(y), v.width(), ahead_ * v.stride()};
    }
    template <class P>
    QUOIN_INLINE auto cursor(planar_view<P> const& v, index_t y) const {
        planar_cursor<Lanes, pixel_type> c{};
        for (int i = 0; i < channels_v<P>; ++i) c.planes[i] = {v.row(i, y), v.width(), ahead_ * v.stride()};
        return c;
    }
    template <class V>
    QUOIN_INLINE auto cursor(V const& v, index_t y) const {
        return any_cursor<Lanes, V>{v, y};
    }

    View view_;
    index_t ahead_ = 1;
};

/// Whether rows lie in memory as lines do.
template <class Rows>
inline constexpr bool lies_in_lines = false;
template <class Lanes, class P>
inline constexpr bool lies_in_lines<source_rows<Lanes, image_view<P>>> = channels_v<P> == 1;

/// The rectangle r of a view, with its rows in reverse order if upside_down.
template <class P>
constexpr image_view<P> view_part(image_view<P> const& v, rect r, bool upside_down) {
    index_t const first = upside_down ? r.bottom() - 1 : r.y;
    return {v.row(first) + r.x * channels_v<P>, r.width, r.height, upside_down ? -v.stride() : v.stride()};
}

} // namespace detail

QUOIN_NAMESPACE_END
