// SPDX-License-Identifier: BSL-1.0
// The catalogue: the one list of all operations. Command lines, quoin::runtime, fuzzers, comparison tests and tables of
// the documentation are generated from it. A new operation is added to the list of its folder.
#pragma once

#include <quoin/feature/canny.hpp>
#include <quoin/filter.hpp>
#include <quoin/geometry.hpp>
#include <quoin/mask/convex_hull.hpp>
#include <quoin/mask/hit_or_miss.hpp>
#include <quoin/mask/thin.hpp>
#include <quoin/pipe/detail/any_border.hpp>

QUOIN_NAMESPACE_BEGIN

/// The entry of extend(): the border of the local stages that follow.
struct extend_entry {
    static constexpr operation about{.name = "extend",
                                     .about =
                                         "what the operations behind it read outside the image; reflect_101 or the "
                                         "operation's own default without it",
                                     .parameters = {detail::border_parameter, detail::border_value_parameter},
                                     .rounding = "none",
                                     .opencv = "the parameter borderType",
                                     .scikit_image = "the parameter mode of scipy.ndimage"};
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        switch (detail::whole<int>(values[0])) {
        case 0:
            return f(extend(replicate));
        case 1:
            return f(extend(reflect));
        case 2:
            return f(extend(reflect_101));
        case 3:
            return f(extend(wrap));
        default:
            return f(extend(constant(values[1])));
        }
    }
};

/// A list of entries. at(i, f) calls f(entry i).
template <concepts::catalogue_entry... E>
struct entry_list {
    static constexpr int size = sizeof...(E);

    template <class F>
    static void at(int i, F const& f) {
        int n = 0;
        (void)((n++ == i && (f(E{}), true)) || ...);
    }
};

using arithmetic_entries = entry_list<absdiff_entry, add_entry, bitwise_and_entry, bitwise_or_entry, bitwise_xor_entry,
                                      blend_entry, darker_entry, divide_entry, lighter_entry, multiply_entry,
                                      over_entry, over_premultiplied_entry, select_by_mask_entry, subtract_entry>;
using border_entries = entry_list<extend_entry>;
using color_entries =
    entry_list<bayer_to_rgb_entry, color_matrix_entry, colormap_entry, gray_entry, swap_rb_entry, white_balance_entry>;
using conversion_entries = entry_list<hsl_to_rgb_entry, hsv_to_rgb_entry, linear_to_srgb_entry, rgb_to_hsl_entry,
                                      rgb_to_hsv_entry, rgb_to_ycbcr_entry, srgb_to_linear_entry, ycbcr_to_rgb_entry>;
using corner_entries = entry_list<fast_score_entry, harris_entry, shi_tomasi_entry>;
using edge_entries = entry_list<difference_of_gaussians_entry, laplacian_entry, laplacian_of_gaussian_entry,
                                prewitt_entry, roberts_entry, scharr_entry, scharr_x_entry, scharr_y_entry, sobel_entry,
                                sobel_angle_entry, sobel_magnitude_entry, sobel_x_entry, sobel_y_entry>;
using kernel_entries = entry_list<convolve_entry, correlate_entry, correlate_separable_entry>;
using linear_entries = entry_list<box_entry, gaussian_entry, gaussian3_entry, gaussian5_entry, sharpen_entry>;
using morphology_entries =
    entry_list<black_hat_entry, close_entry, dilate_entry, erode_entry, gradient_entry, open_entry, top_hat_entry>;
using point_entries = entry_list<absolute_entry, brightness_entry, convert_to_entry, in_range_entry, offset_entry,
                                 premultiply_entry, threshold_entry, unpremultiply_entry, vignette_entry>;
using rank_entries =
    entry_list<adaptive_median_entry, median_entry, median_cross_entry, median_weighted_entry, percentile_entry,
               rank_max_entry, rank_min_entry>;
using smooth_entries = entry_list<anisotropic_entry, bilateral_entry, guided_entry, guided_by_entry, motion_blur_entry,
                                  nl_means_entry, tv_entry, unsharp_entry, unsharp_pillow_entry>;
using space_entries = entry_list<lab_to_rgb_entry, luv_to_rgb_entry, oklab_to_rgb_entry, rgb_to_lab_entry,
                                 rgb_to_luv_entry, rgb_to_oklab_entry, rgb_to_xyz_entry, xyz_to_rgb_entry>;
using texture_entries = entry_list<coherence_entry, local_binary_pattern_entry, structure_tensor_entry>;
using tone_entries =
    entry_list<adaptive_threshold_entry, clahe_entry, clamp_entry, equalize_entry, gamma_entry, invert_entry,
               levels_entry, log_entry, normalize_entry, posterize_entry, sigmoid_entry, solarize_entry, stretch_entry>;
using geometry_entries = entry_list<crop_entry, flip_x_entry, flip_y_entry, rotate90_entry, rotate180_entry,
                                    rotate270_entry, transpose_entry>;
using resize_entries = entry_list<pyramid_down_entry, pyramid_up_entry, resize_entry, resize_area_entry,
                                  resize_cubic_entry, resize_linear_entry>;
using whole_entries =
    entry_list<area_close_entry, area_open_entry, bilateral_grid_entry, canny_entry, close_by_reconstruction_entry,
               convex_hull_entry, fill_gray_holes_entry, h_maxima_entry, h_minima_entry, hit_or_miss_entry,
               local_maxima_entry, local_minima_entry, open_by_reconstruction_entry, reconstruct_entry,
               reconstruct_by_erosion_entry, thin_entry>;
using warp_entries = entry_list<pad_entry, polar_entry, remap_entry, rotate_entry, translate_entry, undistort_entry,
                                warp_affine_entry, warp_perspective_entry>;

namespace detail {
template <class... Lists>
struct joined_lists;
template <class... E>
struct joined_lists<entry_list<E...>> {
    using type = entry_list<E...>;
};
template <class... E, class... F, class... Rest>
struct joined_lists<entry_list<E...>, entry_list<F...>, Rest...> : joined_lists<entry_list<E..., F...>, Rest...> {};
} // namespace detail

namespace detail {
using catalogue_lists =
#ifdef QUOIN_CATALOGUE_LISTS // fewer, where quoin::runtime is compiled for some alone
    joined_lists<QUOIN_CATALOGUE_LISTS>;
#else
    joined_lists<border_entries, color_entries, conversion_entries, corner_entries, edge_entries, geometry_entries,
                 kernel_entries, linear_entries, morphology_entries, point_entries, rank_entries, resize_entries,
                 smooth_entries, space_entries, texture_entries, tone_entries, warp_entries, whole_entries,
                 arithmetic_entries>;
#endif
} // namespace detail

/// All entries, in the order of the lists.
using catalogue = typename detail::catalogue_lists::type;

QUOIN_NAMESPACE_END
