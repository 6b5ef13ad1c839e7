// SPDX-License-Identifier: BSL-1.0
// remove_small_components: removes the small components of a mask.
#pragma once

#include <quoin/label/components.hpp>

QUOIN_NAMESPACE_BEGIN

/// The mask without its components of fewer than min_area pixels. A min_area of 0 or 1 changes nothing. Cost: that of
/// components().
/// @throws invalid_argument for a negative area or a mask with a side above 2^31 - 1 pixels.
template <concepts::policy Policy>
bit_image remove_small_components(Policy const& p, bit_image mask, index_t min_area,
                                  connectivity c = connectivity::four) {
    if (min_area < 0)
        detail::raise("quoin::remove_small_components: the least area is ", min_area, "; give a number of pixels >= 0");
    detail::check_sides("quoin::remove_small_components", mask.size());
    if (min_area > 1)
        detail::flip_components(p, mask, components(p, mask, c),
                                [&](component const& each) { return each.area < min_area; });
    return mask;
}

QUOIN_NAMESPACE_END
