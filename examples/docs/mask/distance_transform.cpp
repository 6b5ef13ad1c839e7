// SPDX-License-Identifier: BSL-1.0
// distance_transform: how far each pixel of a mask is from the nearest unset one.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/mask/distance_transform.hpp>

#include <cassert>
#include <limits>

int main() {
    // All set but one pixel.
    quoin::bit_image mask(9, 9);
    for (int y = 0; y < 9; ++y)
        for (int x = 0; x < 9; ++x) mask.set(x, y, x != 4 || y != 4);

    quoin::image<float> const distance = distance_transform(quoin::serial{}, mask);
    assert(distance(4, 4) == 0.0f && distance(5, 4) == 1.0f);
    assert(distance(7, 8) == 5.0f);           // 3 columns and 4 rows away
    assert(distance(5, 5) == 1.41421356237f); // the nearest float to the root of 2

    // The border of the image does not count. Where nothing is unset, everything is infinitely far away.
    mask.set(4, 4);
    assert(distance_transform(quoin::serial{}, mask)(0, 0) == std::numeric_limits<float>::infinity());
}
