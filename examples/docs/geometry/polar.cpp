// SPDX-License-Identifier: BSL-1.0
// polar: a disc unrolled into a rectangle.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/polar.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 1, 2, 3, 4, 5, 6, 7, 8}; // three rows
    quoin::image_view<std::uint8_t const> const view(values, 3, 3);
    quoin::serial const policy;

    // Distances 0 and 1 from the middle; to the right, down, to the left and up.
    auto const around = quoin::to_image(policy, view | quoin::polar(1, 1, 2, {2, 4}));
    assert(around(0, 0) == 4 && around(1, 0) == 5);
    assert(around(1, 1) == 7 && around(1, 2) == 3 && around(1, 3) == 1);

    // The pictures of its page.
    auto const photo = picture::photo();
    picture::pages const pages(argc, argv);
    pages.save("polar", "polar=120:80:80:120x240", photo,
               quoin::to_image(policy, photo.view() | quoin::polar(120, 80, 80, {120, 240})));
}
