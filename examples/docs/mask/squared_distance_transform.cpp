// SPDX-License-Identifier: BSL-1.0
// squared_distance_transform: exact squares of the distances to the nearest unset pixel.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/mask/squared_distance_transform.hpp>

#include "picture.hpp"

#include <algorithm>
#include <cassert>

int main(int argc, char** argv) {
    // All set but one pixel.
    quoin::bit_image mask(9, 9);
    for (int y = 0; y < 9; ++y)
        for (int x = 0; x < 9; ++x) mask.set(x, y, x != 4 || y != 4);

    // Integers, so that distances are compared without rounding.
    quoin::image<std::uint32_t> const square = squared_distance_transform(quoin::serial{}, mask);
    assert(square(4, 4) == 0 && square(5, 4) == 1 && square(5, 5) == 2);
    assert(square(7, 8) == 25); // 3 columns and 4 rows away

    // The border of the image does not count. Where nothing is unset, there is no distance.
    mask.set(4, 4);
    assert(squared_distance_transform(quoin::serial{}, mask)(0, 0) == quoin::no_distance);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const shapes = picture::mask();
    auto const gray = [](std::uint32_t d) { return static_cast<std::uint8_t>(std::min(d, 255u)); };
    auto const depth = squared_distance_transform(quoin::serial{}, shapes);
    pages.save("squared_distance_transform", "squared_distance_transform, from 255 on white", shapes,
               quoin::to_image(quoin::serial{}, depth.view() | gray));
}
