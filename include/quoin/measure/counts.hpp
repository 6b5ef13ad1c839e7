// SPDX-License-Identifier: BSL-1.0
// percentiles, entropy, mean_std_of_counts: numbers from a histogram.
#pragma once

#include <quoin/core/detail/percentile.hpp>
#include <quoin/measure/mean_std.hpp>

#include <algorithm>
#include <cmath>
#include <initializer_list>

QUOIN_NAMESPACE_BEGIN

/// How a percentile is chosen between values: `linear` is numpy's default, and `nearest_rank` its inverted_cdf, which
/// rounds p / 100 first: of 25 values 28 % are 7 of them here, and more than 7 there.
enum class percentile_method { linear, nearest_rank };

namespace detail {

inline index_t total_of(char const* what, std::vector<index_t> const& counts) {
    index_t total = 0;
    for (index_t const n : counts) {
        if (n < 0) raise(what, ": a count is ", n, "; give counts >= 0, as histogram makes them");
        total += n;
    }
    if (total == 0) raise(what, ": all ", counts.size(), " counts are 0; give the histogram of an image with pixels");
    return total;
}

} // namespace detail

/// The percentiles of n sorted values of which counts[v] have the value v, in the order of `percents`.
///
/// linear: the value at the place (n - 1) p / 100, between the values at both sides of it. With a and b at the floor
/// and the ceiling of the place, and its fraction t, the result is a + (b - a) t, for t >= 1/2 computed as b - (b - a)
/// (1 - t). This is numpy.percentile to the last digit. nearest_rank: the smallest value for which at least p percent
/// of the values are at most as large; the smallest of all for p = 0. Counts of signed pixels: v counts from the
/// smallest value of the type. Cost: one pass over the counts for each percentile.
/// @throws invalid_argument for a percentile outside 0..100, or if all counts are 0.
inline std::vector<double> percentiles(std::vector<index_t> const& counts, std::vector<double> const& percents,
                                       percentile_method method = percentile_method::linear) {
    for (double const p : percents)
        if (!(p >= 0 && p <= 100))
            detail::raise("quoin::percentiles: ", p, " is no percentile; give a number in 0..100");
    index_t const n = detail::total_of("quoin::percentiles", counts);
    std::vector<double> result;
    for (double const p : percents) {
        if (method == percentile_method::nearest_rank) {
            auto const rank = static_cast<index_t>(std::ceil(static_cast<double>(n) * p / 100));
            result.push_back(static_cast<double>(detail::value_at(counts, std::clamp<index_t>(rank - 1, 0, n - 1))));
            continue;
        }
        result.push_back(detail::percentile_at(counts, n, p));
    }
    return result;
}

/// The entropy of the values in bits: -sum of q log2(q) over the shares q = counts[v] / n that are not 0. From 0, if
/// all pixels have one value, to 8 for bytes. In double, from the first count on.
/// @throws invalid_argument if all counts are 0.
///
/// Source: C. Shannon, "A mathematical theory of communication", 1948.
inline double entropy(std::vector<index_t> const& counts) {
    auto const n = static_cast<double>(detail::total_of("quoin::entropy", counts));
    double bits = 0;
    for (index_t const count : counts)
        if (count > 0) bits -= static_cast<double>(count) / n * std::log2(static_cast<double>(count) / n);
    return bits + 0.0; // +0 for one value
}

/// mean_std of pixels of which counts[i] have the value smallest + i: the same exact numbers.
/// @throws invalid_argument if all counts are 0.
inline mean_std_result<std::uint16_t> mean_std_of_counts(std::vector<index_t> const& counts, index_t smallest = 0) {
    detail::i128 const n = detail::total_of("quoin::mean_std_of_counts", counts);
    detail::i128 sum = 0, squares = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        detail::i128 const v = smallest + static_cast<index_t>(i);
        sum += v * counts[i];
        squares += v * v * counts[i];
    }
    double const variance = detail::rounded_ratio(n * squares - sum * sum, static_cast<detail::u128>(n * n));
    return {detail::rounded_ratio(sum, static_cast<detail::u128>(n)), sqrt(variance), variance};
}

QUOIN_NAMESPACE_END
