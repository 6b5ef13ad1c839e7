// SPDX-License-Identifier: BSL-1.0
// value_at, percentile_at: values by their place among all, of counts of values.
#pragma once

#include <quoin/core/geometry.hpp>

#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The value that is at `rank`, from 0, if all values are sorted.
inline index_t value_at(std::vector<index_t> const& counts, index_t rank) {
    std::size_t v = 0;
    while (rank >= counts[v]) rank -= counts[v++];
    return static_cast<index_t>(v);
}

/// The value at place percent / 100 (n - 1) of all n > 0 values in order, linear between two places, as
/// numpy.percentile to the last digit.
inline double percentile_at(std::vector<index_t> const& counts, index_t n, double percent) {
    double const place = static_cast<double>(n - 1) * (percent / 100);
    index_t const whole = static_cast<index_t>(place), below = whole < n - 1 ? whole : n - 1;
    double const t = place - static_cast<double>(below);
    auto const a = static_cast<double>(value_at(counts, below));
    auto const b = static_cast<double>(value_at(counts, below < n - 1 ? below + 1 : below));
    return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
}

} // namespace detail

QUOIN_NAMESPACE_END
