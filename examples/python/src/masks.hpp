// SPDX-License-Identifier: BSL-1.0
// Arrays as masks.
#pragma once

#include "arrays.hpp"
#include "policies.hpp"

#include <quoin/mask/bits.hpp>

namespace quoin_python {

/// The pixels of a gray image of bytes that are not 0. @throws quoin::invalid_argument for pixels of another type.
quoin::bit_image mask_of(policy const& p, array_image const& image);

} // namespace quoin_python
