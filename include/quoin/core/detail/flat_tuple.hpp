// SPDX-License-Identifier: BSL-1.0
// flat_tuple: the few members of std::tuple that a pipeline needs, usable on host and device.
#pragma once

#include <quoin/config.hpp>

#include <utility>

QUOIN_NAMESPACE_BEGIN

namespace detail {

template <int I, class T>
struct tuple_leaf {
    [[no_unique_address]] T value;
};

template <class Indices, class... T>
struct flat_tuple_base;
template <int... I, class... T>
struct flat_tuple_base<std::integer_sequence<int, I...>, T...> : tuple_leaf<I, T>... {};

/// An aggregate of values without nesting.
template <class... T>
struct flat_tuple : flat_tuple_base<std::make_integer_sequence<int, sizeof...(T)>, T...> {
    static constexpr int size = sizeof...(T);
};

template <int I, class T>
QUOIN_INLINE T const& leaf_value(tuple_leaf<I, T> const& leaf) {
    return leaf.value;
}

template <int I, class... T>
QUOIN_INLINE auto const& get(flat_tuple<T...> const& t) {
    return leaf_value<I>(t);
}

QUOIN_CALLS_EITHER
template <class F, class Tuple, int... I>
QUOIN_INLINE auto apply(F const& f, Tuple const& t, std::integer_sequence<int, I...>) {
    return f(get<I>(t)...);
}

/// Calls f(element 0, element 1, ...).
QUOIN_CALLS_EITHER
template <class F, class... T>
QUOIN_INLINE auto apply(F const& f, flat_tuple<T...> const& t) {
    return apply(f, t, std::make_integer_sequence<int, sizeof...(T)>{});
}

} // namespace detail

QUOIN_NAMESPACE_END
