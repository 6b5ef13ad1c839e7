// SPDX-License-Identifier: BSL-1.0
// erode, dilate: the least and the greatest value over a rectangle.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/filter/detail/extrema.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// The stage made by erode() and dilate().
template <bool Greatest>
class extreme_fn {
public:
    using expands = void;

    constexpr explicit extreme_fn(detail::rectangle_sides sides) : sides_(sides) {}

    template <class P>
    QUOIN_FN auto expand() const {
        return compose(detail::make_extreme<channel_t<P>, Greatest>(sides_, Greatest));
    }

private:
    detail::rectangle_sides sides_;
};

/// Local stage, width x height. Each channel is the least value over the rectangle around the pixel. The columns of the
/// rectangle are x - width / 2 ... x + (width - 1) / 2, and its rows are like that: an even side reaches one pixel
/// further to the left or up. The pixel type does not change. Border: what is outside the image does not count, until
/// an extend() chooses another border. Exact for integers. Floating point: NaN if one of the values is NaN; -0 is less
/// than 0. Cost: 9 reads for 3 x 3. Otherwise, on the line engine, at most 7 comparisons for a row of any width up to
/// 31, and 3 for any height; it keeps twice `height` lines. On a GPU a comparison for each pixel of the rectangle.
///
/// Source: for columns, M. van Herk 1992, J. Gil and M. Werman 1993.
/// @throws invalid_argument unless both sides are in 1..511.
constexpr extreme_fn<false> erode(int width, int height) {
    return extreme_fn<false>({"erode", width, height});
}

/// The same with the greatest value over the reflected rectangle: its columns are x - (width - 1) / 2 ... x + width
/// / 2. Erosions followed by dilations of the same sides are then openings. For odd sides it is the same rectangle.
/// @throws invalid_argument unless both sides are in 1..511.
constexpr extreme_fn<true> dilate(int width, int height) {
    return extreme_fn<true>({"dilate", width, height});
}

namespace detail {
inline constexpr parameter rectangle_parameter{.name = "SIZE",
                                               .type = parameter_type::size,
                                               .least = 1,
                                               .most = rectangle_sides::most,
                                               .about =
                                                   "the columns and rows of the rectangle, as 15x4, or 15 for both",
                                               .one_for_both = true};
} // namespace detail

/// The catalogue's entries.
struct erode_entry : entry_of<erode_entry> {
    static constexpr operation about{.name = "erode",
                                     .about = "the least value over a rectangle",
                                     .parameters = {detail::rectangle_parameter},
                                     .rounding = "none",
                                     .floating = "the same, NaN if one is",
                                     .opencv = "cv::erode(src, dst, cv::Mat::ones(SIZE, CV_8U))",
                                     .pillow = "image.filter(ImageFilter.MinFilter(SIDE))",
                                     .scikit_image = "skimage.morphology.erosion(image, numpy.ones((HEIGHT, WIDTH)))"};
    static constexpr extreme_fn<false> stage(double const* values) {
        return erode(detail::whole<int>(values[0]), detail::whole<int>(values[1]));
    }
};
struct dilate_entry : entry_of<dilate_entry> {
    static constexpr operation about{
        .name = "dilate",
        .about = "the greatest value over a rectangle",
        .parameters = {detail::rectangle_parameter},
        .rounding = "none",
        .floating = "the same, NaN if one is",
        .opencv = "cv::dilate(src, dst, cv::Mat::ones(SIZE, CV_8U), {(WIDTH - 1) / 2, (HEIGHT - 1) / 2})",
        .pillow = "image.filter(ImageFilter.MaxFilter(SIDE))",
        .scikit_image = "skimage.morphology.dilation(image, numpy.ones((HEIGHT, WIDTH)))"};
    static constexpr extreme_fn<true> stage(double const* values) {
        return dilate(detail::whole<int>(values[0]), detail::whole<int>(values[1]));
    }
};

QUOIN_NAMESPACE_END
