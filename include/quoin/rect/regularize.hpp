// SPDX-License-Identifier: BSL-1.0
// regularize: a mask with fewer corners, within a given distance of the original.
#pragma once

#include <quoin/exec/detail/policy_ref.hpp>
#include <quoin/rect/detail/regularizing.hpp>

QUOIN_NAMESPACE_BEGIN

/// The largest allowed differences between the regularized mask and the given one.
struct regularize_options {
    index_t max_edge_error = 2;   ///< in pixels; 0 keeps the mask, and more than 63 counts as 63
    double max_area_error = 0.03; ///< changed pixels / set pixels of the whole mask; 1 and more is no bound
    index_t min_side = 1;         ///< in pixels; rectangles with a shorter side are removed where the bounds allow it
};

/// A regularized mask and its measured errors.
struct regularized {
    bit_image mask;
    component_map map;      ///< the components of `mask`, in the order of the given mask's components
    index_t edge_error = 0; ///< the least e with erosion(given, e) inside the mask inside dilation(given, e)
    double area_error = 0;  ///< changed pixels / set pixels of the given mask
    double iou = 1;         ///< pixels set in both / pixels set in either; at least 1 - area_error
};

/// A mask that fewer rectangles cover; minimum_partition finds these. Its edges move to either side of the given mask's
/// edges if that saves corners. With `e` = max_edge_error,
///     erosion(given, e) is inside the result, the result inside dilation(given, e), and
///     changed pixels <= max_area_error * set pixels
/// Each component of the result meets exactly one of the given mask, and each of those meets exactly one of the result.
/// So components are never joined, cut or lost. All of this is checked on the result. A component that fails a check is
/// computed again with half of the edge error, and finally with none. The result is the same under every policy.
///
/// Dynamic programming finds a path of horizontal and vertical grid lines along every outline. The path has the least
/// sum of the area between path and outline and a price for each corner. The price is the largest that the area error
/// allows, found by bisection. Parts of the mask that are one run in each row (or column) are first cut into slabs, for
/// the same price. A corner at which such a cut meets an outline costs half: a step on one side and a step on the other
/// side add one rectangle together.
///
/// Then single sides and parts of sides are moved. First come moves that add no rectangle and reduce the number of
/// changed pixels. Then come moves that save a rectangle, those with the fewest changed pixels first, as far as the
/// area error allows.
///
/// With min_side > 1 the fewest rectangles that cover the result are computed. Those with a side shorter than min_side
/// are removed, smallest first, as long as all bounds above hold. Cost: about ten passes over the outlines, where each
/// point takes O(max_edge_error^2). The moves run in one thread and take about as long again. Memory: about twenty
/// masks of one bit a pixel.
/// @throws invalid_argument for a negative edge error, an area error that is negative or NaN, min_side < 1, or a mask
/// with a side above 2^31 - 2 pixels.
template <concepts::policy Policy>
regularized regularize(Policy const& p, bit_image const& given, regularize_options const& options = {});

namespace detail {

inline void check(regularize_options const& options, extent mask) {
    if (options.max_edge_error < 0 || !(options.max_area_error >= 0) || options.min_side < 1)
        raise("quoin::regularize: max_edge_error ", options.max_edge_error, ", max_area_error ", options.max_area_error,
              ", min_side ", options.min_side, "; give an edge error >= 0, an area error >= 0 and a side >= 1");
    check_sides("quoin::regularize", mask, std::numeric_limits<std::int32_t>::max() - 1);
}

/// regularize() with checked options and the known components of the mask.
template <concepts::policy Policy>
regularized regularize(Policy const& p, bit_image const& given, component_map const& map,
                       regularize_options const& options) {
    index_t const reach = std::min<index_t>(options.max_edge_error, longest_reach);
    index_t const area = given.popcount();
    double const bound = std::min(options.max_area_error, 1.0) * static_cast<double>(area);
    bool const bounded = options.max_area_error < 1;
    regularized_mask best{given, map};
    if (reach > 0 && area > 0 && bound > 0) {
        regularizer<Policy> work(p, given, map, reach);
        index_t const most = bounded ? static_cast<index_t>(bound) : no_bound;
        // A quarter of the allowed area is reserved for the removal of slivers.
        best = work.within(options.min_side > 1 && bounded ? most - most / 4 : most);
        if (options.min_side > 1) best = work.without_slivers(std::move(best), options.min_side, most);
    }
    regularized result{std::move(best.mask), std::move(best.map)};
    overlap const seen = compare(p, given, result.mask);
    index_t const changed = seen.either - seen.both;
    if (changed > 0) {
        result.area_error = static_cast<double>(changed) / static_cast<double>(area);
        result.iou = static_cast<double>(seen.both) / static_cast<double>(seen.either);
        result.edge_error = edge_error(p, given, result.mask, reach);
    }
    return result;
}

} // namespace detail

template <concepts::policy Policy>
regularized regularize(Policy const& p, bit_image const& given, regularize_options const& options) {
    detail::check(options, given.size());
    return detail::regularize(detail::policy_ref::to(p), given, components(p, given), options);
}

QUOIN_NAMESPACE_END
