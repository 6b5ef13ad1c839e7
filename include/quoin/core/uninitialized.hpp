// SPDX-License-Identifier: BSL-1.0
// uninitialized: the argument that leaves the memory of an image or mask uninitialized.
#pragma once

#include <quoin/config.hpp>

QUOIN_NAMESPACE_BEGIN

/// States that every value of an owning image or mask is written before it is read, so it need not be zeroed.
struct uninitialized_t {};
inline constexpr uninitialized_t uninitialized{};

QUOIN_NAMESPACE_END
