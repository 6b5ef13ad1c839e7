// SPDX-License-Identifier: BSL-1.0
// connectivity: which pixels are neighbors.
#pragma once

#include <quoin/config.hpp>

QUOIN_NAMESPACE_BEGIN

/// The neighbors of a pixel: `four` are the pixels that share a side with it, `eight` also those that share a corner.
enum class connectivity { four, eight };

QUOIN_NAMESPACE_END
