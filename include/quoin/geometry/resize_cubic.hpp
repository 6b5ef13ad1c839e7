// SPDX-License-Identifier: BSL-1.0
// resize_cubic: another extent by cubic interpolation, without antialiasing.
#pragma once

#include <quoin/geometry/detail/resampling.hpp>

QUOIN_NAMESPACE_BEGIN

/// The stage made by resize_cubic().
struct resize_cubic_fn : detail::interpolating<detail::keys_kernel<-3>, 6> {
    constexpr explicit resize_cubic_fn(extent size) : interpolating("resize_cubic", size) {}
};

/// Resampling stages: along rows, then down columns, for an extent of size.width x size.height. With n input and m
/// result pixels along an axis, result x lies at c = (x + 1/2) n / m - 1/2: the centers of pixels lie at a half. With
/// k = floor(c) it is the sum of w(c - i) in(i) for the four i from k - 1 to k + 2, where w is Keys' cubic with
/// a = -3/4: w(d) = (a + 2) |d|^3 - (a + 3) d^2 + 1 for |d| <= 1, and a |d|^3 - 5 a d^2 + 8 a |d| - 4 a up to 2.
/// Outside of the input lie the pixels of its edge (`replicate`); a border of extend() is not used. There is no
/// antialiasing: a smaller result can skip pixels; use resize() there. Same pixel type. Channels are treated alike;
/// premultiply rgba before.
///
/// u8: weights of 14 bits, 6 fractional bits between the passes, half up, saturated: within 1 of the real value, and
/// images of one value stay as they are. OpenCV's INTER_CUBIC has other weights: up to 5 % of the pixels of photographs
/// differ, by 1. Other types: in double, in the order of the input; integers are rounded half up and saturated. The
/// same extent copies.
/// Cost: for u8, 4 (1 + n / m) products of 16 bits for each pixel of the result, n / m at most 4.
/// Memory: for each thread 4 rows of the result's width, and the tables of weights.
/// @throws invalid_argument unless both sides of the size are from 1 to 2^31 - 1. The pipeline throws it when it is
/// made, if its input is empty.
/// Source: R. Keys, Cubic convolution interpolation for digital image processing, IEEE Trans. ASSP 29, 1981.
constexpr resize_cubic_fn resize_cubic(extent size) {
    return resize_cubic_fn(size);
}

/// The catalogue's entry.
struct resize_cubic_entry : entry_of<resize_cubic_entry> {
    static constexpr operation about{
        .name = "resize_cubic",
        .about = "another extent, cubic between four pixels, without antialiasing",
        .parameters = {detail::result_size},
        .rounding = "half up after two passes; 8 bits: weights of 14 bits with 6 fractional bits between the passes; "
                    "others: in double",
        .floating = "in double, in the order of the input",
        .opencv = "cv::resize(src, dst, size, 0, 0, cv::INTER_CUBIC), within 1",
        .pillow = "",
        .scikit_image = ""};
    static resize_cubic_fn stage(double const* values) {
        return resize_cubic({detail::whole<index_t>(values[0]), detail::whole<index_t>(values[1])});
    }
};

QUOIN_NAMESPACE_END
