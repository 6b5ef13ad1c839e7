// SPDX-License-Identifier: BSL-1.0
// flip_x, flip_y: an image mirrored, anywhere in a pipeline.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/geometry/flip.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {1, 2, 3, 4, 5, 6}; // two rows
    quoin::image_view<std::uint8_t const> const view(values, 3, 2);

    auto const mirrored = quoin::to_image(quoin::serial{}, view | quoin::flip_x);
    assert(mirrored(0, 0) == 3 && mirrored(2, 1) == 4);
    auto const upside_down = quoin::to_image(quoin::serial{}, view | quoin::flip_y);
    assert(upside_down(0, 0) == 4 && upside_down(2, 1) == 3);

    // A mirrored image has the mirrored derivative, with the other sign: still one pass over memory.
    auto const before = quoin::to_image(quoin::serial{}, view | quoin::flip_x | quoin::sobel_x);
    auto const behind = quoin::to_image(quoin::serial{}, view | quoin::sobel_x | quoin::flip_x);
    assert(before(1, 0) == -behind(1, 0) && behind(1, 0) == 8);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("flip_x", "flip_x", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::flip_x));
    pages.save("flip_y", "flip_y", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::flip_y));
}
