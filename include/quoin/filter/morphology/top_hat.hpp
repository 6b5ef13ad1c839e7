// SPDX-License-Identifier: BSL-1.0
// gradient, top_hat, black_hat: differences that a rectangle makes.
#pragma once

#include <quoin/filter/detail/extreme_and_pixel.hpp>
#include <quoin/filter/morphology/erode.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Words hold two channels of at most 32 bits.
template <class P>
QUOIN_FN void check_carried() {
    static_assert(sizeof(channel_t<P>) <= 4, "quoin::top_hat: channels have at most 32 bits; convert them first");
}

} // namespace detail

/// The stage made by gradient().
class gradient_fn {
public:
    using expands = void;

    constexpr explicit gradient_fn(detail::rectangle_sides sides) : sides_(sides) {}

    template <class P>
    QUOIN_FN auto expand() const {
        using T = channel_t<P>;
        return compose(detail::extremes_apart<T>{detail::make_extreme<T, false>(sides_, false),
                                                 detail::make_extreme<T, true>(sides_, true)});
    }

private:
    detail::rectangle_sides sides_;
};

/// The stage made by top_hat() and black_hat().
template <bool Black>
class top_hat_fn {
public:
    using expands = void;

    constexpr explicit top_hat_fn(detail::rectangle_sides sides) : sides_(sides) {}

    template <class P>
    QUOIN_FN auto expand() const {
        using T = channel_t<P>;
        detail::check_carried<P>();
        return compose(detail::make_extreme<T, Black, detail::extreme_beside<T>>(sides_, Black),
                       detail::make_extreme<T, !Black, detail::extreme_apart<T, !Black>>(sides_, !Black));
    }

private:
    detail::rectangle_sides sides_;
};

/// Local stage, width x height: dilate(width, height) less erode(width, height), each channel. It is high at edges. The
/// pixel type does not change; the difference of signed integers is saturated. Border: that of the last extend(), or
/// replicate without one, under which what is outside does not count. Floating point: NaN if one of the values is NaN,
/// or if all are the same infinity. Cost: that of both.
/// @throws invalid_argument unless both sides are in 1..511.
constexpr gradient_fn gradient(int width, int height) {
    return gradient_fn({"gradient", width, height});
}

/// Two local stages: the image less open(width, height), each channel. What is bright and narrower or lower than the
/// rectangle stays, without what lies below it. The pixel type does not change. A difference below 0 of unsigned
/// integers, which another border can make, is 0; one of signed integers is saturated. Channels have at most 32 bits.
/// Border, NaN and cost are those of open(); between its stages stand words of twice the bits. Floating point: the
/// difference of infinities is NaN.
/// @throws invalid_argument unless both sides are in 1..511.
constexpr top_hat_fn<false> top_hat(int width, int height) {
    return top_hat_fn<false>({"top_hat", width, height});
}

/// close(width, height) less the image: what is dark and narrower or lower than the rectangle, as a positive
/// difference. Everything else is as for top_hat().
/// @throws invalid_argument unless both sides are in 1..511.
constexpr top_hat_fn<true> black_hat(int width, int height) {
    return top_hat_fn<true>({"black_hat", width, height});
}

/// The catalogue's entries.
struct gradient_entry : entry_of<gradient_entry> {
    static constexpr operation about{
        .name = "gradient",
        .about = "dilate less erode: the range of values in a rectangle",
        .parameters = {detail::rectangle_parameter},
        .rounding = "none; signed integers saturate",
        .floating = "a difference in the channel's type",
        .opencv = "cv::morphologyEx(src, dst, cv::MORPH_GRADIENT, cv::Mat::ones(SIZE, CV_8U)), for odd sides",
        .scikit_image = "skimage.filters.rank.gradient(image, numpy.ones((HEIGHT, WIDTH)))"};
    static constexpr gradient_fn stage(double const* values) {
        return gradient(detail::whole<int>(values[0]), detail::whole<int>(values[1]));
    }
};
struct top_hat_entry : entry_of<top_hat_entry> {
    static constexpr operation about{
        .name = "top_hat",
        .about = "the image less open: what is bright and narrower or lower than a rectangle",
        .parameters = {detail::rectangle_parameter},
        .rounding = "none; signed integers saturate",
        .floating = "a difference in the channel's type",
        .opencv = "cv::morphologyEx(src, dst, cv::MORPH_TOPHAT, cv::Mat::ones(SIZE, CV_8U)), for odd sides",
        .scikit_image = "skimage.morphology.white_tophat(image, numpy.ones((HEIGHT, WIDTH)))"};
    static constexpr top_hat_fn<false> stage(double const* values) {
        return top_hat(detail::whole<int>(values[0]), detail::whole<int>(values[1]));
    }
};
struct black_hat_entry : entry_of<black_hat_entry> {
    static constexpr operation about{
        .name = "black_hat",
        .about = "close less the image: what is dark and narrower or lower than a rectangle",
        .parameters = {detail::rectangle_parameter},
        .rounding = "none; signed integers saturate",
        .floating = "a difference in the channel's type",
        .opencv = "cv::morphologyEx(src, dst, cv::MORPH_BLACKHAT, cv::Mat::ones(SIZE, CV_8U)), for odd sides",
        .scikit_image = "skimage.morphology.black_tophat(image, numpy.ones((HEIGHT, WIDTH)))"};
    static constexpr top_hat_fn<true> stage(double const* values) {
        return black_hat(detail::whole<int>(values[0]), detail::whole<int>(values[1]));
    }
};

QUOIN_NAMESPACE_END
