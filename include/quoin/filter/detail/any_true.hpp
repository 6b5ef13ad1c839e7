// SPDX-License-Identifier: BSL-1.0
// any_true: whether one of several comparisons is true.
#pragma once

#include <quoin/config.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Whether a comparison is true, or one of several.
template <class Mask>
QUOIN_INLINE bool any_true(Mask const& mask) {
    if constexpr (requires { mask.bits(); }) return mask.bits() != 0;
    else return mask;
}

} // namespace detail
QUOIN_NAMESPACE_END
