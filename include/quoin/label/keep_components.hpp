// SPDX-License-Identifier: BSL-1.0
// keep_components: the components of a mask that have a pixel of another mask.
#pragma once

#include <quoin/label/components.hpp>

QUOIN_NAMESPACE_BEGIN

/// The components of `mask` of which at least one pixel is set in `seeds`. This is the hysteresis of two thresholds,
/// for the masks of the lower and of the higher one, and the reconstruction of `mask` from both masks' common pixels.
/// Set pixels of `seeds` outside of `mask` do not count. Cost: that of components(), and a look at each run.
/// @throws invalid_argument if the masks have different extents, or a side above 2^31 - 1 pixels.
template <concepts::policy Policy>
bit_image keep_components(Policy const& p, bit_image mask, bit_image const& seeds,
                          connectivity c = connectivity::eight);

namespace detail {

/// Whether a bit of [begin, end) is set.
inline bool any_set(std::uint64_t const* row, index_t begin, index_t end) {
    index_t const first = begin / 64, last = (end - 1) / 64;
    std::uint64_t const from = ~std::uint64_t{0} << (begin % 64), to = ~std::uint64_t{0} >> (63 - (end - 1) % 64);
    if (first == last) return (row[first] & from & to) != 0;
    std::uint64_t any = (row[first] & from) | (row[last] & to);
    for (index_t i = first + 1; i < last; ++i) any |= row[i];
    return any != 0;
}

/// Removes the components without a seed from `mask` itself.
template <concepts::policy Policy>
void keep_components_in(Policy const& p, bit_image& mask, bit_image const& seeds, connectivity c, flip_memory& memory) {
    if (mask.size() != seeds.size())
        raise("quoin::keep_components: the mask has ", mask.width(), " x ", mask.height(), " pixels, the seeds ",
              seeds.width(), " x ", seeds.height(), "; give masks of one extent");
    check_sides("quoin::keep_components", mask.size());
    component_map& map = memory.map;
    components_in_strips(p, mask, c, tuning::label_strip_rows, map, memory.labels);
    std::vector<std::uint8_t> kept(map.components.size());
    for_each_chunk(p, row_chunks(mask.height()), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y)
            map.for_each_run(y, [&](pixel_run run, index_t component) {
                // Threads may find seeds of one component at the same time.
                if (any_set(seeds.row(y), run.begin, run.end)) __atomic_store_n(&kept[component], 1, __ATOMIC_RELAXED);
            });
    });
    for_each_chunk(p, row_chunks(mask.height()), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y)
            map.for_each_run(y, [&](pixel_run run, index_t component) {
                if (!kept[component]) flip_range(mask.row(y), run.begin, run.end);
            });
    });
}

} // namespace detail

template <concepts::policy Policy>
bit_image keep_components(Policy const& p, bit_image mask, bit_image const& seeds, connectivity c) {
    detail::flip_memory memory;
    detail::keep_components_in(detail::policy_ref::to(p), mask, seeds, c, memory);
    return mask;
}

QUOIN_NAMESPACE_END
