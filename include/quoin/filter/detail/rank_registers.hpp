// SPDX-License-Identifier: BSL-1.0
// What rank filters of few pixels share: rows of results, a register of keys at a time, and their stages.
#pragma once

#include <quoin/filter/detail/rank_networks.hpp>
#include <quoin/pipe/operation.hpp>

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

/// The base of functors whose rows rank_row() makes. They keep nothing from row to row.
struct ranks_rows {
    using vectorized = void;
    using channelwise = void;
    static constexpr bool sweeps() { return true; }
    template <class>
    static constexpr std::size_t sweep_size(index_t) {
        return 0;
    }
};

/// The base of a stage of the functors F<T> of channels T, derived from ranks_rows, with one number.
template <template <class> class F>
class rank_stage {
public:
    using expands = void;

    template <class P>
    constexpr auto expand() const {
        return compose(F<channel_t<P>>(number_));
    }

protected:
    constexpr explicit rank_stage(int number) : number_(number) {}

private:
    int number_;
};

} // namespace detail

QUOIN_NAMESPACE_END
