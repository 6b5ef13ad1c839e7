// SPDX-License-Identifier: BSL-1.0
// open_by_reconstruction, close_by_reconstruction: openings and closings that keep the shapes of what they keep.
#pragma once

#include <quoin/core/image_alignment.hpp>
#include <quoin/filter/detail/element_values.hpp>
#include <quoin/filter/detail/reconstruction.hpp>
#include <quoin/filter/morphology/erode.hpp>

#include <algorithm>
#include <limits>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Rows of the extremes of an element. What is outside of the image does not count.
template <class Lanes, bool Greatest, class T>
void write_extremes(structuring_element const& element, image_view<T const> in, interval rows, image_view<T> out) {
    auto const f = make_extreme<T, Greatest>(element, Greatest);
    footprint const reach = f.footprint();
    index_t const width = in.width(), pitch = reach.left + width + reach.right + Lanes::count;
    constexpr T outside = [] {
        if constexpr (std::integral<T>) return Greatest ? lowest<T> : highest<T>;
        else return Greatest ? -std::numeric_limits<T>::infinity() : std::numeric_limits<T>::infinity();
    }();
    std::vector<T> values(static_cast<std::size_t>(reach.rows() * pitch), outside), results(index_of(pitch));
    std::vector<T*> lines;
    for (index_t i = 0; i < reach.rows(); ++i) lines.push_back(values.data() + i * pitch);
    auto const read = [&](index_t y, T* line) {
        if (y >= 0 && y < in.height()) std::copy_n(in.row(y), width, line + reach.left);
        else std::fill_n(line + reach.left, width, outside);
    };
    struct alignas(image_alignment) block {
        std::byte bytes[image_alignment];
    };
    std::vector<block> memory(f.template sweep_size<T>(width) / sizeof(block) + 1);
    for (int j = 0; j < reach.rows(); ++j) read(rows.begin - reach.up + j, lines[index_of(j)]);
    for (index_t y = rows.begin; y < rows.end; ++y) {
        if (y > rows.begin) {
            std::rotate(lines.begin(), lines.begin() + 1, lines.end());
            read(y + reach.down, lines.back());
        }
        f.template sweep<Lanes>(
            row_sweep<T>{lines.data() + reach.up, reach.left, width, y > rows.begin, memory.front().bytes},
            results.data());
        std::copy_n(results.data(), width, out.row(y));
    }
}

} // namespace detail

/// The stage made by open_by_reconstruction() and close_by_reconstruction().
template <bool Closes>
class reconstruction_fn {
public:
    using computes_whole = void;
    static constexpr char const* name = Closes ? "close_by_reconstruction" : "open_by_reconstruction";
    template <class T>
        requires detail::gray_level<T>
    using result_channel = T;

    reconstruction_fn(structuring_element const& element, connectivity neighbors)
        : element_(element), neighbors_(neighbors) {}

    template <class Policy, class T>
    void fill(Policy const& policy, image_view<T const> in, image_view<T> out) const {
        // The marker stands in the result until that is written.
        constexpr index_t least_rows = 128; // each strip reads the rows of an element anew
        index_t const rows = in.height();
        index_t const strips = max(index_t{1}, min(index_t{policy.concurrency()}, rows / least_rows));
        policy.bulk(strips, [&](index_t k) {
            detail::write_extremes<typename Policy::lanes, Closes>(element_, in,
                                                                   {rows * k / strips, rows * (k + 1) / strips}, out);
        });
        detail::reconstruct<Closes>(policy, name, [&](index_t x, index_t y) { return out(x, y); }, in, out, neighbors_);
    }

private:
    structuring_element element_;
    connectivity neighbors_;
};

/// A whole stage, each channel: reconstruct(erode(element) under the image). So each pixel is the greatest v for which
/// pixels of at least v connect it with one that is so bright and where the element fits at the level v. What is
/// bright and holds the element nowhere goes, as with open(); all else keeps its outline, where open() leaves that of
/// elements. If the element is connected and holds its anchor, the result is between open() and the image, and a
/// second one changes nothing. u8, u16, i16, i32, f32; the pixel type does not change. Rounding: none. Border: pixels
/// outside do not count, for erode() until an extend() chooses another border. NaN: one that the element meets marks
/// nothing, and one of the image stays and is no neighbor. Cost and memory: those of erode(element) and of
/// reconstruct(), and an image of words of twice the bits.
/// @throws invalid_argument during the evaluation for more than 2^31 - 1 pixels.
/// Source: L. Vincent, Morphological grayscale reconstruction in image analysis, 1993.
inline reconstruction_fn<false> open_by_reconstruction(structuring_element const& element,
                                                       connectivity neighbors = connectivity::eight) {
    return {element, neighbors};
}

/// reconstruct_by_erosion(dilate(element) above the image): what is dark and holds the reflected element nowhere is
/// filled, and all else keeps its outline. It is open_by_reconstruction() of the negative.
/// @throws invalid_argument as open_by_reconstruction().
inline reconstruction_fn<true> close_by_reconstruction(structuring_element const& element,
                                                       connectivity neighbors = connectivity::eight) {
    return {element, neighbors};
}

/// The catalogue's entries.
struct open_by_reconstruction_entry : detail::gray_level_entry<open_by_reconstruction_entry> {
    static constexpr operation about{
        .name = "open_by_reconstruction",
        .about = "what is bright and holds an element, as a disc:7, with its outline: erode, then reconstruct",
        .parameters = {detail::element_parameter},
        .rounding = "none",
        .floating = "the same; NaNs stay and are no neighbors",
        .scikit_image = "skimage.morphology.reconstruction(erosion(image, element), image)"};
    static auto stage(double const* values) { return open_by_reconstruction(detail::element_of(values)); }
};
struct close_by_reconstruction_entry : detail::gray_level_entry<close_by_reconstruction_entry> {
    static constexpr operation about{
        .name = "close_by_reconstruction",
        .about = "fills what is dark and holds an element nowhere: dilate, then reconstruct by erosion",
        .parameters = {detail::element_parameter},
        .rounding = "none",
        .floating = "the same; NaNs stay and are no neighbors",
        .scikit_image = "skimage.morphology.reconstruction(dilation(image, element), image, method='erosion')"};
    static auto stage(double const* values) { return close_by_reconstruction(detail::element_of(values)); }
};

QUOIN_NAMESPACE_END
