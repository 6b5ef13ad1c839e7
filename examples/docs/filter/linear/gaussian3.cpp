// SPDX-License-Identifier: BSL-1.0
// gaussian3: the 3x3 binomial blur.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/gaussian3.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // One pixel of 16 in the dark becomes the kernel itself.
    quoin::image<std::uint8_t> dot(5, 5);
    dot(2, 2) = 16;
    auto const blurred = quoin::to_image(quoin::serial{}, dot.view() | quoin::gaussian3);
    assert(blurred(2, 2) == 4);
    assert(blurred(1, 2) == 2 && blurred(3, 2) == 2 && blurred(2, 1) == 2 && blurred(2, 3) == 2);
    assert(blurred(1, 1) == 1 && blurred(3, 1) == 1 && blurred(1, 3) == 1 && blurred(3, 3) == 1);
    assert(blurred(0, 0) == 0 && blurred(4, 2) == 0);

    // Halves round up: 8 in the dark is 2, 1 and 1/2.
    dot(2, 2) = 8;
    auto const rounded = quoin::to_image(quoin::serial{}, dot.view() | quoin::gaussian3);
    assert(rounded(2, 2) == 2 && rounded(1, 2) == 1 && rounded(1, 1) == 1);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("gaussian3", "gaussian3", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::gaussian3));
}
