// SPDX-License-Identifier: BSL-1.0
// fill_gray_holes: fills what is dark and enclosed by brighter pixels.
#pragma once

#include <quoin/filter/detail/reconstruction.hpp>

#include <limits>

QUOIN_NAMESPACE_BEGIN

/// The stage made by fill_gray_holes().
class fill_gray_holes_fn {
public:
    using computes_whole = void;
    static constexpr char const* name = "fill_gray_holes";
    template <class T>
        requires detail::gray_level<T>
    using result_channel = T;

    constexpr explicit fill_gray_holes_fn(connectivity neighbors) : neighbors_(neighbors) {}

    template <class Policy, class T>
    void fill(Policy const& policy, image_view<T const> in, image_view<T> out) const {
        auto const marker = [&](index_t x, index_t y) {
            bool const at_border = x == 0 || y == 0 || x == in.width() - 1 || y == in.height() - 1;
            if constexpr (std::integral<T>) return at_border ? in(x, y) : highest<T>;
            else return at_border ? in(x, y) : std::numeric_limits<T>::infinity();
        };
        detail::reconstruct<true>(policy, name, marker, in, out, neighbors_);
    }

private:
    connectivity neighbors_;
};

/// A whole stage, each channel: the reconstruction by erosion of the pixels at the border of the image, above the
/// image. So each pixel is the least v for which a path of neighbors leads from it to the border over pixels of at most
/// v, as high as water would stand. Dark spots that brighter pixels enclose get the value of the lowest way out; with a
/// mask of two values, these are its holes. `neighbors` are those of the dark pixels. u8, u16, i16, i32, f32; the pixel
/// type does not change. NaN, rounding, cost and memory are those of reconstruct(); behind NaNs that leave no way out
/// the floats are infinite.
/// @throws invalid_argument during the evaluation for more than 2^31 - 1 pixels.
/// Source: P. Soille, Morphological Image Analysis, 2003, section 6.3.7.
constexpr fill_gray_holes_fn fill_gray_holes(connectivity neighbors = connectivity::four) {
    return fill_gray_holes_fn(neighbors);
}

/// The catalogue's entry.
struct fill_gray_holes_entry : detail::gray_level_entry<fill_gray_holes_entry> {
    static constexpr operation about{
        .name = "fill_gray_holes",
        .about = "fills what is dark and enclosed, as high as the lowest way to the border",
        .parameters = {detail::neighbors_parameter(connectivity::four)},
        .rounding = "none",
        .floating = "the same; NaNs stay and are no neighbors",
        .scikit_image = "skimage.morphology.reconstruction(seed, image, 'erosion', footprint), where seed is image at "
                        "the border and image.max() inside"};
    static constexpr fill_gray_holes_fn stage(double const* values) {
        return fill_gray_holes(detail::connectivity_of(values[0]));
    }
};

QUOIN_NAMESPACE_END
