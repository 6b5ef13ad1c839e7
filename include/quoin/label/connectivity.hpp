// SPDX-License-Identifier: BSL-1.0
// connectivity: which pixels belong together.
#pragma once

#include <quoin/config.hpp>

QUOIN_NAMESPACE_BEGIN

/// Which pixels touch: `four` those that share a side, `eight` also those that share a corner.
enum class connectivity { four, eight };

QUOIN_NAMESPACE_END
