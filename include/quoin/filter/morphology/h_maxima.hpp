// SPDX-License-Identifier: BSL-1.0
// h_maxima, h_minima: an image without its peaks or valleys of little height.
#pragma once

#include <quoin/filter/detail/reconstruction.hpp>

#include <cmath>

QUOIN_NAMESPACE_BEGIN

/// The stage made by h_maxima() and h_minima().
template <bool Minima>
class h_extrema_fn {
public:
    using computes_whole = void;
    static constexpr char const* name = Minima ? "h_minima" : "h_maxima";
    template <class T>
        requires detail::gray_level<T>
    using result_channel = T;

    constexpr h_extrema_fn(double h, connectivity neighbors) : h_(h), neighbors_(neighbors) {
        if (!(h > 0 && h <= 1e30))
            detail::raise("quoin::", name, ": a height of ", h, "; give one above 0, at most 1e30");
    }

    template <class Policy, class T>
    void fill(Policy const& policy, image_view<T const> in, image_view<T> out) const {
        auto const marker = [&, h = height<T>()](index_t x, index_t y) {
            if constexpr (std::integral<T>) {
                std::int64_t const v = in(x, y);
                return saturate<T>(Minima ? v + h : v - h);
            } else {
                return Minima ? in(x, y) + h : in(x, y) - h;
            }
        };
        detail::reconstruct<Minima>(policy, name, marker, in, out, neighbors_);
    }

private:
    /// In units of a channel: integers round half up.
    template <class T>
    auto height() const {
        if constexpr (std::integral<T>) return static_cast<std::int64_t>(min(h_, 4294967296.0) + 0.5);
        else return static_cast<float>(h_);
    }

    double h_;
    connectivity neighbors_;
};

/// A whole stage, each channel: the h-maxima transform, reconstruct(image - h under image). So each pixel is the
/// greatest v for which pixels of at least v connect it with one of at least v + h. Peaks of at most `h` above the
/// saddles to higher ones go, and the others become lower by h. u8, u16, i16, i32, f32; the pixel type does not change.
/// Integers round h half up and saturate image - h; floats round it once. It is not the mask that scikit-image's
/// function of this name makes, which is 1 at the peaks that are left: that is local_maxima of this. Border, NaN, cost
/// and memory are those of reconstruct().
/// @throws invalid_argument unless 0 < h <= 1e30, and during the evaluation for more than 2^31 - 1 pixels.
/// Source: P. Soille, Morphological Image Analysis, 2003, section 6.3.4.
constexpr h_extrema_fn<false> h_maxima(double h, connectivity neighbors = connectivity::eight) {
    return {h, neighbors};
}

/// The h-minima transform, reconstruct_by_erosion(image + h above image): valleys of at most `h` below the saddles to
/// deeper ones go, and the others rise by h.
/// @throws invalid_argument as h_maxima().
constexpr h_extrema_fn<true> h_minima(double h, connectivity neighbors = connectivity::eight) {
    return {h, neighbors};
}

namespace detail {
inline constexpr parameter height_parameter{
    .name = "H", .least = 1e-9, .most = 1e30, .about = "in units of the channels"};
template <bool Minima, class E>
struct h_extrema_entry : gray_level_entry<E> {
    static constexpr h_extrema_fn<Minima> stage(double const* values) {
        return {values[0], connectivity_of(values[1])};
    }
};
} // namespace detail

/// The catalogue's entries.
struct h_maxima_entry : detail::h_extrema_entry<false, h_maxima_entry> {
    static constexpr operation about{
        .name = "h_maxima",
        .about = "without peaks of at most H: the reconstruction of the image less H under itself",
        .parameters = {detail::height_parameter, detail::neighbors_parameter(connectivity::eight)},
        .rounding = "H half up; the image less H saturates",
        .floating = "the difference, rounded once; NaNs stay and are no neighbors",
        .scikit_image = "skimage.morphology.reconstruction(image - H, image)"};
};
struct h_minima_entry : detail::h_extrema_entry<true, h_minima_entry> {
    static constexpr operation about{
        .name = "h_minima",
        .about = "without valleys of at most H: the reconstruction of the image plus H above itself",
        .parameters = {detail::height_parameter, detail::neighbors_parameter(connectivity::eight)},
        .rounding = "H half up; the image plus H saturates",
        .floating = "the sum, rounded once; NaNs stay and are no neighbors",
        .scikit_image = "skimage.morphology.reconstruction(image + H, image, method='erosion')"};
};

QUOIN_NAMESPACE_END
