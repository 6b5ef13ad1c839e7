// SPDX-License-Identifier: BSL-1.0
// component_hulls: the convex hulls of the components of a mask.
#pragma once

#include <quoin/label/components.hpp>
#include <quoin/mask/convex_hull.hpp>

QUOIN_NAMESPACE_BEGIN

/// The pixels in the hull of at least one component: the union of convex_hull(policy, m, points) of the masks m of all
/// components. With pixel_points::edge_midpoints it is scikit-image's convex_hull_object, whose components are
/// 8-connected. Hulls of different components may overlap. Cost: one pass over the runs, then time proportional to the
/// rows of all components' boxes, and one access to each word of each hull. Memory: the result and 16 bytes for each of
/// these rows.
/// @throws invalid_argument for a mask with a side above 2^30 - 1 pixels.
template <concepts::policy Policy>
bit_image component_hulls(Policy const& p, component_map const& map, pixel_points points = pixel_points::centers);

namespace detail {

/// Sets the pixels of a span, also while other threads set others of the same words.
inline void add_span(std::uint64_t* row, pixel_span span) {
    if (span.empty()) return;
    for (index_t i = span.first / 64; i <= span.last / 64; ++i) {
        std::uint64_t const bits = bits_in(i, span.first, span.last + 1);
        if ((~__atomic_load_n(row + i, __ATOMIC_RELAXED) & bits) != 0)
            __atomic_fetch_or(row + i, bits, __ATOMIC_RELAXED);
    }
}

template <concepts::policy Policy>
bit_image hulls_of(Policy const& p, component_map const& map, pixel_points points) {
    extent const size{map.runs.width, map.runs.height()};
    check_sides("quoin::component_hulls", size, (index_t{1} << 30) - 1);
    bit_image result(size);
    index_t const count = static_cast<index_t>(map.components.size());
    std::vector<index_t> first(static_cast<std::size_t>(count) + 1); // of each component, its first row in `rows`
    for (index_t k = 0; k < count; ++k)
        first[static_cast<std::size_t>(k) + 1] =
            first[static_cast<std::size_t>(k)] + map.components[static_cast<std::size_t>(k)].box.height;
    std::vector<pixel_span> rows(static_cast<std::size_t>(first.back()));
    for_each_chunk(p, row_chunks(size.height), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y)
            map.for_each_run(y, [&](pixel_run run, index_t k) {
                pixel_span& span = rows[static_cast<std::size_t>(first[k] + y - map.components[k].box.y)];
                if (span.empty()) span.first = run.begin;
                span.last = run.end - 1;
            });
    });
    for_each_chunk(p, {count, 64}, [&](index_t begin, index_t end) {
        hull_sides sides;
        for (index_t k = begin; k < end; ++k) {
            std::span<pixel_span> const own(rows.data() + first[k], rows.data() + first[k + 1]);
            sides.fill(own, reach_of(points), corner_of(points));
            for (std::size_t y = 0; y < own.size(); ++y)
                add_span(result.row(map.components[k].box.y + static_cast<index_t>(y)), own[y]);
        }
    });
    return result;
}

} // namespace detail

template <concepts::policy Policy>
bit_image component_hulls(Policy const& p, component_map const& map, pixel_points points) {
    return detail::hulls_of(detail::policy_ref::to(p), map, points);
}

QUOIN_NAMESPACE_END
