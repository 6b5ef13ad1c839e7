// SPDX-License-Identifier: BSL-1.0
// footprint and window: the pixels around a pixel that a local stage reads, and the access to them.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/core/geometry.hpp>
#include <quoin/lanes/scalar_lanes.hpp>

QUOIN_NAMESPACE_BEGIN

/// The columns and rows that a local stage reads to each side of a pixel, each >= 0.
struct footprint {
    int left = 0, right = 0, up = 0, down = 0;

    constexpr footprint() = default;
    /// A footprint with equal numbers of columns to the left and right, and of rows up and down.
    QUOIN_FN footprint(int columns, int rows) : left(columns), right(columns), up(rows), down(rows) {}
    QUOIN_FN footprint(int l, int r, int u, int d) : left(l), right(r), up(u), down(d) {}
    QUOIN_FN int rows() const { return up + 1 + down; }
    friend QUOIN_FN bool operator==(footprint const&, footprint const&) = default;
};

namespace detail {

/// The rows below its footprint that a functor may read, see sweep.hpp.
template <class F>
QUOIN_FN int rows_ahead_of(F const& f) {
    if constexpr (requires { f.rows_ahead(); }) return f.rows_ahead();
    else return 0;
}

[[noreturn]] QUOIN_NOINLINE inline void raise_outside(int dx, int dy, footprint const& reach) {
    raise("quoin::window: the offset (", dx, ", ", dy, ") lies outside of the footprint, which has ", reach.left,
          " columns to the left, ", reach.right, " to the right, ", reach.up, " rows up and ", reach.down,
          " down; give the stage a larger footprint");
}
} // namespace detail

/// The window of a local stage: the pixels around one pixel (scalar_lanes), or around each of several neighbors.
///     w(dx, dy)        the pixel dx columns to the right and dy rows down; (0, 0) is the pixel itself
///     w.at<U>(dx, dy)  the same, with channels converted to U: a widening load if the instruction set has one
///     w.beside<U, Dx>(dy)  w.at<U>(Dx, dy), for a stage that reads neighboring pixels of that row too
/// Offsets must lie within the footprint of the stage. If assert() is on, other offsets throw invalid_argument.
/// `channel_type` and `pixel_type` are the stored types. Rows is a callable from dy to the address of the row's pixel
/// in column 0. `plane` is the distance between the channels of a pixel.
template <class Lanes, class P, class Rows>
class window {
public:
    using lanes = Lanes;
    using pixel_type = P;
    using channel_type = channel_t<P>;

    /// `reach` is the footprint that must contain the offsets.
    QUOIN_INLINE window(Rows const& rows, index_t plane, index_t x,
                        [[maybe_unused]] footprint const& reach = {1 << 30, 1 << 30})
        : rows_(rows), plane_(plane), x_(x) {
#if QUOIN_CHECKED
        reach_ = reach;
#endif
    }

    QUOIN_INLINE auto operator()(int dx, int dy) const { return at<channel_type>(dx, dy); }

    template <concepts::stored_channel U>
    QUOIN_INLINE auto at(int dx, int dy) const {
        check(dx, dy);
        channel_type const* const p = rows_(dy) + x_ + dx;
        return make_pixel<P>([&](auto c) { return Lanes::template load_as<U>(p + decltype(c)::value * plane_); });
    }

    template <concepts::stored_channel U, int Dx>
    QUOIN_INLINE auto beside(int dy) const {
        check(Dx, dy);
        channel_type const* const p = rows_(dy) + x_;
        return make_pixel<P>(
            [&](auto c) { return Lanes::template load_beside<U, Dx>(p + decltype(c)::value * plane_); });
    }

    /// Whether above() is available. It is not in the first row that is computed.
    QUOIN_INLINE bool knows_above() const
        requires requires(Rows const& rows) { rows.above; }
    {
        return rows_.knows_above;
    }
    /// The result of the functor one row up.
    QUOIN_INLINE auto above() const
        requires requires(Rows const& rows) { rows.above; }
    {
        auto const* const p = rows_.above + x_;
        return Lanes::template load_as<std::remove_cvref_t<decltype(*p)>>(p);
    }
    /// The sum of w(dx, 0) over dx = first ... last, in the functor's row_sums type and modulo 2^bits. Cost: two loads,
    /// for any number of pixels. Only windows of the line engine have it; test with `requires`.
    QUOIN_INLINE auto row_sum(int first, int last) const
        requires requires(Rows const& rows) { rows.sums; }
    {
        using U = std::remove_cvref_t<decltype(*rows_.sums)>;
        auto const* const p = rows_.sums + x_;
        return Lanes::template load_as<U>(p + last) - Lanes::template load_as<U>(p + (first - 1));
    }

private:
    QUOIN_INLINE void check([[maybe_unused]] int dx, [[maybe_unused]] int dy) const {
#if QUOIN_CHECKED
        if (dx < -reach_.left || dx > reach_.right || dy < -reach_.up || dy > reach_.down)
            detail::raise_outside(dx, dy, reach_);
#endif
    }

    Rows rows_;
    index_t plane_;
    index_t x_;
#if QUOIN_CHECKED
    footprint reach_;
#endif
};

namespace detail {

/// The window of an image with one value everywhere.
template <class T>
struct constant_window {
    using channel_type = T;
    T value;
    QUOIN_INLINE T operator()(int, int) const { return value; }
    template <concepts::channel U>
    QUOIN_INLINE U at(int, int) const {
        return static_cast<U>(value);
    }
};

/// A window as the serial policy makes it. It serves to inspect at compile time the result of a filter.
template <class P>
struct window_rows_archetype {
    channel_t<P> const* operator()(int) const;
};
template <class P>
using window_archetype = window<scalar_lanes, P, window_rows_archetype<P>>;

} // namespace detail

QUOIN_NAMESPACE_END
