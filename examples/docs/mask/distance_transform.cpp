// SPDX-License-Identifier: BSL-1.0
// distance_transform: how far each pixel of a mask is from the nearest unset one.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/mask/distance_transform.hpp>

#include "picture.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

int main(int argc, char** argv) {
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

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const shapes = picture::mask();
    auto const gray = [](float d) { return static_cast<std::uint8_t>(std::min(d * 10, 255.0f)); };
    auto const depth = distance_transform(quoin::serial{}, shapes);
    pages.save("distance_transform", "distance_transform, times 10", shapes,
               quoin::to_image(quoin::serial{}, depth.view() | gray));
}
