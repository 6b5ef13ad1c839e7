// SPDX-License-Identifier: BSL-1.0
// Rows of a local stage that computes whole rows, with memory that it keeps from row to row.
#pragma once

#include <quoin/exec/line/local_rows.hpp>
#include <quoin/pipe/sweep.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Writes lines of f, which sweeps. Channels are apart, so a program has one for each type of channel. If InPlace,
/// there is one channel, and windows inside the image read the rows of a view, where f does not sweep.
template <class Lanes, class T, class F, bool InPlace = false>
class swept_node {
    using lanes = std::conditional_t<takes_lanes<F, Lanes>, Lanes, scalar_lanes>;
    static constexpr bool channelwise = concepts::channelwise_functor<F>;
    using windows = local_rows<lanes, T, F, InPlace>;

public:
    using result = stage_result_t<F, T>;

    constexpr swept_node(F const& f, line_ring<T>&& ring, int channels)
        : windows_(f, std::move(ring)), channels_(channels) {}

    constexpr extent size() const { return windows_.size(); }
    constexpr line_memory* memory() const { return windows_.memory(); }

    constexpr void prepare(interval columns) {
        columns_ = columns;
        windows_.prepare(columns, Lanes::count);
        if (!sweeps()) return;
        constexpr auto align = static_cast<index_t>(image_alignment);
        index_t bytes = 0;
        if constexpr (channelwise)
            bytes = static_cast<index_t>(f().template sweep_size<T>(columns.end - columns.begin));
        else bytes = static_cast<index_t>(f().template sweep_size<T>(columns.end - columns.begin, channels_));
        apart_ = (bytes + align - 1) / align * align;
        kept_.renew(memory(), channelwise ? apart_ * channels_ : apart_);
    }

    /// Writes the columns of the last prepare(): channel c to line + c * plane.
    constexpr void fill(result* line, index_t plane, index_t y) {
        move_to(y);
        if constexpr (!channelwise) {
            sweep(line, 0, channels_, plane);
        } else {
            for (int c = 0; c < channels_; ++c)
                if (sweeps()) sweep(line + c * plane, c, 1, 0);
                else compute(windows_.cursor(c), line + c * plane - columns_.begin, columns_.begin, columns_.end);
        }
    }

    /// Whether lines are swept, and not made of windows.
    constexpr bool sweeps() const { return !std::is_constant_evaluated() && f().sweeps(); }
    constexpr void move_to(index_t y) { windows_.move_to(y); }
    constexpr auto cursor() const { return windows_.cursor(0); } ///< of windows; move_to() is called before

private:
    constexpr F const& f() const { return windows_.functor(); }

    QUOIN_NOINLINE void sweep(result* to, int channel, int channels, index_t apart) {
        line_ring<T> const& ring = windows_.ring();
        f().template sweep<lanes>(
            row_sweep<T>{ring.lines() + ring.reach().up, columns_.begin - ring.input().begin + channel * ring.plane(),
                         columns_.end - columns_.begin, windows_.follows(), kept_.data() + channel * apart_, channels,
                         ring.plane(), apart, ring.row()},
            to);
    }
    /// A function of its own, because the compiler then knows that nothing else points to the cursor.
    template <class Cursor>
    [[gnu::flatten]] QUOIN_NOINLINE static constexpr void compute(Cursor const cursor, result* line, index_t x,
                                                                  index_t end) {
        split_steps(cursor, x, end, [&](auto const& part, index_t from, index_t to) QUOIN_LAMBDA_INLINE {
            store_steps<lanes, result, false>(part, line, 0, from, to);
        });
    }

    windows windows_;
    int channels_;
    interval columns_{};
    index_t apart_ = 0; // the bytes from what is kept for a channel to that for the next
    line_array<std::byte> kept_;
};

/// A cursor of a line, or else of windows.
template <class Line, class Windows>
struct line_or_windows {
    bool reads_line;
    Line line;
    Windows windows;

    QUOIN_INLINE auto load(index_t x) const { return reads_line ? line.load(x) : windows.load(x); }
    QUOIN_INLINE void prefetch_below(index_t x) const { windows.prefetch_below(x); }
    template <class G>
    QUOIN_INLINE void split(index_t begin, index_t end, G const& g) const {
        if (reads_line) g(line, begin, end);
        else split_steps(windows, begin, end, g);
    }
};

/// Rows of f for pixels P, in a line. A local stage behind them has its own lines filled instead. If InPlace, windows
/// have no line.
template <class Lanes, class P, class F, bool InPlace>
class swept_rows {
    using node = swept_node<Lanes, channel_t<P>, F, InPlace>;

public:
    using pixel_type = stage_result_t<F, P>;
    static constexpr bool keeps_lines = true, reads_in_place = InPlace;

    constexpr swept_rows(F const& f, line_ring<channel_t<P>>&& ring) : node_(f, std::move(ring), channels_v<P>) {}
    constexpr extent size() const { return node_.size(); }
    constexpr void prepare(interval columns) {
        columns_ = columns;
        plane_ = 0;
        node_.prepare(columns);
    }
    constexpr auto row(index_t y) {
        using of_line = line_cursor<Lanes, pixel_type>;
        if constexpr (InPlace) {
            bool const swept = node_.sweeps();
            auto const line = swept ? filled(y) : of_line{nullptr, 0};
            if (!swept) node_.move_to(y);
            auto const windows = node_.cursor();
            return line_or_windows<of_line, std::remove_const_t<decltype(windows)>>{swept, line, windows};
        } else {
            return filled(y);
        }
    }

    static constexpr bool copies() { return true; }
    /// Without a line of its own. The columns are those of the last prepare().
    constexpr void copy(channel_t<pixel_type>* line, index_t plane, interval, index_t y) { node_.fill(line, plane, y); }

private:
    constexpr line_cursor<Lanes, pixel_type> filled(index_t y) {
        if (plane_ == 0) {
            plane_ = columns_.end - columns_.begin + Lanes::count;
            line_.renew(node_.memory(), plane_ * channels_v<P>);
        }
        node_.fill(line_.data(), plane_, y);
        return {line_.data() - columns_.begin, plane_};
    }

    node node_;
    interval columns_{};
    index_t plane_ = 0;
    line_array<channel_t<pixel_type>> line_;
};

} // namespace detail

QUOIN_NAMESPACE_END
