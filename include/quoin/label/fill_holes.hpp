// SPDX-License-Identifier: BSL-1.0
// fill_holes: sets the small holes of a mask.
#pragma once

#include <quoin/label/components.hpp>

QUOIN_NAMESPACE_BEGIN

/// The mask with its holes of at most max_area pixels filled. A hole is a component of the unset pixels that does not
/// touch the border of the image. `foreground` is the connectivity of set pixels. Unset pixels have the opposite
/// connectivity (8 for 4, and 4 for 8), so that every closed curve has an inside. A max_area of 0 changes nothing.
/// Cost: that of components() of the complement.
/// @throws invalid_argument for a negative area or a mask with a side above 2^31 - 1 pixels.
template <concepts::policy Policy>
bit_image fill_holes(Policy const& p, bit_image mask, index_t max_area, connectivity foreground = connectivity::four);

namespace detail {

/// Fills the holes in `mask` itself.
template <concepts::policy Policy>
void fill_holes_in(Policy const& p, bit_image& mask, index_t max_area, connectivity foreground, flip_memory& memory) {
    if (max_area < 0) raise("quoin::fill_holes: the largest area is ", max_area, "; give a number of pixels >= 0");
    check_sides("quoin::fill_holes", mask.size());
    if (max_area == 0) return;
    bit_image& background = memory.background;
    resize_for_use(background, mask.size());
    for_each_chunk(p, row_chunks(mask.height()), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y) complement_row(mask, y, background.row(y));
    });
    connectivity const opposite = foreground == connectivity::four ? connectivity::eight : connectivity::four;
    components_in_strips(p, background, opposite, tuning::label_strip_rows, memory.map, memory.labels);
    flip_components(p, mask, memory.map, [&](component const& hole) {
        rect const inside{1, 1, mask.width() - 2, mask.height() - 2};
        return hole.area <= max_area && inside.contains(hole.box);
    });
}

} // namespace detail

template <concepts::policy Policy>
bit_image fill_holes(Policy const& p, bit_image mask, index_t max_area, connectivity foreground) {
    detail::flip_memory memory;
    detail::fill_holes_in(detail::policy_ref::to(p), mask, max_area, foreground, memory);
    return mask;
}

QUOIN_NAMESPACE_END
