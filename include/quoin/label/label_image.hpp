// SPDX-License-Identifier: BSL-1.0
// label_image: the components of a mask as an image of labels.
#pragma once

#include <quoin/image/image.hpp>
#include <quoin/label/components.hpp>

QUOIN_NAMESPACE_BEGIN

/// An image of the mask's extent. A pixel is 0 if the mask is not set there, and k + 1 in component k. The numbering is
/// that of the map: raster order of first pixels. Cost: one write per pixel.
/// @throws invalid_argument for more than 2^32 - 2 components, and std::bad_alloc if there is not enough memory.
template <concepts::policy Policy>
image<std::uint32_t> label_image(Policy const& p, component_map const& map);

namespace detail {

/// Sets the values begin <= x < end of a row. It may also overwrite values behind `end`, which the next call sets.
constexpr void fill_on(std::uint32_t* row, index_t width, index_t begin, index_t end, std::uint32_t value) {
    constexpr index_t step = 16; // a fixed count compiles to a few stores, and most runs are short
    index_t x = begin;
    for (; x < end && x + step <= width; x += step) std::fill_n(row + x, step, value);
    for (; x < end; ++x) row[x] = value;
}

template <concepts::policy Policy>
image<std::uint32_t> labels_of(Policy const& p, component_map const& map) {
    index_t const count = static_cast<index_t>(map.components.size());
    if (count >= std::numeric_limits<std::uint32_t>::max())
        raise("quoin::label_image: ", count, " components do not fit labels of 32 bits; read the map, whose ",
              "labels have 64");
    extent const size{map.runs.width, map.runs.height()};
    image<std::uint32_t> result(size, uninitialized);
    auto const view = result.view();
    for_each_chunk(p, row_chunks(size.height), [&](index_t first, index_t last) {
        for (index_t y = first; y < last; ++y) {
            index_t x = 0;
            map.for_each_run(y, [&](pixel_run run, index_t k) {
                fill_on(view.row(y), size.width, x, run.begin, 0);
                fill_on(view.row(y), size.width, run.begin, run.end, static_cast<std::uint32_t>(k + 1));
                x = run.end;
            });
            fill_on(view.row(y), size.width, x, size.width, 0);
        }
    });
    return result;
}

} // namespace detail

template <concepts::policy Policy>
image<std::uint32_t> label_image(Policy const& p, component_map const& map) {
    return detail::labels_of(detail::policy_ref::to(p), map);
}

QUOIN_NAMESPACE_END
