// SPDX-License-Identifier: BSL-1.0
// area_open, area_close: takes away bright or dark spots of few pixels, and leaves every other edge where it is.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/morphology/area_open.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> parts(12, 8); // a line of 8 pixels, and a square of 4 with a brighter pixel
    for (quoin::index_t y = 0; y < 8; ++y) parts(9, y) = 250;
    for (quoin::index_t y = 2; y < 4; ++y)
        for (quoin::index_t x = 1; x < 3; ++x) parts(x, y) = 100;
    parts(1, 2) = 180;

    auto const opened = quoin::to_image(quoin::serial{}, parts.view() | quoin::area_open(5));
    assert(opened(9, 0) == 250 && opened(9, 7) == 250); // the line has enough pixels, though it is thin
    assert(opened(1, 2) == 0 && opened(2, 3) == 0);     // the square has not

    auto const levels = quoin::to_image(quoin::serial{}, parts.view() | quoin::area_open(4));
    assert(levels(1, 2) == 100); // one pixel above 100 is too few, four of 100 or more are enough

    auto const closed = quoin::to_image(quoin::serial{}, levels.view() | quoin::area_close(97));
    assert(closed(0, 0) == 250); // all 96 pixels are fewer

    // The pictures of their pages.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("area_open", "area_open(200)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::area_open(200)));
    pages.save("area_close", "area_close(200)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::area_close(200)));
}
