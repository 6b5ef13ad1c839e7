// SPDX-License-Identifier: BSL-1.0
// sweep: local functors that compute whole rows, with memory that they keep from row to row.
#pragma once

#include <quoin/pipe/stage.hpp>

#include <cstddef>

QUOIN_NAMESPACE_BEGIN

/// One row of one channel, as a functor that sweeps gets it.
///     line(dy)   the row dy rows down, from the first column that is computed on. It may be read from the footprint's
///                left columns in front of it to its right columns and one step of lanes behind the last column; what
///                lies behind the footprint is any valid value. dy must lie within the footprint.
///     columns    the number of columns that are computed
///     follows    whether the call before was for the row above in the same columns. Then `memory` is as that call left
///                it. Else it may hold anything, and what the functor keeps there must be made from the lines.
///     memory     sweep_size(columns) bytes, aligned as the rows of an image
template <class T>
struct row_sweep {
    T const* const* rows; ///< of line(0), with those of the other lines beside it
    index_t first;        ///< the place of the first column in a row
    index_t columns;
    bool follows;
    std::byte* memory;

    QUOIN_INLINE T const* line(int dy) const { return rows[dy] + first; }
};

namespace concepts {

/// A channelwise local functor that can compute whole rows has
///     bool sweeps() const;                                        whether it is faster so; else windows are used
///     template <class T> std::size_t sweep_size(index_t columns) const;      the bytes that it keeps for a channel
///     template <class Lanes, class T> void sweep(row_sweep<T> const& row, R* to) const;
/// sweep() writes the results, of type R, of row.columns columns to `to`, and up to one step of lanes behind them. They
/// must be those of operator(), which stays the definition: for constant expressions, and on the tile engine.
template <class F>
concept sweeping_functor = local_functor<F> && channelwise_functor<F> && requires(F const& f) {
    { f.sweeps() } -> std::convertible_to<bool>;
};

} // namespace concepts

QUOIN_NAMESPACE_END
