// SPDX-License-Identifier: BSL-1.0
// The sums of pixels, and of their squares, over windows of any size: row after row.
#pragma once

#include <quoin/measure/detail/reading.hpp>

#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Of integers in A modulo its range, by sums down columns and then along the row, so that a window costs as much as a
/// pixel. Of floats in A = double: down each column of the window from its top, and then from the left.
template <class Lanes, class T, class A>
class window_sums {
    static constexpr bool ordered = std::floating_point<T>;

public:
    /// Of at most so many places in a row.
    window_sums(extent window, index_t places) : window_(window) {
        auto const columns = static_cast<std::size_t>(places + window.width);
        for (auto* each : {&down_[0], &down_[1], &along_[0], &along_[1]}) each->resize(columns);
    }

    /// The windows of `places` places from row y on, where row(v) is the address of row v of the pixels. `follows`: the
    /// last call was that of row y - 1.
    template <class Row>
    void compute(Row const& row, index_t y, index_t places, bool follows) {
        index_t const columns = places + window_.width - 1;
        if (follows && !ordered) {
            add_rows(columns, row(y + window_.height - 1), row(y - 1));
        } else {
            for (auto& each : down_) std::fill(each.begin(), each.end(), A{});
            for (index_t v = 0; v < window_.height; ++v) add_rows(columns, row(y + v), nullptr);
        }
        for (int k = 0; k < 2; ++k) sum_along(down_[k].data(), along_[k].data(), places, columns);
    }

    A const* sums() const { return along_[0].data(); }
    A const* squares() const { return along_[1].data(); }

private:
    QUOIN_NOINLINE void add_rows(index_t columns, T const* in, T const* out) {
        A* const sums = down_[0].data();
        A* const squares = down_[1].data();
        for_each_step<Lanes>(columns, [=](auto lanes, index_t x) QUOIN_LAMBDA_INLINE {
            using family = decltype(lanes);
            auto const v = family::template load_as<A>(in + x);
            auto sum = family::template load_as<A>(sums + x) + v;
            auto square = family::template load_as<A>(squares + x) + v * v;
            if (out) {
                auto const u = family::template load_as<A>(out + x);
                sum = sum - u;
                square = square - u * u;
            }
            family::store(sums + x, sum);
            family::store(squares + x, square);
        });
    }

    QUOIN_NOINLINE void sum_along(A* down, A* along, index_t places, index_t columns) {
        if constexpr (ordered) {
            std::fill_n(along, places, A{});
            for (index_t u = 0; u < window_.width; ++u)
                for_each_step<Lanes>(places, [=](auto lanes, index_t x) QUOIN_LAMBDA_INLINE {
                    using family = decltype(lanes);
                    family::store(along + x,
                                  family::template load_as<A>(along + x) + family::template load_as<A>(down + u + x));
                });
        } else {
            if (static_cast<index_t>(before_.size()) <= columns) before_.resize(static_cast<std::size_t>(columns) + 1);
            A* const before = before_.data();
            index_t x = 0;
            typename Lanes::template type<A> total(A(0));
            for (; x + Lanes::count <= columns; x += Lanes::count)
                Lanes::store(before + x + 1, Lanes::running_sums(total, Lanes::template load_as<A>(down + x)));
            for (A sum = before[x]; x < columns; ++x) before[x + 1] = sum = static_cast<A>(sum + down[x]);
            index_t const width = window_.width;
            for_each_step<Lanes>(places, [=](auto lanes, index_t i) QUOIN_LAMBDA_INLINE {
                using family = decltype(lanes);
                family::store(along + i, family::template load_as<A>(before + i + width) -
                                             family::template load_as<A>(before + i));
            });
        }
    }

    extent window_;
    std::vector<A> down_[2], along_[2], before_;
};

} // namespace detail

QUOIN_NAMESPACE_END
