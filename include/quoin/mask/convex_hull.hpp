// SPDX-License-Identifier: BSL-1.0
// convex_hull: the set pixels of a mask, and all between them.
#pragma once

#include <quoin/mask/detail/hull_rows.hpp>
#include <quoin/mask/detail/mask_stage.hpp>

QUOIN_NAMESPACE_BEGIN

/// Which points of a set pixel lie in the hull.
enum class pixel_points {
    centers, ///< (x, y). The result is the smallest mask that contains the mask and is the pixels of a convex polygon.
    /// (x - 1/2, y), (x + 1/2, y), (x, y - 1/2), (x, y + 1/2): scikit-image's convex_hull_image.
    edge_midpoints,
    corners, ///< (x - 1/2, y - 1/2) and the three others: the pixels as squares
};

/// Sets the pixels whose centers lie in the convex hull of the points of all set pixels, or on its boundary. A mask
/// without set pixels has none in its hull. Rounding: none; whether a center lies inside is decided in 64-bit integers.
/// The hull of centers is its own hull; that of other points may grow if it is computed again. Cost: one pass over the
/// words of the mask, one over its rows, and one that writes the result. Memory: the result, 16 bytes a row, and the
/// vertices.
///
/// Source: A. M. Andrew, "Another efficient algorithm for convex hulls in two dimensions", 1979. Its sorted points are
/// the ends of the rows here.
/// @throws invalid_argument for a mask with a side above 2^30 - 1 pixels.
template <concepts::policy Policy>
bit_image convex_hull(Policy const& p, bit_image const& mask, pixel_points points = pixel_points::centers);

/// The stage made by convex_hull() without a policy.
class convex_hull_fn {
public:
    using computes_whole = void;
    static constexpr char const* name = "convex_hull";
    template <class T>
    using result_channel = T;

    constexpr explicit convex_hull_fn(pixel_points points) : points_(points) {}

    template <class Policy, class T>
    void fill(Policy const& policy, image_view<T const> in, image_view<T> out) const {
        detail::fill_from_mask(policy, in, out,
                               [this](auto const& p, bit_image const& mask) { return convex_hull(p, mask, points_); });
    }

private:
    pixel_points points_;
};

/// A whole stage, each channel: white where convex_hull(policy, mask, points) of the pixels that are not 0 is set, and
/// 0 elsewhere. White is the largest value of an integer type and 1 of a floating-point type. The pixel type does not
/// change. Memory beside that of convex_hull(): an image of the input where it is no view, and one of the result.
/// @throws invalid_argument during the evaluation for an image with a side above 2^30 - 1 pixels.
constexpr convex_hull_fn convex_hull(pixel_points points = pixel_points::centers) {
    return convex_hull_fn(points);
}

namespace detail {

/// How far the points of a pixel are from its center, in half pixels: along the axes, and along both at once.
constexpr index_t reach_of(pixel_points points) {
    return points == pixel_points::centers ? 0 : 1;
}
constexpr index_t corner_of(pixel_points points) {
    return points == pixel_points::corners ? 1 : 0;
}

template <concepts::policy Policy>
bit_image hull_of(Policy const& p, bit_image const& mask, pixel_points points) {
    check_sides("quoin::convex_hull", mask.size(), (index_t{1} << 30) - 1);
    std::vector<pixel_span> rows(static_cast<std::size_t>(mask.height()));
    for_each_chunk(p, row_chunks(mask.height()), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y)
            rows[static_cast<std::size_t>(y)] = span_of(mask.row(y), mask.words_per_row());
    });
    hull_sides().fill(rows, reach_of(points), corner_of(points));
    bit_image result(mask.size(), uninitialized);
    for_each_chunk(p, row_chunks(mask.height()), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y)
            write_span(result.row(y), mask.words_per_row(), rows[static_cast<std::size_t>(y)]);
    });
    return result;
}

} // namespace detail

template <concepts::policy Policy>
bit_image convex_hull(Policy const& p, bit_image const& mask, pixel_points points) {
    return detail::hull_of(detail::policy_ref::to(p), mask, points);
}

/// The catalogue's entry.
struct convex_hull_entry : entry_of<convex_hull_entry> {
    static constexpr operation about{.name = "convex_hull",
                                     .about = "white in the convex hull of the pixels that are not 0, the rest 0",
                                     .parameters = {{.name = "POINTS",
                                                     .type = parameter_type::choice,
                                                     .preset = "centers",
                                                     .choices = "centers edge_midpoints corners",
                                                     .about = "which points of a pixel lie in the hull"}},
                                     .rounding = "none; centers are compared with the hull in integers",
                                     .scikit_image =
                                         "skimage.morphology.convex_hull_image(image), with edge_midpoints"};
    static constexpr convex_hull_fn stage(double const* values) {
        return convex_hull(static_cast<pixel_points>(detail::whole<int>(values[0])));
    }
};

QUOIN_NAMESPACE_END
