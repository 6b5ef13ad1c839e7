// SPDX-License-Identifier: BSL-1.0
// open, close: what of an image is not narrower than a rectangle.
#pragma once

#include <quoin/filter/morphology/erode.hpp>

QUOIN_NAMESPACE_BEGIN

/// The stage made by open() and close().
template <bool Closes>
class opening_fn {
public:
    using expands = void;

    constexpr explicit opening_fn(detail::rectangle_sides sides) : sides_(sides) {}

    template <class P>
    QUOIN_FN auto expand() const {
        using T = channel_t<P>;
        return compose(detail::make_extreme<T, Closes>(sides_, Closes),
                       detail::make_extreme<T, !Closes>(sides_, !Closes));
    }

private:
    detail::rectangle_sides sides_;
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

/// The catalogue's entries.
struct open_entry : entry_of<open_entry> {
    static constexpr operation about{
        .name = "open",
        .about = "what is bright and not narrower or lower than a rectangle: erode, then dilate",
        .parameters = {detail::rectangle_parameter},
        .rounding = "none",
        .floating = "the same, NaN if one is",
        .opencv = "cv::morphologyEx(src, dst, cv::MORPH_OPEN, cv::Mat::ones(SIZE, CV_8U)), for odd sides",
        .scikit_image = "skimage.morphology.opening(image, numpy.ones((HEIGHT, WIDTH)))"};
    static constexpr opening_fn<false> stage(double const* values) {
        return open(detail::whole<int>(values[0]), detail::whole<int>(values[1]));
    }
};
struct close_entry : entry_of<close_entry> {
    static constexpr operation about{
        .name = "close",
        .about = "fills what is dark and narrower or lower than a rectangle: dilate, then erode",
        .parameters = {detail::rectangle_parameter},
        .rounding = "none",
        .floating = "the same, NaN if one is",
        .opencv = "cv::morphologyEx(src, dst, cv::MORPH_CLOSE, cv::Mat::ones(SIZE, CV_8U)), for odd sides",
        .scikit_image = "skimage.morphology.closing(image, numpy.ones((HEIGHT, WIDTH)))"};
    static constexpr opening_fn<true> stage(double const* values) {
        return close(detail::whole<int>(values[0]), detail::whole<int>(values[1]));
    }
};

QUOIN_NAMESPACE_END
