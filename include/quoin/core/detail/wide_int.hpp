// SPDX-License-Identifier: BSL-1.0
// Integers of 128 bits.
#pragma once

#include <quoin/config.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

__extension__ typedef __int128 wide_int;

} // namespace detail
QUOIN_NAMESPACE_END
