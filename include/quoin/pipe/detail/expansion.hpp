// SPDX-License-Identifier: BSL-1.0
// Stages that stand for other stages.
#pragma once

#include <quoin/pipe/border.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A stage that stands for other stages. These depend on the pixel type P, and perhaps on the extent of its input and
/// on the border of the last extend(): f.expand<P>(), f.expand<P>(extent) or f.expand<P>(extent, border_kind) returns
/// them as a closure.
template <class F>
concept expanding_stage = requires { typename F::expands; };

/// Whether the stages that F stands for depend on the extent.
template <class F, class P>
concept expands_for_extent = requires(F const& f) { f.template expand<P>(extent{}); } ||
                             requires(F const& f) { f.template expand<P>(extent{}, border_kind{}); };

/// The stages that f stands for.
template <class P, class F>
QUOIN_FN auto expansion(F const& f, [[maybe_unused]] extent input,
                        [[maybe_unused]] border_kind border = border_kind::reflect_101) {
    if constexpr (requires { f.template expand<P>(input, border); }) return f.template expand<P>(input, border);
    else if constexpr (requires { f.template expand<P>(input); }) return f.template expand<P>(input);
    else return f.template expand<P>();
}

} // namespace detail

QUOIN_NAMESPACE_END
