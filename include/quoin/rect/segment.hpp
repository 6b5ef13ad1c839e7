// SPDX-License-Identifier: BSL-1.0
// segment: cuts a mask into connected components and disjoint rectangles; the main function of the segmenter.
#pragma once

#include <quoin/exec/detail/policy_ref.hpp>
#include <quoin/label/fill_holes.hpp>
#include <quoin/label/remove_small_components.hpp>
#include <quoin/mask/morphology.hpp>
#include <quoin/rect/detail/merged_runs.hpp>
#include <quoin/rect/minimum_partition.hpp>
#include <quoin/rect/regularize.hpp>
#include <quoin/rect/run_merge.hpp>

QUOIN_NAMESPACE_BEGIN

/// The method that cuts a mask into rectangles.
enum class segment_method {
    run_merge, ///< merges equal runs of consecutive rows: fast, with more rectangles
    minimum,   ///< the fewest possible rectangles
    regularize ///< the fewest rectangles that cover a mask with fewer corners, within stated errors
};

/// The steps of segment, in the order in which they run. A zero omits a step.
struct segment_options {
    index_t open = 0;       ///< the radius of an opening, in pixels
    index_t close = 0;      ///< the radius of a closing, in pixels
    index_t fill_holes = 0; ///< holes of at most this many pixels are filled
    index_t min_area = 0;   ///< components of fewer pixels are removed
    segment_method method = segment_method::run_merge;
    minimum_options budget = {};        ///< for minimum, and for the final cut of regularize
    regularize_options regularize = {}; ///< for regularize
};

/// The result of segment. The cleaned mask is the mask after the opening, the closing, and the changes to holes and
/// small components. The rectangles are disjoint and cover the cleaned mask exactly; with regularize they cover the
/// regularized mask, and the errors measure its difference from the cleaned mask. The components are always those of
/// the cleaned mask.
struct segmentation {
    std::vector<labeled_rect> rectangles; ///< in raster order of their top-left corners
    std::vector<component> components;    ///< 4-connected, in raster order of their first pixels
    bool optimal = false;                 ///< only for minimum: proved that no partition has fewer rectangles
    index_t gap = 0;                      ///< only for minimum: proved that no partition has fewer by more than this
    index_t edge_error = 0;               ///< only for regularize, as the two below: see regularized
    double area_error = 0;                ///< changed pixels / set pixels of the cleaned mask
    double iou = 1;                       ///< the IoU of the rectangles and the cleaned mask
};

/// Opens the mask, closes it, fills its holes and removes its small components. Then it labels the components and cuts
/// the mask into rectangles. This is equal to calling opening, closing, fill_holes, remove_small_components,
/// components, the method, and rectangles. The result is the same under every policy. Memory: a few masks of one bit a
/// pixel, and the runs; for run_merge 16 bytes for each rectangle instead of the runs.
/// @throws invalid_argument for a negative option, for options that minimum_partition or regularize rejects, or for a
/// mask with a side above 2^31 - 1 pixels (2^31 - 2 for regularize).
template <concepts::policy Policy>
segmentation segment(Policy const& p, bit_image const& mask, segment_options const& options = {});

namespace detail {

inline void check(segment_options const& o) {
    if (o.open < 0 || o.close < 0 || o.fill_holes < 0 || o.min_area < 0)
        raise("quoin::segment: open ", o.open, ", close ", o.close, ", fill_holes ", o.fill_holes, ", min_area ",
              o.min_area, "; give numbers of pixels >= 0");
    if (o.method != segment_method::run_merge) check(o.budget);
}

/// The reusable memory of the steps before the components.
struct clean_memory {
    bit_image mask; ///< the cleaned mask
    bit_image next; ///< the result of the step that runs
    bit_image between;
    row_memory rows;
    flip_memory flips;
};

/// The mask after the steps before the components. It is the given mask if there are none, else that in the memory.
template <concepts::policy Policy>
bit_image const& clean(Policy const& p, bit_image const& mask, segment_options const& options, clean_memory& memory) {
    bit_image const* current = &mask;
    auto const step = [&](auto const& write) {
        write(*current, memory.next);
        std::swap(memory.mask, memory.next);
        current = &memory.mask;
    };
    auto const open_or_close = [&](index_t radius, bool open) {
        step([&](bit_image const& from, bit_image& to) {
            grow_and_shrink(p, from, radius, open, to, memory.between, memory.rows);
        });
    };
    if (options.open > 0) open_or_close(options.open, true);
    if (options.close > 0) open_or_close(options.close, false);
    if (current == &mask && (options.fill_holes > 0 || options.min_area > 1))
        step([&](bit_image const& from, bit_image& to) {
            resize_for_use(to, from.size());
            copy_rows(p, from, to);
        });
    fill_holes_in(p, memory.mask, options.fill_holes, connectivity::four, memory.flips);
    remove_small_components_in(p, memory.mask, options.min_area, connectivity::four, memory.flips);
    return *current;
}

/// The reusable memory of segment.
struct segment_memory {
    clean_memory clean;
    merge_memory merge;
};

/// Sets `result` to segment(p, mask, options), and reuses the memory of `result` and `memory`.
template <concepts::policy Policy>
void segment(Policy const& p, bit_image const& mask, segment_options const& options, segmentation& result,
             segment_memory& memory) {
    check(options);
    check_sides("quoin::segment", mask.size());
    bool const regular = options.method == segment_method::regularize;
    if (regular) check(options.regularize, mask.size());
    bit_image const& cleaned = clean(p, mask, options, memory.clean);
    if (options.method == segment_method::run_merge) {
        merge_runs(p, cleaned, strips_of(cleaned.width(), 0, cleaned.height(), tuning::label_strip_rows),
                   connectivity::four, result.rectangles, result.components, memory.merge);
        return;
    }
    component_map map = components(p, cleaned);
    if (regular) {
        regularized const made = regularize(p, cleaned, map, options.regularize);
        result.rectangles = rectangles(p, made.mask, minimum_partition(p, made.mask, options.budget).cuts, made.map);
        result.edge_error = made.edge_error;
        result.area_error = made.area_error;
        result.iou = made.iou;
    } else {
        minimum_walls const cut = minimum_partition(p, cleaned, options.budget);
        result.rectangles = rectangles(p, cleaned, cut.cuts, map);
        result.optimal = cut.optimal;
        result.gap = cut.gap;
    }
    result.components = std::move(map.components);
}

} // namespace detail

template <concepts::policy Policy>
segmentation segment(Policy const& p, bit_image const& mask, segment_options const& options) {
    segmentation result;
    detail::segment_memory memory;
    detail::segment(detail::policy_ref::to(p), mask, options, result, memory);
    return result;
}

QUOIN_NAMESPACE_END
