// SPDX-License-Identifier: BSL-1.0
// open, close: what of an image is not narrower than a structuring element.
#pragma once

#include <quoin/filter/morphology/erode.hpp>

QUOIN_NAMESPACE_BEGIN

/// The stage made by open() and close().
template <bool Closes, class Shape = detail::rectangle_sides>
class opening_fn {
public:
    using expands = void;

    constexpr explicit opening_fn(Shape const& shape) : shape_(shape) {}

    template <class P>
    constexpr auto expand() const {
        using T = channel_t<P>;
        return compose(detail::make_extreme<T, Closes>(shape_, Closes),
                       detail::make_extreme<T, !Closes>(shape_, !Closes));
    }

private:
    Shape shape_;
};

/// Two local stages, erode(width, height) | dilate(width, height): each channel is the greatest of the least values
/// over all rectangles of that size that hold the pixel. It takes away what is bright and narrower or lower than the
/// rectangle. The result is not above the input, and a second opening changes nothing, for even sides too. The pixel
/// type does not change. Border, rounding, NaN, cost and source are those of erode() and dilate(). The two properties
/// hold where what is outside does not count.
/// @throws invalid_argument unless both sides are in 1..511.
constexpr opening_fn<false> open(int width, int height) {
    return opening_fn<false>({"open", width, height});
}

/// dilate(width, height) | erode(width, height): each channel is the least of the greatest values over all rectangles
/// of that size that hold the pixel. It fills what is dark and narrower or lower than the rectangle. The result is not
/// below the input, and a second closing changes nothing.
/// @throws invalid_argument unless both sides are in 1..511.
constexpr opening_fn<true> close(int width, int height) {
    return opening_fn<true>({"close", width, height});
}

/// erode(element) | dilate(element): each channel is the greatest of the least values over all places of the element
/// that hold the pixel. It takes away what is bright and does not hold the element. At the border of the image those
/// places count whose anchor is inside; elsewhere the anchor does not matter. The two properties, border, NaN and cost
/// are those of the other open() and of erode(element).
inline opening_fn<false, structuring_element> open(structuring_element const& element) {
    return opening_fn<false, structuring_element>(element);
}

/// dilate(element) | erode(element): each channel is the least of the greatest values over all places of the reflected
/// element that hold the pixel.
inline opening_fn<true, structuring_element> close(structuring_element const& element) {
    return opening_fn<true, structuring_element>(element);
}

/// The error message for `view | open` and `view | close`.
template <concepts::readable Source>
constexpr auto operator|(Source const& source, detail::function_name<opening_fn<false>, int, int>) {
    return detail::uncalled(source);
}
template <concepts::readable Source>
constexpr auto operator|(Source const& source, detail::function_name<opening_fn<true>, int, int>) {
    return detail::uncalled(source);
}

/// The catalogue's entries.
struct open_entry : entry_of<open_entry> {
    static constexpr operation about{
        .name = "open",
        .about = "what is bright and holds an element, as a disc:7 or a rectangle 15x4: erode, then dilate",
        .parameters = {detail::element_parameter},
        .rounding = "none",
        .floating = "the same, NaN if one is",
        .opencv = "cv::morphologyEx(src, dst, cv::MORPH_OPEN, element), for symmetric ones",
        .scikit_image = "skimage.morphology.opening(image, element)"};
    static auto stage(double const* values) { return open(detail::element_of(values)); }
};
struct close_entry : entry_of<close_entry> {
    static constexpr operation about{
        .name = "close",
        .about = "fills what is dark and does not hold an element, as a disc:7 or a rectangle 15x4: dilate, then erode",
        .parameters = {detail::element_parameter},
        .rounding = "none",
        .floating = "the same, NaN if one is",
        .opencv = "cv::morphologyEx(src, dst, cv::MORPH_CLOSE, element), for symmetric ones",
        .scikit_image = "skimage.morphology.closing(image, element)"};
    static auto stage(double const* values) { return close(detail::element_of(values)); }
};

QUOIN_NAMESPACE_END
