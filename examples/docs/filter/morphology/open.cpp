// SPDX-License-Identifier: BSL-1.0
// open, close: takes away what is bright and narrower than a rectangle, and fills what is dark and narrower.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/morphology/open.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> parts(12, 8); // a part of 4 x 4 pixels, a line, and a hole in the part
    for (quoin::index_t y = 2; y < 6; ++y)
        for (quoin::index_t x = 1; x < 5; ++x) parts(x, y) = 100;
    for (quoin::index_t y = 0; y < 8; ++y) parts(9, y) = 250;

    auto const opened = quoin::to_image(quoin::serial{}, parts.view() | quoin::open(3, 3));
    assert(opened(2, 3) == 100 && opened(1, 2) == 100); // the part keeps its corners
    assert(opened(9, 3) == 0);                          // the line is narrower than 3 pixels

    parts(2, 3) = 7;
    auto const closed = quoin::to_image(quoin::serial{}, parts.view() | quoin::close(3, 3));
    assert(closed(2, 3) == 100 && closed(9, 3) == 250 && closed(7, 3) == 0);

    // A disc keeps the middle of the part, and does not fit into its corners.
    auto const disc = quoin::structuring_element::disc(1);
    auto const rounded = quoin::to_image(quoin::serial{}, closed.view() | quoin::open(disc));
    assert(rounded(3, 3) == 100 && rounded(4, 3) == 100 && rounded(4, 2) == 0 && rounded(9, 3) == 0);

    // The pictures of their pages.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("open", "open(9, 9)", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::open(9, 9)));
    auto const large = quoin::structuring_element::disc(5);
    pages.add("open", "1", "open(structuring_element::disc(5))",
              quoin::to_image(quoin::serial{}, photo.view() | quoin::open(large)));
    pages.add("close", "1", "close(structuring_element::disc(5))",
              quoin::to_image(quoin::serial{}, photo.view() | quoin::close(large)));
    pages.save("close", "close(9, 9)", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::close(9, 9)));
}
