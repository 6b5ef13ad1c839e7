// SPDX-License-Identifier: BSL-1.0
// components: the connected components of a mask, with area, bounding box and centroid.
#pragma once

// This include is the first, so that compilers report a short chain of includes for pixels in place of a mask.
#include <quoin/mask/bits.hpp>

#include <quoin/exec/detail/policy_ref.hpp>
#include <quoin/label/component.hpp>
#include <quoin/label/connectivity.hpp>
#include <quoin/label/detail/labeling.hpp>

QUOIN_NAMESPACE_BEGIN

/// The components of a mask, and the component of each run.
struct component_map {
    run_list runs;
    std::vector<index_t> label;        ///< for each run id, the index of its component
    std::vector<component> components; ///< in raster order of each component's first pixel

    component_map() = default;
    /// The error message for a mask or pixels in place of components.
    template <class What>
        requires std::same_as<What, bit_image> || requires { typename What::pixel_type; }
    component_map(What const&) {
        static_assert(
            std::same_as<What, component_map>,
            "quoin::component_map: this function takes the components of a mask; find them by "
            "components(policy, mask), and make a mask of pixels by to_bits(policy, view | threshold(level))");
    }

    /// Calls f(run, k) for each run of row y, from left to right, where k is the index of its component.
    template <class F>
    void for_each_run(index_t y, F const& f) const {
        index_t const* k = label.data() + runs.first[static_cast<std::size_t>(y)];
        for (pixel_run const& run : runs.row(y)) f(run, *k++);
    }
};

/// The components of the set pixels of `mask`, in raster order of their first pixels. The function makes no label
/// image: time beyond the scan of the mask, and memory, are proportional to the number of runs. The algorithm is
/// union-find over runs. It labels strips of rows in parallel, then unites labels across the boundaries of the strips.
///
/// Source: the run-based two-scan algorithm, with the numbering of CCL_WU.
/// @throws invalid_argument for a mask with a side above 2^31 - 1 pixels.
template <concepts::policy Policy>
component_map components(Policy const& p, bit_image const& mask, connectivity c = connectivity::four);

namespace detail {

/// Stores the runs and labels of rows.
struct run_sink {
    component_map& map;

    void row(index_t y, row_runs const& here, row_runs const&) const { repeat(y, here); }
    void repeat(index_t y, row_runs const& row) const {
        pixel_run* const run = map.runs.all.data() + map.runs.first[y];
        index_t* const label = map.label.data() + map.runs.first[y];
        for (index_t j = 0; j < row.count(); ++j) {
            run[j] = row.run(j);
            label[j] = row.arrays().label[j];
        }
    }
};

/// Sets `result` to components(), with strips of at most the given height. The result does not depend on the height.
template <concepts::policy Policy>
void components_in_strips(Policy const& p, bit_image const& mask, connectivity c, index_t strip_height,
                          component_map& result, label_memory& memory) {
    check_sides("quoin::components", mask.size());
    result.runs.width = mask.width();
    run_offsets(p, mask, result.runs.first);
    std::vector<index_t> const& first = result.runs.first;
    resize_for_use(result.runs.all, first.back());
    resize_for_use(result.label, first.back());
    row_strips const cut = strips_of(mask.width(), 0, mask.height(), strip_height);
    scan_strips(p, mask, c, cut, memory, [&](index_t, label_t*) { return run_sink{result}; });
    number_components(p, memory, result.components, [&](index_t s, component_sums* sums) {
        pixel_run const* const run = result.runs.all.data();
        index_t* const label = result.label.data();
        label_t const* const part = memory.strips[s].part.data();
        for (index_t y = cut.begin(s); y < cut.end(s); ++y) {
            auto const row = static_cast<std::int32_t>(y);
            for (index_t id = first[y], end = first[y + 1]; id < end; ++id) {
                component_sums& to = sums[part[label[id]]];
                label[id] = to.component; // read before the sums are written, so that the read does not wait for them
                to.add_box(run[id].begin, row, run[id].end, row + 1);
            }
        }
    });
}

/// Flips, in `mask`, every run whose component satisfies the predicate.
template <concepts::policy Policy, class Predicate>
void flip_components(Policy const& p, bit_image& mask, component_map const& map, Predicate const& wanted) {
    for_each_chunk(p, row_chunks(mask.height()), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y)
            map.for_each_run(y, [&](pixel_run run, index_t k) {
                if (wanted(map.components[k])) flip_range(mask.row(y), run.begin, run.end);
            });
    });
}

/// The reusable memory of fill_holes and remove_small_components.
struct flip_memory {
    component_map map;
    label_memory labels;
    bit_image background;
};

} // namespace detail

template <concepts::policy Policy>
component_map components(Policy const& p, bit_image const& mask, connectivity c) {
    component_map result;
    detail::label_memory memory;
    detail::components_in_strips(detail::policy_ref::to(p), mask, c, detail::tuning::label_strip_rows, result, memory);
    return result;
}

QUOIN_NAMESPACE_END
