// SPDX-License-Identifier: BSL-1.0
// reconstruct, reconstruct_by_erosion: a marker that spreads as far as a mask lets it.
#pragma once

#include <quoin/filter/detail/reconstruction.hpp>
#include <quoin/image/image.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {
template <class M, class T>
concept marks = std::same_as<std::remove_const_t<M>, std::remove_const_t<T>> && gray_level<std::remove_const_t<T>>;

/// Of a channel of two images of one extent, as chains have them.
template <bool Erodes>
struct reconstruction_of_two {
    static constexpr char const* name = Erodes ? "reconstruct_by_erosion" : "reconstruct";
    connectivity neighbors;

    template <class Policy, class T>
    void fill(Policy const& policy, image_view<T const> mask, image_view<T const> marker, image_view<T> out) const {
        detail::reconstruct<Erodes>(
            policy, name, [&](index_t x, index_t y) { return marker(x, y); }, mask, out, neighbors);
    }
};

template <bool Erodes, class T, class Policy>
image<T> reconstructed(Policy const& policy, image_view<T const> marker, image_view<T const> mask,
                       connectivity neighbors) {
    using stage = reconstruction_of_two<Erodes>;
    if (marker.size() != mask.size())
        raise("quoin::", stage::name, ": a marker of ", marker.width(), " x ", marker.height(),
              " pixels and a mask of ", mask.width(), " x ", mask.height(), "; give images of one extent");
    image<T> out(mask.size());
    if (!out.empty()) stage{neighbors}.fill(policy, mask, marker, out.view());
    return out;
}
} // namespace detail

/// The reconstruction by dilation: min(marker, mask), dilated by the neighbors of a pixel and bounded by the mask again
/// and again, until nothing changes. So each pixel is the greatest v for which it is connected with a pixel whose
/// marker is at least v by pixels whose mask is at least v. Gray images of u8, u16, i16, i32 or f32; other images by
/// their planes. Rounding: none. The result is unique, and the same bytes under every policy. A marker above the mask
/// counts as the mask. A NaN of the mask stays and is no neighbor; one of the marker marks nothing; of the others -0 is
/// below +0. Border: pixels outside do not count. Cost: sweeps over strips on the threads of the policy, and a queue on
/// one for what they leave; 10 to 50 ns a pixel for u8, the more the further marks spread on paths that wind. Memory:
/// two images of the extent, and a queue. In the text of a chain the pixels so far are the mask, and a chain in
/// parentheses makes the marker, for each channel: an opening by reconstruction is reconstruct(#1,erode=15).
/// @throws invalid_argument, before anything is computed, if the extents differ, and for more than 2^31 - 1 pixels.
/// Source: L. Vincent, Morphological grayscale reconstruction in image analysis, 1993 (the hybrid algorithm).
template <class Policy, class M, class T>
    requires detail::marks<M, T>
auto reconstruct(Policy const& policy, image_view<M> marker, image_view<T> mask,
                 connectivity neighbors = connectivity::eight) {
    return detail::reconstructed<false, std::remove_const_t<T>>(policy, marker, mask, neighbors);
}

/// The reconstruction by erosion: max(marker, mask), eroded by the neighbors of a pixel and bounded by the mask from
/// below, until nothing changes. It is reconstruct() of the negatives. A marker below the mask counts as the mask.
/// @throws invalid_argument as reconstruct().
template <class Policy, class M, class T>
    requires detail::marks<M, T>
auto reconstruct_by_erosion(Policy const& policy, image_view<M> marker, image_view<T> mask,
                            connectivity neighbors = connectivity::eight) {
    return detail::reconstructed<true, std::remove_const_t<T>>(policy, marker, mask, neighbors);
}

/// The catalogue's entries.
struct reconstruct_entry : detail::gray_level_entry<reconstruct_entry> {
    static constexpr operation about{
        .name = "reconstruct",
        .about = "the other image, a marker, dilated again and again as far as this one, the mask, lets it",
        .inputs = 2,
        .parameters = {detail::neighbors_parameter(connectivity::eight)},
        .rounding = "none",
        .floating = "the same; NaNs of the mask stay and are no neighbors",
        .scikit_image = "skimage.morphology.reconstruction(marker, image)",
        .reads_whole = true};
    static auto stage(double const* values) {
        return detail::reconstruction_of_two<false>{detail::connectivity_of(values[0])};
    }
};
struct reconstruct_by_erosion_entry : detail::gray_level_entry<reconstruct_by_erosion_entry> {
    static constexpr operation about{
        .name = "reconstruct_by_erosion",
        .about = "the other image, a marker, eroded again and again as far as this one, the mask, lets it",
        .inputs = 2,
        .parameters = {detail::neighbors_parameter(connectivity::eight)},
        .rounding = "none",
        .floating = "the same; NaNs of the mask stay and are no neighbors",
        .scikit_image = "skimage.morphology.reconstruction(marker, image, method='erosion')",
        .reads_whole = true};
    static auto stage(double const* values) {
        return detail::reconstruction_of_two<true>{detail::connectivity_of(values[0])};
    }
};

QUOIN_NAMESPACE_END
