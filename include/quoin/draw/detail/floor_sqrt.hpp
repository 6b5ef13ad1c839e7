// SPDX-License-Identifier: BSL-1.0
// Roots and quotients of integers, rounded down.
#pragma once

#include <quoin/core/detail/wide_int.hpp>
#include <quoin/core/geometry.hpp>

#include <cmath>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// floor(a / b) for b > 0.
template <class I>
constexpr I floor_quotient(I a, I b) {
    I const q = a / b;
    return q * b > a ? q - 1 : q;
}

/// floor(sqrt(n)) for 0 <= n <= 2^62.
inline index_t floor_sqrt(index_t n) {
    auto r = static_cast<index_t>(std::sqrt(static_cast<double>(n)));
    while (r * r > n) --r;
    while ((r + 1) * (r + 1) <= n) ++r;
    return r;
}

/// floor(sqrt(n)) for 0 <= n < 2^124, bit by bit.
constexpr wide_int wide_floor_sqrt(wide_int n) {
    wide_int root = 0;
    for (int bit = 61; bit >= 0; --bit) {
        wide_int const larger = root + (wide_int{1} << bit);
        if (larger * larger <= n) root = larger;
    }
    return root;
}

} // namespace detail
QUOIN_NAMESPACE_END
