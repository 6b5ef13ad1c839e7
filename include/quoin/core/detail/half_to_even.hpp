// SPDX-License-Identifier: BSL-1.0
// half_to_even: rounding by the rule of IEEE 754 without the machine's rounding mode.
#pragma once

#include <quoin/core/geometry.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The nearest whole number of 0 <= x < 2^63, of two the even one.
constexpr index_t half_to_even(double x) {
    auto const below = static_cast<index_t>(x);
    double const rest = x - static_cast<double>(below);
    return below + (rest > 0.5 || (rest == 0.5 && below % 2 != 0) ? 1 : 0);
}

} // namespace detail

QUOIN_NAMESPACE_END
