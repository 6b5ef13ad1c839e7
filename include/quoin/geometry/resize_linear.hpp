// SPDX-License-Identifier: BSL-1.0
// resize_linear: another extent by linear interpolation, without antialiasing.
#pragma once

#include <quoin/geometry/detail/resampling.hpp>

QUOIN_NAMESPACE_BEGIN

/// The stage made by resize_linear().
struct resize_linear_fn : detail::interpolating<detail::triangle_kernel, 7> {
    constexpr explicit resize_linear_fn(extent size) : interpolating("resize_linear", size) {}
};

/// Resampling stages: along rows, then down columns, for an extent of size.width x size.height. With n input and m
/// result pixels along an axis, result x lies at c = (x + 1/2) n / m - 1/2: the centers of pixels lie at a half. With
/// k = floor(c) and t = c - k it is (1 - t) in(k) + t in(k + 1). Outside of the input lie the pixels of its edge
/// (`replicate`); a border of extend() is not used. There is no antialiasing: a result that is smaller by more than a
/// half skips pixels; use resize() there. Same pixel type. Channels are treated alike; premultiply rgba before.
///
/// u8: weights of 14 bits, 7 fractional bits between the passes, half up: within 1 of the real value, and images of one
/// value stay as they are. OpenCV's INTER_LINEAR has other weights: up to 13 % of the pixels of photographs differ, by
/// 1. Other types: in double, in the order of the input; integers are rounded half up. The same extent copies.
/// Cost: for u8, 2 (1 + n / m) products of 16 bits for each pixel of the result, n / m at most 2; for lanes and half of
/// both sides, the sums of two pairs of bytes. Others: as many products in double; half of both sides, the mean of four
/// u16 or floats.
/// Memory: for each thread 2 rows of the result's width, and the tables of weights.
/// @throws invalid_argument unless both sides of the size are from 1 to 2^31 - 1. The pipeline throws it when it is
/// made, if its input is empty.
constexpr resize_linear_fn resize_linear(extent size) {
    return resize_linear_fn(size);
}

/// The catalogue's entry.
struct resize_linear_entry : entry_of<resize_linear_entry> {
    static constexpr operation about{
        .name = "resize_linear",
        .about = "another extent, linear between two pixels, without antialiasing",
        .parameters = {detail::result_size},
        .rounding = "half up after two passes; 8 bits: weights of 14 bits with 7 fractional bits between the passes; "
                    "others: in double",
        .floating = "in double, in the order of the input",
        .opencv = "cv::resize(src, dst, size, 0, 0, cv::INTER_LINEAR), within 1",
        .pillow = "",
        .scikit_image = "skimage.transform.resize(image, SIZE, order=1, mode='edge', anti_aliasing=False)"};
    static resize_linear_fn stage(double const* values) {
        return resize_linear({detail::whole<index_t>(values[0]), detail::whole<index_t>(values[1])});
    }
};

QUOIN_NAMESPACE_END
