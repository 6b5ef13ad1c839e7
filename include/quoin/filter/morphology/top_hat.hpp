// SPDX-License-Identifier: BSL-1.0
// gradient, top_hat, black_hat: differences that a structuring element makes.
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

/// The stage made by gradient() of an element. Its first stage puts the least value beside the pixel. So what is
/// outside does not count for either extreme, for elements of any form.
class element_gradient_fn {
public:
    using expands = void;

    explicit element_gradient_fn(structuring_element const& element) : element_(element) {}

    template <class P>
    auto expand() const {
        using T = channel_t<P>;
        detail::check_carried<P>();
        return compose(detail::make_extreme<T, false, detail::extreme_beside<T>>(element_, false),
                       detail::make_extreme<T, true, detail::pixels_apart<T>>(element_, true));
    }

private:
    structuring_element element_;
};

/// The stage made by top_hat() and black_hat().
template <bool Black, class Shape = detail::rectangle_sides>
class top_hat_fn {
public:
    using expands = void;

    constexpr explicit top_hat_fn(Shape const& shape) : shape_(shape) {}

    template <class P>
    constexpr auto expand() const {
        using T = channel_t<P>;
        detail::check_carried<P>();
        return compose(detail::make_extreme<T, Black, detail::extreme_beside<T>>(shape_, Black),
                       detail::make_extreme<T, !Black, detail::extreme_apart<T, !Black>>(shape_, !Black));
    }

private:
    Shape shape_;
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

/// Two local stages: dilate(element) less erode(element), each channel, under every border. Channels have at most 32
/// bits. Everything else is as for the other gradient().
inline element_gradient_fn gradient(structuring_element const& element) {
    return element_gradient_fn(element);
}

/// The image less open(element). Everything else is as for the other top_hat().
inline top_hat_fn<false, structuring_element> top_hat(structuring_element const& element) {
    return top_hat_fn<false, structuring_element>(element);
}

/// close(element) less the image. Everything else is as for top_hat().
inline top_hat_fn<true, structuring_element> black_hat(structuring_element const& element) {
    return top_hat_fn<true, structuring_element>(element);
}

/// The error message for `view | gradient`, `view | top_hat` and `view | black_hat`.
template <concepts::readable Source>
constexpr auto operator|(Source const& source, detail::function_name<gradient_fn, int, int>) {
    return detail::uncalled(source);
}
template <concepts::readable Source>
constexpr auto operator|(Source const& source, detail::function_name<top_hat_fn<false>, int, int>) {
    return detail::uncalled(source);
}
template <concepts::readable Source>
constexpr auto operator|(Source const& source, detail::function_name<top_hat_fn<true>, int, int>) {
    return detail::uncalled(source);
}

/// The catalogue's entries.
struct gradient_entry {
    static constexpr operation about{
        .name = "gradient",
        .about = "dilate less erode: the range of values in an element, as a disc:7 or a rectangle 15x4",
        .parameters = {detail::element_parameter},
        .rounding = "none; signed integers saturate",
        .floating = "a difference in the channel's type",
        .opencv = "cv::morphologyEx(src, dst, cv::MORPH_GRADIENT, element), for symmetric ones",
        .scikit_image = "skimage.filters.rank.gradient(image, element)"};
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        if (!detail::is_rectangle(values)) return f(gradient(detail::element_of(values)));
        return f(gradient(detail::whole<int>(values[0]), detail::whole<int>(values[1])));
    }
};
struct top_hat_entry : entry_of<top_hat_entry> {
    static constexpr operation about{
        .name = "top_hat",
        .about = "the image less open: what is bright and does not hold an element, as a disc:7",
        .parameters = {detail::element_parameter},
        .rounding = "none; signed integers saturate",
        .floating = "a difference in the channel's type",
        .opencv = "cv::morphologyEx(src, dst, cv::MORPH_TOPHAT, element), for symmetric ones",
        .scikit_image = "skimage.morphology.white_tophat(image, element)"};
    static auto stage(double const* values) { return top_hat(detail::element_of(values)); }
};
struct black_hat_entry : entry_of<black_hat_entry> {
    static constexpr operation about{
        .name = "black_hat",
        .about = "close less the image: what is dark and does not hold an element, as a disc:7",
        .parameters = {detail::element_parameter},
        .rounding = "none; signed integers saturate",
        .floating = "a difference in the channel's type",
        .opencv = "cv::morphologyEx(src, dst, cv::MORPH_BLACKHAT, element), for symmetric ones",
        .scikit_image = "skimage.morphology.black_tophat(image, element)"};
    static auto stage(double const* values) { return black_hat(detail::element_of(values)); }
};

QUOIN_NAMESPACE_END
