// SPDX-License-Identifier: BSL-1.0
// rank_min, rank_max: the ends of the ranks in a rectangle.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/filter/detail/extrema.hpp>
#include <quoin/filter/detail/rank_keys.hpp>
#include <quoin/pipe/border.hpp>
#include <quoin/pipe/operation.hpp>

#include <optional>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The order of ranks: NaN behind all numbers, whichever end is looked for.
template <class T, bool Greatest>
struct rank_order {
    using key = rank_key_t<T>;
    template <class V>
    static QUOIN_INLINE auto key_of(V const& v) {
        return to_rank_key(v);
    }
    template <class K>
    static QUOIN_INLINE auto value_of(K const& k) {
        return from_rank_key<T>(k);
    }
    template <class K>
    static QUOIN_INLINE K of(K const& a, K const& b) {
        if constexpr (Greatest) return max(a, b);
        else return min(a, b);
    }
};

/// The first or the last rank of a rectangle, with the border of rank filters.
template <class T, bool Greatest>
struct rank_end : extreme_of_rectangle<T, Greatest, extreme_alone<T>, rank_order<T, Greatest>> {
    using default_border = reflect_101_border;
    static constexpr char const* name = Greatest ? "rank_max" : "rank_min"; // in traces
};

} // namespace detail

/// The stage made by rank_min() and rank_max().
template <bool Greatest>
class rank_end_fn {
public:
    using expands = void;

    constexpr rank_end_fn(int width, int height) : sides_(Greatest ? "rank_max" : "rank_min", width, height) {}

    template <class P>
    constexpr auto expand() const {
        int const left = sides_.width / 2, up = sides_.height / 2;
        return compose(
            detail::rank_end<channel_t<P>, Greatest>{{left, sides_.width - 1 - left, up, sides_.height - 1 - up}});
    }

private:
    detail::rectangle_sides sides_;
};

/// Local stage, width x height; the height is the width if left out. Each channel is the smallest value over the
/// columns x - width / 2, ..., x + (width - 1) / 2 and the rows y - height / 2, ..., y + (height - 1) / 2. Of odd
/// squares it is percentile(side, 0). The pixel type does not change, and nothing is rounded. Border: that of the last
/// extend(), or reflect_101 without one, as for all filters of ranks; outside an erode(), pixels do not count. Floating
/// point: -0 is less than +0, and NaN counts as larger than all numbers. So the result is NaN only where all values
/// are, where erode() has NaN beside each one. Cost: that of erode() of a rectangle, which hardly grows with the sides.
/// @throws invalid_argument unless both sides are in 1..511.
constexpr rank_end_fn<false> rank_min(int width, std::optional<int> height = {}) {
    return {width, height.value_or(width)};
}

/// The same with the largest value, over the same rectangle, which dilate() reflects. Of odd squares it is
/// percentile(side, 100). A NaN in the rectangle is the result, and its bits are always the same.
/// @throws invalid_argument unless both sides are in 1..511.
constexpr rank_end_fn<true> rank_max(int width, std::optional<int> height = {}) {
    return {width, height.value_or(width)};
}

namespace detail {
inline constexpr parameter rank_sides_parameter{.name = "SIZE",
                                                .type = parameter_type::size,
                                                .least = 1,
                                                .most = rectangle_sides::most,
                                                .about = "the columns and rows of the rectangle, as 15x4, or 15 for "
                                                         "both",
                                                .one_for_both = true};
} // namespace detail

/// The catalogue's entries.
struct rank_min_entry : entry_of<rank_min_entry> {
    static constexpr operation about{
        .name = "rank_min",
        .about = "the smallest value of a rectangle: erode with the border and the NaN of median",
        .parameters = {detail::rank_sides_parameter},
        .rounding = "none",
        .floating = "the same; NaN counts as larger than all numbers",
        .pillow = "image.filter(ImageFilter.RankFilter(SIDE, 0)), squares, whose border is replicate",
        .scikit_image = "scipy.ndimage.minimum_filter(image, (HEIGHT, WIDTH), mode='mirror')"};
    static constexpr rank_end_fn<false> stage(double const* values) {
        return rank_min(detail::whole<int>(values[0]), detail::whole<int>(values[1]));
    }
};
struct rank_max_entry : entry_of<rank_max_entry> {
    static constexpr operation about{
        .name = "rank_max",
        .about = "the largest value of a rectangle: dilate with the border and the NaN of median",
        .parameters = {detail::rank_sides_parameter},
        .rounding = "none",
        .floating = "the same; NaN counts as larger than all numbers",
        .pillow = "image.filter(ImageFilter.RankFilter(SIDE, SIDE * SIDE - 1)), squares, whose border is replicate",
        .scikit_image = "scipy.ndimage.maximum_filter(image, (HEIGHT, WIDTH), mode='mirror')"};
    static constexpr rank_end_fn<true> stage(double const* values) {
        return rank_max(detail::whole<int>(values[0]), detail::whole<int>(values[1]));
    }
};

QUOIN_NAMESPACE_END
