// SPDX-License-Identifier: BSL-1.0
// Rows of what rank filters make of few pixels, a register of keys at a time.
#pragma once

#include <quoin/filter/detail/rank_networks.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A row of the values whose keys f(at) finds among the keys at(dx, dy) around each pixel. A step of one register is
/// faster than one of more, which would spill.
template <class Lanes, class T, class F>
QUOIN_NOINLINE void rank_row(row_sweep<T> const& row, T* to, F const f) {
    using one = one_register<Lanes, T>;
    T const* const* const lines = row.rows;
    for (index_t x = 0; x < row.columns; x += one::count) {
        index_t const place = row.first + x;
        auto const at = [lines, place](int dx, int dy)
                            QUOIN_LAMBDA_INLINE { return to_rank_key(one::load(lines[dy] + place + dx)); };
        one::store(to + x, from_rank_key<T>(f(at)));
    }
}

} // namespace detail

QUOIN_NAMESPACE_END
