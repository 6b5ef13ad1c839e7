// SPDX-License-Identifier: BSL-1.0
// sweep: local functors that compute whole rows, with memory that they keep from row to row.
#pragma once

#include <quoin/pipe/stage.hpp>

#include <cstddef>

QUOIN_NAMESPACE_BEGIN

/// One row, as a functor that sweeps gets it: of one channel if the functor is channelwise, of all channels otherwise.
///     line(dy)   the row dy rows down, from the first column that is computed on. It may be read from the footprint's
///                left columns in front of it to its right columns and one step of lanes behind the last column; what
///                lies behind the footprint is any valid value. dy must lie within the footprint.
///     line(dy, channel)   the same row of another channel
///     columns    the number of columns that are computed
///     follows    whether the call before was for the row above in the same columns. Then `memory` is as that call left
///                it. Else it may hold anything, and what the functor keeps there must be made from the lines.
///     memory     sweep_size() bytes, aligned as the rows of an image
///     channels   1 if the functor is channelwise
///     apart      the distance between the results of a channel and those of the next
///     y          the row of the results, from the top of the stage's own
template <class T>
struct row_sweep {
    T const* const* rows; ///< of line(0), with those of the other lines beside it
    index_t first;        ///< the place of the first column in a row
    index_t columns;
    bool follows;
    std::byte* memory;
    int channels = 1;
    index_t plane = 0; ///< the distance between the channels in a row
    index_t apart = 0;
    index_t y = 0;

    QUOIN_INLINE T const* line(int dy) const { return rows[dy] + first; }
    QUOIN_INLINE T const* line(int dy, int channel) const { return line(dy) + channel * plane; }
};

namespace concepts {

/// A local functor that can compute whole rows has
///     bool sweeps() const;                                        whether it is faster so; else windows are used
///     template <class T> std::size_t sweep_size(index_t columns) const;      the bytes that it keeps for a channel
///     template <class Lanes, class T> void sweep(row_sweep<T> const& row, R* to) const;
/// sweep() writes the results, of type R, of row.columns columns to `to`, and up to one step of lanes behind them. They
/// must be those of operator(), which stays the definition: for constant expressions, and on the tile engine.
///
/// It may also have
///     int rows_ahead() const;     line(dy) may be read so many rows below the footprint
/// so that sweep() can make several rows of results in one go and keep those of later calls. Lines below the window of
/// the image's last row are then any valid ones. Up to that row results must not depend on what is below the footprint.
///     int lines_read() const;     sweep() reads so many lines for a row that follows, on average
/// so that blocks are as wide as if there were no more lines. Without it each row counts as reading all of its window.
///
/// A functor that is not channelwise gets all channels in one call, whatever their number. Its results are pixels of as
/// many channels, and its size is that for all channels: sweep_size<T>(columns, channels). It sweeps always. The line
/// engine has no windows for it, so it cannot be evaluated in constant expressions.
template <class F>
concept sweeping_functor = local_functor<F> && requires(F const& f) {
    { f.sweeps() } -> std::convertible_to<bool>;
};

} // namespace concepts

QUOIN_NAMESPACE_END
