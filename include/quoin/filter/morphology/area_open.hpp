// SPDX-License-Identifier: BSL-1.0
// area_open, area_close: an image without its small bright or dark spots, whatever their shape.
#pragma once

#include <quoin/filter/detail/area_filter.hpp>

QUOIN_NAMESPACE_BEGIN

/// The stage made by area_open() and area_close().
template <bool Closes>
class area_filter_fn {
public:
    using computes_whole = void;
    static constexpr char const* name = Closes ? "area_close" : "area_open";
    template <class T>
        requires detail::gray_level<T>
    using result_channel = T;

    constexpr area_filter_fn(index_t area, connectivity neighbors)
        : area_(static_cast<std::int32_t>(min(area, index_t{highest<std::int32_t>}))), neighbors_(neighbors) {
        if (area < 1) detail::raise("quoin::", name, ": an area of ", area, " pixels; give at least 1");
    }

    template <class Policy, class T>
    void fill(Policy const& policy, image_view<T const> in, image_view<T> out) const {
        detail::area_filter<Closes>(policy, in, out, area_, neighbors_);
    }

private:
    std::int32_t area_;
    connectivity neighbors_;
};

/// A whole stage, each channel: of the values v for which the pixels of v or more that are connected with the pixel are
/// at least `area`, the greatest. So a bright spot of fewer pixels gets the value of the brightest pixels around it,
/// and every other edge stays where it is. The result is not above the input, and a second time changes nothing. Where
/// the image itself has fewer pixels, it is its least value. u8, u16, i16, i32, f32; the pixel type does not change.
/// Rounding: none. The result is unique. A NaN stays, and is no neighbor; of the others -0 is below +0. Border: pixels
/// outside do not count. Cost: a sort, and sets that are united, on one thread for a channel; about 100 ns a pixel of a
/// photograph for u8. Memory: an image of the input where it is no view, one of the result, and 8 bytes a pixel, 24 for
/// i32 and f32.
/// @throws invalid_argument unless area >= 1, and during the evaluation for more than 2^31 - 1 pixels.
/// Source: L. Vincent, Morphological area openings and closings for grey-scale images, 1994; A. Meijster, M. H. F.
/// Wilkinson, A comparison of algorithms for connected set openings and closings, 2002.
constexpr area_filter_fn<false> area_open(index_t area, connectivity neighbors = connectivity::four) {
    return {area, neighbors};
}

/// area_open of the negative: dark spots of fewer pixels get the value of the darkest pixels around them. The result is
/// not below the input. Where the image has fewer pixels than `area`, it is its greatest value.
/// @throws invalid_argument as area_open().
constexpr area_filter_fn<true> area_close(index_t area, connectivity neighbors = connectivity::four) {
    return {area, neighbors};
}

namespace detail {
inline constexpr parameter area_parameter{.name = "AREA",
                                          .type = parameter_type::integer,
                                          .least = 1,
                                          .most = 2147483647,
                                          .about = "pixels; spots of fewer go"};
template <bool Closes, class E>
struct area_filter_entry : gray_level_entry<E> {
    static constexpr area_filter_fn<Closes> stage(double const* values) {
        return {whole<index_t>(values[0]), connectivity_of(values[1])};
    }
};
} // namespace detail

/// The catalogue's entries.
struct area_open_entry : detail::area_filter_entry<false, area_open_entry> {
    static constexpr operation about{
        .name = "area_open",
        .about = "without bright spots of fewer pixels than AREA, of any shape",
        .parameters = {detail::area_parameter, detail::neighbors_parameter(connectivity::four)},
        .rounding = "none",
        .floating = "the same; NaNs stay and are no neighbors",
        .scikit_image = "skimage.morphology.area_opening(image, AREA)"};
};
struct area_close_entry : detail::area_filter_entry<true, area_close_entry> {
    static constexpr operation about{
        .name = "area_close",
        .about = "without dark spots of fewer pixels than AREA, of any shape",
        .parameters = {detail::area_parameter, detail::neighbors_parameter(connectivity::four)},
        .rounding = "none",
        .floating = "the same; NaNs stay and are no neighbors",
        .scikit_image = "skimage.morphology.area_closing(image, AREA)"};
};

QUOIN_NAMESPACE_END
