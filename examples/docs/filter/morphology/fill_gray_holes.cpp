// SPDX-License-Identifier: BSL-1.0
// fill_gray_holes: fills what is dark and enclosed, as high as the lowest way out.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/morphology/fill_gray_holes.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> ring(7, 7); // a ring of 200 with a notch of 120
    for (quoin::index_t i = 1; i < 6; ++i) ring(i, 1) = ring(i, 5) = ring(1, i) = ring(5, i) = 200;
    ring(3, 1) = 120;
    ring(3, 3) = 10;

    auto const filled = quoin::to_image(quoin::serial{}, ring.view() | quoin::fill_gray_holes());
    assert(filled(3, 3) == 120 && filled(2, 4) == 120); // water would leave by the notch
    assert(filled(0, 0) == 0 && filled(1, 1) == 200);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("fill_gray_holes", "fill_gray_holes()", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::fill_gray_holes()));
}
