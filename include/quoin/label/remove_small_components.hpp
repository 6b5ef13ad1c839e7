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
                                  connectivity c = connectivity::four);

namespace detail {

/// Removes the components from `mask` itself.
template <concepts::policy Policy>
void remove_small_components_in(Policy const& p, bit_image& mask, index_t min_area, connectivity c,
                                flip_memory& memory) {
    if (min_area < 0)
        raise("quoin::remove_small_components: the least area is ", min_area, "; give a number of pixels >= 0");
    check_sides("quoin::remove_small_components", mask.size());
    if (min_area <= 1) return;
    components_in_strips(p, mask, c, tuning::label_strip_rows, memory.map, memory.labels);
    flip_components(p, mask, memory.map, [&](component const& each) { return each.area < min_area; });
}

} // namespace detail

template <concepts::policy Policy>
bit_image remove_small_components(Policy const& p, bit_image mask, index_t min_area, connectivity c) {
    detail::flip_memory memory;
    detail::remove_small_components_in(detail::policy_ref::to(p), mask, min_area, c, memory);
    return mask;
}

QUOIN_NAMESPACE_END
