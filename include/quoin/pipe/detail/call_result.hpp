// SPDX-License-Identifier: BSL-1.0
// What a call of a functor returns: for pixels, for a window, and for what it asks for beside them.
#pragma once

#include <quoin/pipe/position.hpp>
#include <quoin/pipe/window.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The stored type of a result R. bool is no channel, so a predicate makes 0 and 1 of type u8.
template <class R>
using stored_t = std::conditional_t<std::same_as<std::remove_cvref_t<R>, bool>, std::uint8_t, std::remove_cvref_t<R>>;

template <class F, class... P>
struct call_result {};
template <class F, class... P>
    requires requires { std::declval<F const&>()(std::declval<P>()...); }
struct call_result<F, P...> {
    using type = stored_t<decltype(std::declval<F const&>()(std::declval<P>()...))>;
};

/// call_result of a pointwise functor, which may take a position.
template <class F, class... P>
struct pixel_result : call_result<F, P...> {};
template <concepts::positioned_functor F, class... P>
struct pixel_result<F, P...> : call_result<F, P..., position<std::int32_t>> {};

/// call_result of a local functor, which may take its row.
template <class F, class P>
struct window_result : call_result<F, window_archetype<P>> {};
template <concepts::takes_row F, class P>
struct window_result<F, P> : call_result<F, window_archetype<P>, index_t> {};

} // namespace detail

QUOIN_NAMESPACE_END
