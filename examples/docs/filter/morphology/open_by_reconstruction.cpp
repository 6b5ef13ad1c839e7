// SPDX-License-Identifier: BSL-1.0
// open_by_reconstruction, close_by_reconstruction: takes away what is narrow, and keeps the outlines of all else.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/morphology/open.hpp>
#include <quoin/filter/morphology/open_by_reconstruction.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // A block of 3 x 2 with a corner that sticks out, and a speck.
    std::uint8_t const shape[] = {
        0, 9, 9, 9, 0, 0, 0, //
        0, 9, 9, 9, 9, 0, 5, //
        0, 0, 0, 0, 0, 0, 0, //
    };
    quoin::image_view<std::uint8_t const> const image(shape, 7, 3);
    auto const element = quoin::structuring_element::rectangle(2, 2);

    auto const opened = quoin::to_image(quoin::serial{}, image | quoin::open(element));
    assert(opened(2, 0) == 9 && opened(4, 1) == 0); // the corner is narrower than the element
    auto const kept = quoin::to_image(quoin::serial{}, image | quoin::open_by_reconstruction(element));
    assert(kept(2, 0) == 9 && kept(4, 1) == 9); // but the block holds the element, and the corner belongs to it
    assert(kept(6, 1) == 0);

    auto const filled = quoin::to_image(quoin::serial{}, image | quoin::close_by_reconstruction(element));
    assert(filled(6, 1) == 5 && filled(5, 1) == 0);

    // The pictures of their pages.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const disc = quoin::structuring_element::disc(5);
    pages.save("open_by_reconstruction", "open_by_reconstruction(disc(5))", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::open_by_reconstruction(disc)));
    pages.save("close_by_reconstruction", "close_by_reconstruction(disc(5))", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::close_by_reconstruction(disc)));
}
