// SPDX-License-Identifier: BSL-1.0
// translate: the image shifted, also by parts of a pixel.
#pragma once

#include <quoin/geometry/warp_affine.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {
struct translated_places : affine_places {
    static constexpr char const* name = "translate";
    constexpr translated_places(double dx, double dy) : affine_places(name, {1, 0, -dx, 0, 1, -dy}, {}) {}
};
} // namespace detail

/// The stage made by translate().
using translate_fn = detail::warp_fn<detail::translated_places>;

/// Gathering stage. out(x, y) = in(x - dx, y - dy), with the extent of the input: the image is shifted to the right and
/// down. It is warp_affine() with that map, whose contract holds. Shifts by whole pixels are exact.
/// OpenCV 4 rounds the shift to 1/32 in warpAffine: of photographs that are shifted by (2.3, -3.7), 7 to 14 % of the
/// bytes differ.
/// Cost: a blend of two rows in vectors; where a shift is by whole pixels, or `nearest`, a copy of rows. By parts of
/// a pixel, `cubic` and `lanczos4`, and `linear` of 64-bit integers and half cost as much as in warp_affine().
/// @throws invalid_argument unless dx and dy lie between -2^30 and 2^30. The pipeline throws it when it is made, if its
/// input is empty, or if |dx| + width - 1 or |dy| + height - 1 is 2^30 or more.
constexpr translate_fn translate(double dx, double dy, interpolation how = interpolation::linear) {
    constexpr double limit = 1 << 30;
    for (double const d : {dx, dy})
        if (!(d > -limit && d < limit))
            detail::raise("quoin::translate: a shift by ", dx, ":", dy, "; give numbers between -2^30 and 2^30");
    return {detail::translated_places(dx, dy), how};
}

/// The catalogue's entry.
struct translate_entry : entry_of<translate_entry> {
    static constexpr operation about{
        .name = "translate",
        .about = "shifted, also by parts of a pixel, in the same extent",
        .parameters = {detail::map_parameter("DX", "pixels to the right"), detail::map_parameter("DY", "pixels down"),
                       detail::interpolation_parameter},
        .rounding = detail::warp_rounding,
        .floating = detail::warp_floating,
        .opencv = "cv::warpAffine by the matrix 1 0 DX 0 1 DY, with places rounded to 1/32",
        .pillow = "image.transform(image.size, Image.AFFINE, (1, 0, -DX, 0, 1, -DY), Image.BILINEAR)",
        .scikit_image = "scipy.ndimage.shift(image, (DY, DX), order=1)"};
    static constexpr translate_fn stage(double const* v) {
        return translate(v[0], v[1], detail::interpolation_of(v[2]));
    }
};

QUOIN_NAMESPACE_END
