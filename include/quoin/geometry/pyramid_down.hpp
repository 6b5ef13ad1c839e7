// SPDX-License-Identifier: BSL-1.0
// pyramid_down: the next level of a Gaussian pyramid, half the size.
#pragma once

#include <quoin/geometry/detail/resampling.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

struct pyramid_down_taps {
    static constexpr int weight_bits = 4;
    index_t input, size;
    explicit pyramid_down_taps(index_t n) : input(n), size((n + 1) / 2) {}
    index_t operator()(index_t i, std::vector<double>& weights) const {
        constexpr double w[] = {0.0625, 0.25, 0.375, 0.25, 0.0625};
        return merge_taps(2 * i - 2, w, input, reflect_101, weights);
    }
};

} // namespace detail

/// Resampling stages: along rows, then down columns. out(x, y) is the sum over i and j from -2 to 2 of
/// w(i) w(j) in(2 x + i, 2 y + j), where w is [1 4 6 4 1] / 16: a smoothed image of which every other pixel is kept. A
/// side of n pixels becomes one of (n + 1) / 2, rounded down. Outside of the input it continues by `reflect_101`,
/// whatever extend() says. Same pixel type, channels alike.
///
/// u8: (sum + 128) >> 8 of exact sums, the bytes of cv::pyrDown. Other types: sums in double (16 bits: in float), in
/// the order of the input, which are exact for integers; these are rounded half up. Cost: for u8, 15 products of 16
/// bits for each pixel of the result; lanes have products of bytes in pairs along rows, for RGB down columns. Memory:
/// for each thread 5 rows of the result's width.
/// @throws invalid_argument when the pipeline is made, if its input is empty.
/// Source: P. Burt, E. Adelson, The Laplacian pyramid as a compact image code, IEEE Trans. Comm. 31, 1983.
struct pyramid_down_fn {
    using expands = void;

    template <class P>
    auto expand(extent input) const {
        detail::check_input("pyramid_down", input);
        using of = detail::pyramid_down_taps;
        return detail::two_passes<channel_t<P>, 4, 4>(of(input.width), of(input.height));
    }
};
inline constexpr pyramid_down_fn pyramid_down{};

/// The catalogue's entry.
struct pyramid_down_entry : entry_of<pyramid_down_entry> {
    static constexpr operation about{.name = "pyramid_down",
                                     .about = "smoothed, and half the size",
                                     .rounding = "half up",
                                     .floating = "in double, in the order of the input",
                                     .opencv = "cv::pyrDown(src, dst), the same bytes",
                                     .pillow = "",
                                     .scikit_image = ""};
    static pyramid_down_fn stage(double const*) { return pyramid_down; }
};

QUOIN_NAMESPACE_END
