// SPDX-License-Identifier: BSL-1.0
// upright: turns an image as the orientation in its file says.
#pragma once

#include <quoin/image/image.hpp>

#include <algorithm>
#include <utility>

QUOIN_NAMESPACE_BEGIN

/// The image as it is to be shown, for the orientation that a camera has written into its file (the tag 0x0112 of Exif;
/// image_info::orientation). With the width W and the height H of what is stored, the pixel (x, y) of the result is
///     1    (x, y)                    5    (y, x)
///     2    (W - 1 - x, y)            6    (y, H - 1 - x), a quarter turn clockwise
///     3    (W - 1 - x, H - 1 - y)    7    (W - 1 - y, H - 1 - x)
///     4    (x, H - 1 - y)            8    (W - 1 - y, x), a quarter turn counterclockwise
/// of the stored image. From 5 on width and height change places. Memory: one more image, but for 1. Cost: a copy, in
/// blocks that a cache holds.
/// @throws invalid_argument for an orientation that is not in 1 to 8.
template <class P>
image<P> upright(image<P> stored, int orientation) {
    if (orientation < 1 || orientation > 8)
        detail::raise("quoin::upright: the orientation ", orientation, " is not one of Exif; expected 1 to 8");
    if (orientation == 1) return stored;
    bool const swapped = orientation >= 5;
    bool const right_to_left = orientation == 2 || orientation == 3 || orientation >= 7;
    bool const upwards = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    extent const from = stored.size();
    extent const size = swapped ? extent{from.height, from.width} : from;
    image<P> result(size);
    constexpr index_t side = 64;
    for (index_t top = 0; top < size.height; top += side)
        for (index_t left = 0; left < size.width; left += side)
            for (index_t y = top; y < std::min(top + side, size.height); ++y)
                for (index_t x = left; x < std::min(left + side, size.width); ++x) {
                    index_t const u = swapped ? y : x;
                    index_t const v = swapped ? x : y;
                    result(x, y) = stored(right_to_left ? from.width - 1 - u : u, upwards ? from.height - 1 - v : v);
                }
    return result;
}

QUOIN_NAMESPACE_END
