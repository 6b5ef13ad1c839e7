// SPDX-License-Identifier: BSL-1.0
// percentile: the value of a rank in a square.
#pragma once

#include <quoin/filter/rank/median.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

constexpr int checked_rank(int side, double percent) {
    checked_rank_side("percentile", side);
    if (!(percent >= 0 && percent <= 100))
        raise("quoin::percentile: ", percent, " is no percentage; give a number in 0..100");
    return static_cast<int>(percent / 100 * (side * side - 1) + 0.5);
}

} // namespace detail

/// Local stage, side x side. Each channel is the value of rank floor(percent / 100 (n - 1) + 1/2), from 0, of the n =
/// side^2 values of the square around the pixel in rising order. So 0 is the smallest value, 50 the median and 100 the
/// largest. All else is as for median(), but that only 50 has networks.
/// @throws invalid_argument unless the side is odd and in 1..255, and the percentage in 0..100.
constexpr rank_fn percentile(int side, double percent) {
    return {side, detail::checked_rank(side, percent)};
}

/// The catalogue's entry.
struct percentile_entry : entry_of<percentile_entry> {
    static constexpr operation about{
        .name = "percentile",
        .about = "the value below which PERCENT of the other SIDE x SIDE pixels are",
        .parameters =
            {{.name = "SIDE",
              .type = parameter_type::integer,
              .least = 1,
              .most = 255,
              .about = "an odd number of pixels"},
             {.name = "PERCENT", .least = 0, .most = 100, .about = "0 is the smallest value, 100 the largest"}},
        .rounding = "none; the rank is floor(PERCENT / 100 (SIDE^2 - 1) + 1/2)",
        .floating = "the same; NaN counts as larger than all numbers",
        .pillow = "image.filter(ImageFilter.RankFilter(SIDE, rank)), whose border is replicate",
        .scikit_image = "scipy.ndimage.percentile_filter(image, PERCENT, SIDE, mode='mirror'), whose rank is "
                        "int(PERCENT / 100 SIDE^2)"};
    static constexpr rank_fn stage(double const* values) {
        return percentile(detail::whole<int>(values[0]), values[1]);
    }
};

QUOIN_NAMESPACE_END
