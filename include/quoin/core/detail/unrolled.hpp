// SPDX-License-Identifier: BSL-1.0
// A loop whose index is a constant in every iteration.
#pragma once

#include <quoin/config.hpp>

#include <utility>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Calls f(integral_constant<int, i>) for i = 0, 1, ..., Count - 1. A plain loop over an array of registers would
/// access it through memory.
template <int Count, class F>
QUOIN_INLINE void unrolled(F const& f) {
    [&]<int... I>(std::integer_sequence<int, I...>) QUOIN_LAMBDA_INLINE {
        (f(std::integral_constant<int, I>{}), ...);
    }(std::make_integer_sequence<int, Count>{});
}

} // namespace detail
QUOIN_NAMESPACE_END
