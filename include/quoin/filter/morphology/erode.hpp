// SPDX-License-Identifier: BSL-1.0
// erode, dilate: the least and the greatest value over a structuring element.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/filter/detail/element_extrema.hpp>
#include <quoin/filter/detail/element_values.hpp>
#include <quoin/pipe/operation.hpp>
#include <quoin/pipe/pipeline.hpp>

QUOIN_NAMESPACE_BEGIN

/// The stage made by erode() and dilate().
template <bool Greatest, class Shape = detail::rectangle_sides>
class extreme_fn {
public:
    using expands = void;

    constexpr explicit extreme_fn(Shape const& shape) : shape_(shape) {}

    template <class P>
    constexpr auto expand() const {
        return compose(detail::make_extreme<channel_t<P>, Greatest>(shape_, Greatest));
    }

private:
    Shape shape_;
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

/// Local stage. Each channel is the least value at the offsets of the element, in(x + dx, y + dy). Where none of them
/// lies inside the image, it is the greatest value of the type. Border, rounding and NaN are those of rectangles, whose
/// elements cost as they do. Otherwise, on the line engine, a comparison for each chord of the element, and one to
/// three for each different length of chords; it keeps a line for each row from the first one with a length to the last
/// row of the element, for each different length. So memory grows with the square of a radius: a thread needs 9 MB for
/// a disc of radius 100 of u8, and 35 MB of f32.
///
/// Source: E. Urbach and M. Wilkinson 2008.
inline extreme_fn<false, structuring_element> erode(structuring_element const& element) {
    return extreme_fn<false, structuring_element>(element);
}

/// The same with the greatest value at the offsets of the reflected element, in(x - dx, y - dy), and the lowest value
/// of the type where none of them lies inside. OpenCV does not reflect.
inline extreme_fn<true, structuring_element> dilate(structuring_element const& element) {
    return extreme_fn<true, structuring_element>(element);
}

/// The error message for `view | erode` and `view | dilate`.
template <concepts::readable Source>
constexpr auto operator|(Source const& source, detail::function_name<extreme_fn<false>, int, int>) {
    return detail::uncalled(source);
}
template <concepts::readable Source>
constexpr auto operator|(Source const& source, detail::function_name<extreme_fn<true>, int, int>) {
    return detail::uncalled(source);
}

/// The catalogue's entries.
struct erode_entry : entry_of<erode_entry> {
    static constexpr operation about{
        .name = "erode",
        .about = "the least value over an element: a rectangle, disc, ellipse, cross, line or any rows of pixels",
        .parameters = {detail::element_parameter},
        .rounding = "none",
        .floating = "the same, NaN if one is",
        .opencv = "cv::erode(src, dst, element)",
        .pillow = "image.filter(ImageFilter.MinFilter(SIDE)), squares",
        .scikit_image = "skimage.morphology.erosion(image, element)"};
    static auto stage(double const* values) { return erode(detail::element_of(values)); }
};
struct dilate_entry : entry_of<dilate_entry> {
    static constexpr operation about{
        .name = "dilate",
        .about = "the greatest value over a reflected element: a rectangle, disc, ellipse, cross, line or any rows",
        .parameters = {detail::element_parameter},
        .rounding = "none",
        .floating = "the same, NaN if one is",
        .opencv = "cv::dilate(src, dst, reflected element)",
        .pillow = "image.filter(ImageFilter.MaxFilter(SIDE)), squares",
        .scikit_image = "skimage.morphology.dilation(image, element), for symmetric ones"};
    static auto stage(double const* values) { return dilate(detail::element_of(values)); }
};

QUOIN_NAMESPACE_END
