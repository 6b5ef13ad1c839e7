// SPDX-License-Identifier: BSL-1.0
// gaussian5: the 5x5 binomial blur.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/gaussian5.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // One pixel of 255 in the dark becomes the kernel itself, within the rounding.
    quoin::image<std::uint8_t> dot(7, 7);
    dot(3, 3) = 255;
    auto const blurred = quoin::to_image(quoin::serial{}, dot.view() | quoin::gaussian5);
    assert(blurred(3, 3) == 36 && blurred(2, 3) == 24 && blurred(1, 3) == 6);
    assert(blurred(2, 2) == 16 && blurred(1, 2) == 4 && blurred(1, 1) == 1);
    assert(blurred(0, 3) == 0);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("gaussian5", "gaussian5", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::gaussian5));
}
