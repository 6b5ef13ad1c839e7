// SPDX-License-Identifier: BSL-1.0
// median_cross, median_weighted: medians of crosses of 5 and 9 pixels, and of 3 x 3 pixels where the center counts
// more.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/filter/detail/rank_registers.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The middle one of a cross of side 3 or 5 of channels T.
template <class T>
struct median_of_cross : ranks_rows {
    int side;

    constexpr explicit median_of_cross(int s) : side(s) {}

    QUOIN_FN quoin::footprint footprint() const { return {side / 2, side / 2}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        auto const at = [&](int dx, int dy) QUOIN_LAMBDA_INLINE { return to_rank_key(w(dx, dy)); };
        if (side == 3) return from_rank_key<T>(middle_of_five(at));
        return from_rank_key<T>(middle_of_long_cross(at));
    }

    template <class Lanes>
    void sweep(row_sweep<T> const& row, T* to) const {
        if (side == 3) {
            rank_row<Lanes>(row, to, [](auto const& at) QUOIN_LAMBDA_INLINE { return middle_of_five(at); });
        } else {
            rank_row<Lanes>(row, to, [](auto const& at) QUOIN_LAMBDA_INLINE { return middle_of_long_cross(at); });
        }
    }

private:
    /// Of two pairs the larger of the smaller values, and the smaller of the larger ones, lie around the median.
    template <class At>
    static QUOIN_INLINE auto middle_of_five(At const& at) {
        auto const a = at(0, -1), b = at(-1, 0), c = at(0, 0), d = at(1, 0), e = at(0, 1);
        auto const low = max(min(a, e), min(b, d)), high = min(max(a, e), max(b, d));
        return max(min(low, high), min(max(low, high), c));
    }
    /// Nine pixels, in any order.
    template <class At>
    static QUOIN_INLINE auto middle_of_long_cross(At const& at) {
        return middle_of_nine([&](int i, int j) QUOIN_LAMBDA_INLINE {
            return i == 0 ? at(0, 2 * j) : j == 0 ? at(2 * i, 0) : i == j ? at(0, i) : at(i, 0);
        });
    }
};

/// The middle one of the pixels around a pixel, and of it as often as `weight` says.
template <class T>
struct weighted_median : ranks_rows {
    static constexpr quoin::footprint footprint{1, 1};
    int weight;

    constexpr explicit weighted_median(int w) : weight(w) {}

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        auto const at = [&](int dx, int dy) QUOIN_LAMBDA_INLINE { return to_rank_key(w(dx, dy)); };
        using V = std::remove_const_t<decltype(at(0, 0))>;
        V v[8];
        sort_neighbors(at, v);
        V low = v[3], high = v[4];
        if (weight == 3) low = v[2], high = v[5];
        if (weight == 5) low = v[1], high = v[6];
        if (weight == 7) low = v[0], high = v[7];
        V const center = at(0, 0);
        return from_rank_key<T>(weight == 9 ? center : max(low, min(center, high)));
    }

    template <class Lanes>
    void sweep(row_sweep<T> const& row, T* to) const {
        if (weight == 1)
            rank_row<Lanes>(row, to, [](auto const& at) QUOIN_LAMBDA_INLINE { return middle_of_nine(at); });
        else if (weight == 3)
            rank_row<Lanes>(row, to, [](auto const& at) QUOIN_LAMBDA_INLINE { return between<1>(at); });
        else if (weight == 5)
            rank_row<Lanes>(row, to, [](auto const& at) QUOIN_LAMBDA_INLINE { return between<2>(at); });
        else if (weight == 7)
            rank_row<Lanes>(row, to, [](auto const& at) QUOIN_LAMBDA_INLINE { return between<3>(at); });
        else rank_row<Lanes>(row, to, [](auto const& at) QUOIN_LAMBDA_INLINE { return at(0, 0); });
    }

private:
    /// The center, but at least the value of rank 3 - Half of its eight neighbors, and at most that of rank 4 + Half.
    /// The compiler leaves out what the two do not need.
    template <int Half, class At>
    static QUOIN_INLINE auto between(At const& at) {
        std::remove_const_t<decltype(at(0, 0))> v[8];
        sort_neighbors(at, v);
        return max(v[3 - Half], min(at(0, 0), v[4 + Half]));
    }
    template <class At, class V>
    static QUOIN_INLINE void sort_neighbors(At const& at, V (&v)[8]) {
        v[0] = at(-1, -1), v[1] = at(0, -1), v[2] = at(1, -1), v[3] = at(-1, 0);
        v[4] = at(1, 0), v[5] = at(-1, 1), v[6] = at(0, 1), v[7] = at(1, 1);
        auto const sort = [&v](int i, int j) QUOIN_LAMBDA_INLINE {
            V const low = min(v[i], v[j]);
            v[j] = max(v[i], v[j]);
            v[i] = low;
        };
        sort(0, 2), sort(1, 3), sort(4, 6), sort(5, 7);
        sort(0, 4), sort(1, 5), sort(2, 6), sort(3, 7);
        sort(0, 1), sort(2, 3), sort(4, 5), sort(6, 7);
        sort(2, 4), sort(3, 5), sort(1, 4), sort(3, 6);
        sort(1, 2), sort(3, 4), sort(5, 6);
    }
};

} // namespace detail

/// The stage made by median_cross().
class median_cross_fn : public detail::rank_stage<detail::median_of_cross> {
public:
    constexpr explicit median_cross_fn(int side) : rank_stage(side) {
        if (side != 3 && side != 5)
            detail::raise("quoin::median_cross: a cross of side ", side, "; give 3 or 5, or use median");
    }
};

/// The stage made by median_weighted().
class median_weighted_fn : public detail::rank_stage<detail::weighted_median> {
public:
    constexpr explicit median_weighted_fn(int weight) : rank_stage(weight) {
        if (weight < 1 || weight > 9 || weight % 2 == 0)
            detail::raise("quoin::median_weighted: the weight ", weight, " is not 1, 3, 5, 7 or 9");
    }
};

/// Local stage, side x side. Each channel is the middle one of the 2 side - 1 values of the cross around the pixel, its
/// row and its column, in rising order. Lines of one pixel that are as long as half of the side stay, unlike under
/// median(). The pixel type does not change, and every result is a value of the cross, so nothing is rounded. Border:
/// that of the last extend(), or reflect_101 without one. Floating point as median(): -0 is less than +0, and NaN
/// counts as larger than all numbers. Cost: 10 minima and maxima a pixel for side 3, and some 30 for side 5.
/// @throws invalid_argument unless the side is 3 or 5.
constexpr median_cross_fn median_cross(int side) {
    return median_cross_fn(side);
}

/// Local stage, 3 x 3. Each channel is the middle one of the 9 values around the pixel in rising order, where the
/// center counts `weight` times: of 8 + weight values. So it is the center, but no less than the neighbor of rank (7 -
/// weight) / 2, from 0, of the eight, and no more than that of rank (7 + weight) / 2. A weight of 1 is median(3), and 9
/// leaves the pixel; 7 removes what is less or more than all neighbors. All else is as for median(). Border: that of
/// the last extend(), or reflect_101 without one. Cost: some 14 to 38 minima and maxima a pixel.
/// @throws invalid_argument unless the weight is 1, 3, 5, 7 or 9.
///
/// S.-J. Ko, Y. H. Lee, "Center Weighted Median Filters and Their Applications to Image Enhancement", IEEE Transactions
/// on Circuits and Systems 38, 1991.
constexpr median_weighted_fn median_weighted(int weight) {
    return median_weighted_fn(weight);
}

/// The catalogue's entry.
struct median_cross_entry : entry_of<median_cross_entry> {
    static constexpr operation about{.name = "median_cross",
                                     .about = "the middle value of a cross of SIDE pixels along the row and the column",
                                     .parameters = {{.name = "SIDE",
                                                     .type = parameter_type::choice,
                                                     .choices = "3 5",
                                                     .about = "pixels of an arm to "
                                                              "the other end"}},
                                     .rounding = "none",
                                     .floating = "the same; NaN counts as larger than all numbers",
                                     .scikit_image =
                                         "scipy.ndimage.median_filter(image, footprint=CROSS, mode='mirror')"};
    static constexpr median_cross_fn stage(double const* values) {
        return median_cross(detail::whole<int>(values[0]) == 0 ? 3 : 5);
    }
};

/// The catalogue's entry.
struct median_weighted_entry : entry_of<median_weighted_entry> {
    static constexpr operation about{.name = "median_weighted",
                                     .about =
                                         "the middle value of 3 x 3 pixels, of which the center counts WEIGHT times",
                                     .parameters = {{.name = "WEIGHT",
                                                     .type = parameter_type::choice,
                                                     .choices = "1 3 5 7 9",
                                                     .about = "1 is a median, 9 leaves the pixel"}},
                                     .rounding = "none",
                                     .floating = "the same; NaN counts as larger than all numbers"};
    static constexpr median_weighted_fn stage(double const* values) {
        return median_weighted(2 * detail::whole<int>(values[0]) + 1);
    }
};

QUOIN_NAMESPACE_END
