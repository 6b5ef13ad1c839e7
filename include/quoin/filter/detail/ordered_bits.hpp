// SPDX-License-Identifier: BSL-1.0
// Floating-point numbers as integers that have their order.
#pragma once

#include <quoin/lanes/arithmetic.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The signed integer of the size of a floating-point type; integers are themselves.
template <class T>
using ordered_t =
    std::conditional_t<std::integral<T>, T, std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>>;

/// Of the bits of numbers the integers that have their order, and of these the bits. Those of -0 and +0 follow each
/// other; the NaNs with a sign are below that of -infinity, the others above that of infinity.
template <class K>
QUOIN_INLINE auto ordered_bits(K const& bits) {
    using T = scalar_t<K>;
    using V = std::remove_const_t<K>;
    return V(bits ^ ((bits >> (8 * static_cast<int>(sizeof(T)) - 1)) & V(highest<T>)));
}

} // namespace detail

QUOIN_NAMESPACE_END
