// SPDX-License-Identifier: BSL-1.0
// uninitialized: the argument that leaves memory as it is.
#pragma once

#include <quoin/config.hpp>

QUOIN_NAMESPACE_BEGIN

/// Tells an owning image or mask that every value is written before it is read, so that it need not be zeroed.
struct uninitialized_t {};
inline constexpr uninitialized_t uninitialized{};

QUOIN_NAMESPACE_END
