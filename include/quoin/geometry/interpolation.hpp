// SPDX-License-Identifier: BSL-1.0
// interpolation: how gathering stages compute a value between pixels.
#pragma once

#include <quoin/config.hpp>

// Outside the namespace of an instruction set, as parameter_type.
namespace quoin {

/// The value at a place between pixels. The center of the pixel (x, y) is the place (x, y). Places are whole multiples
/// of 2^-32 of a pixel. All but `nearest` round the place to multiples of 1/2048, half up; a place on a pixel gives
/// that pixel. With k = floor(place) and t = place - k along each axis, the value is the sum of w_i(t) v_j(t) in(k + i,
/// l + j): integer channels exactly, rounded once, half up, and saturated; floating point (half and bfloat16 in float,
/// integers of 64 bits in double) first along rows, in the order of the input, without the pixels whose weight is 0.
/// Pixels outside the image are those of the border.
enum class interpolation {
    nearest, ///< the pixel at floor(place + 1/2)
    linear,  ///< of 2 x 2 pixels: 1 - t and t
    cubic,   ///< of 4 x 4 pixels, Keys with a = -3/4, as OpenCV's; weights of 14 bits. Overshoots at edges
    lanczos4 ///< of 8 x 8 pixels, sin(pi d) sin(pi d / 4) / d^2 normalized, as OpenCV's; weights of 14 bits. Rings
};

} // namespace quoin
