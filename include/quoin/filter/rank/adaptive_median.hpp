// SPDX-License-Identifier: BSL-1.0
// adaptive_median: the median of a square that grows where its median is an extreme, for pixels that are extremes.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/filter/detail/any_true.hpp>
#include <quoin/filter/detail/rank_registers.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The keys around a pixel as a window of channels T.
template <class T, class At>
struct key_window {
    using channel_type = T;
    At at;
    QUOIN_INLINE auto operator()(int dx, int dy) const { return at(dx, dy); }
};

/// The network's results in their order.
template <auto const& Network, int Results, class V, std::size_t N>
QUOIN_ALWAYS_INLINE void apply_to(V (&v)[N], V* to) {
    apply_network<Network>(v);
    unrolled<Results>([&](auto i) QUOIN_LAMBDA_INLINE {
        constexpr int place = Network.results[static_cast<std::size_t>(decltype(i)::value)];
        to[i] = v[place];
    });
}
template <int Side, class V>
QUOIN_NOINLINE void sort_row_of_keys(V const* from, V* to) {
    V row[Side];
    for (int i = 0; i < Side; ++i) row[i] = from[i];
    apply_to<median_networks<Side>::row, Side>(row, to);
}
/// The median of Side x Side keys by the networks of median_networks, without neighbors that share them.
template <int Side, class V>
QUOIN_NOINLINE V median_by_networks(V const* keys) {
    using networks = median_networks<Side>;
    constexpr int r = Side / 2, size = networks::shared_results;
    V all[r * 2 * Side], last[size + Side];
    for (int j = 0; j < r; ++j) {
        V pair[2 * Side];
        sort_row_of_keys<Side>(keys + 2 * j * Side, pair);
        sort_row_of_keys<Side>(keys + (2 * j + 1) * Side, pair + Side);
        apply_to<networks::pair, 2 * Side>(pair, all + 2 * j * Side);
    }
    apply_to<networks::shared, size>(all, last);
    sort_row_of_keys<Side>(keys + (Side - 1) * Side, last + size);
    V result;
    apply_to<networks::last, 1>(last, &result);
    return result;
}

/// The adaptive median of channels T in squares up to side x side.
template <class T>
struct median_of_growing_square : ranks_rows {
    int side;

    constexpr explicit median_of_growing_square(int s) : side(s) {}

    QUOIN_FN quoin::footprint footprint() const { return {side / 2, side / 2}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        auto const median = [&](int n) QUOIN_LAMBDA_INLINE { return select_rank(w, n, n * n / 2); };
        return from_rank_key<T>(
            find([&](int dx, int dy) QUOIN_LAMBDA_INLINE { return to_rank_key(w(dx, dy)); }, median));
    }

    template <class Lanes>
    void sweep(row_sweep<T> const& row, T* to) const {
        rank_row<Lanes>(row, to, [this](auto const& at) QUOIN_LAMBDA_INLINE {
            return find(at, [&at](int n) QUOIN_LAMBDA_INLINE { return median_of(at, n); });
        });
    }

private:
    /// A function of its own, which few pixels need.
    template <class At>
    static QUOIN_NOINLINE auto median_of(At const at, int n) {
        using V = std::remove_const_t<decltype(at(0, 0))>;
        if constexpr (is_lanes<V>) {
            V keys[49]; // so that types with the same keys have the same networks
            if (n == 5 || n == 7)
                for (int i = 0; i < n * n; ++i) keys[i] = at(i % n - n / 2, i / n - n / 2);
            if (n == 5) return median_by_networks<5>(keys);
            if (n == 7) return median_by_networks<7>(keys);
        }
        return select_rank(key_window<rank_key_t<T>, At>{at}, n, n * n / 2);
    }

    /// median(n) is that of n x n keys.
    template <class At, class Median>
    QUOIN_INLINE auto find(At const& at, Median const& median) const {
        using V = std::remove_const_t<decltype(at(0, 0))>;
        V const center = at(0, 0);
        V least = min(min(min(at(-1, -1), at(0, -1)), min(at(1, -1), at(-1, 0))),
                      min(min(at(1, 0), at(-1, 1)), min(at(0, 1), at(1, 1))));
        V greatest = max(max(max(at(-1, -1), at(0, -1)), max(at(1, -1), at(-1, 0))),
                         max(max(at(1, 0), at(-1, 1)), max(at(0, 1), at(1, 1))));
        least = min(least, center);
        greatest = max(greatest, center);
        V middle = middle_of_nine(at);
        auto grows = middle <= least || middle >= greatest;
        V result = select(grows || center <= least || center >= greatest, middle, center);
        for (int n = 5; n <= side && any_true(grows); n += 2) {
            int const r = n / 2;
            for (int i = -r; i <= r; ++i) {
                least = min(least, min(at(i, -r), at(i, r)));
                greatest = max(greatest, max(at(i, -r), at(i, r)));
            }
            for (int j = 1 - r; j < r; ++j) {
                least = min(least, min(at(-r, j), at(r, j)));
                greatest = max(greatest, max(at(-r, j), at(r, j)));
            }
            middle = median(n);
            auto const still = middle <= least || middle >= greatest;
            result = select(grows, select(still || center <= least || center >= greatest, middle, center), result);
            grows = grows && still;
        }
        return result;
    }
};

} // namespace detail

/// The stage made by adaptive_median().
class adaptive_median_fn : public detail::rank_stage<detail::median_of_growing_square> {
public:
    constexpr explicit adaptive_median_fn(int side) : rank_stage(side) {
        if (side < 3 || side > 15 || side % 2 == 0)
            detail::raise("quoin::adaptive_median: the largest side ", side, " is not an odd number from 3 to 15");
    }
};

/// Local stage, side x side. Each channel v is replaced by a median where it is the least or the greatest value around
/// it, as specks are, and else stays:
///     for n = 3, 5, ..., side:
///         least, middle, greatest = those of the n x n values around the pixel
///         if least < middle < greatest: return least < v < greatest ? v : middle
///     return middle
/// The pixel type does not change, and every result is a value of the square, so nothing is rounded. Border: that of
/// the last extend(), or reflect_101 without one. Floating point as median(): -0 is less than +0, and NaN counts as
/// larger than all numbers. Cost, on the line engine: some 55 minima and maxima a pixel where n = 3 is enough. Where
/// one of the pixels of a register needs more, all have some 450 more for n = 5 and 1,000 for n = 7, and for n from 9
/// on n^2 comparisons for each bit of a channel, as on the tile engine for n from 5 on. Flat parts of an image need all
/// of it.
/// @throws invalid_argument unless the side is odd and in 3..15.
///
/// R. C. Gonzalez, R. E. Woods, "Digital Image Processing", 3rd edition, 2008, section 5.3.3.
constexpr adaptive_median_fn adaptive_median(int side) {
    return adaptive_median_fn(side);
}

/// The catalogue's entry.
struct adaptive_median_entry : entry_of<adaptive_median_entry> {
    static constexpr operation about{.name = "adaptive_median",
                                     .about = "extremes of squares become medians, of squares that grow from 3 to SIDE",
                                     .parameters = {{.name = "SIDE",
                                                     .type = parameter_type::choice,
                                                     .choices = "3 5 7 9 11 13 15",
                                                     .about = "of the largest square"}},
                                     .rounding = "none",
                                     .floating = "the same; NaN counts as larger than all numbers"};
    static constexpr adaptive_median_fn stage(double const* values) {
        return adaptive_median(2 * detail::whole<int>(values[0]) + 3);
    }
};

QUOIN_NAMESPACE_END
