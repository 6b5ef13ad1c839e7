// SPDX-License-Identifier: BSL-1.0
// pyramid_up: a level of a Gaussian pyramid at twice the size.
#pragma once

#include <quoin/geometry/detail/resampling.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

struct pyramid_up_taps {
    static constexpr int weight_bits = 3;
    index_t input, size;
    explicit pyramid_up_taps(index_t n) : input(n), size(2 * n) {}
    index_t operator()(index_t i, std::vector<double>& weights) const {
        constexpr double even[] = {0.125, 0.75, 0.125}, odd[] = {0.5, 0.5};
        auto const border = [](index_t k, index_t n) { return k < 0 ? reflect_101(k, n) : replicate(k, n); };
        if (i % 2 == 0) return merge_taps(i / 2 - 1, even, input, border, weights);
        return merge_taps(i / 2, odd, input, border, weights);
    }
};

} // namespace detail

/// Resampling stages: along rows, then down columns, to twice the width and the height. Along an axis, the even result
/// 2 x is (in(x - 1) + 6 in(x) + in(x + 1)) / 8, and the odd result 2 x + 1 is (in(x) + in(x + 1)) / 2: the input with
/// zeros between its pixels, smoothed by [1 4 6 4 1] / 8. On the left and above, the input continues by `reflect_101`;
/// on the right and below by `replicate`, whatever extend() says. Same pixel type, channels alike.
///
/// u8: (sum + 32) >> 6 of exact sums, the bytes of cv::pyrUp. Other types: sums in double (16 bits: in float), in the
/// order of the input, which are exact for integers; these are rounded half up.
/// Cost: for u8, 5 products of 16 bits for each pixel of the result. Memory: for each thread 3 rows of the result's
/// width.
/// @throws invalid_argument when the pipeline is made, if its input is empty.
/// Source: P. Burt, E. Adelson, The Laplacian pyramid as a compact image code, IEEE Trans. Comm. 31, 1983.
struct pyramid_up_fn {
    using expands = void;

    template <class P>
    auto expand(extent input) const {
        detail::check_input("pyramid_up", input);
        using of = detail::pyramid_up_taps;
        return detail::two_passes<channel_t<P>, 3, 3>(of(input.width), of(input.height));
    }
};
inline constexpr pyramid_up_fn pyramid_up{};

/// The catalogue's entry.
struct pyramid_up_entry : entry_of<pyramid_up_entry> {
    static constexpr operation about{.name = "pyramid_up",
                                     .about = "twice the size, smoothed",
                                     .rounding = "half up",
                                     .floating = "in double, in the order of the input",
                                     .opencv = "cv::pyrUp(src, dst), the same bytes",
                                     .pillow = "",
                                     .scikit_image = ""};
    static pyramid_up_fn stage(double const*) { return pyramid_up; }
};

QUOIN_NAMESPACE_END
