// SPDX-License-Identifier: BSL-1.0
// remove_small: clears the small components of a mask.
#pragma once

#include <quoin/segment/components.hpp>

QUOIN_NAMESPACE_BEGIN

/// The mask without its components of fewer than min_area pixels; 0 and 1 change nothing.
/// @throws invalid_argument as components does.
template <policy Policy>
bit_image remove_small(Policy const& p, bit_image mask, index_t min_area, connectivity c = connectivity::four) {
    if (min_area > 1)
        detail::flip_components(p, mask, components(p, mask, c),
                                [&](component const& each) { return each.area < min_area; });
    return mask;
}

QUOIN_NAMESPACE_END
