// SPDX-License-Identifier: BSL-1.0
// sharpen: twice the pixel minus the mean of its neighbors.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/sharpen.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> spot(7, 7);
    for (quoin::index_t y = 0; y < 7; ++y)
        for (quoin::index_t x = 0; x < 7; ++x) spot(x, y) = 50;
    spot(3, 3) = 100;

    auto const sharp = quoin::to_image(quoin::serial{}, spot.view() | quoin::sharpen);
    assert(sharp(3, 3) == 150); // (32 * 100 - 2 * 400) / 16
    assert(sharp(2, 3) == 44);  // (32 * 50 - 2 * 450) / 16 = 43.75
    assert(sharp(0, 0) == 50);  // flat stays flat

    spot(3, 3) = 255;
    assert(quoin::to_image(quoin::serial{}, spot.view() | quoin::sharpen)(3, 3) == 255); // saturated: 460

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("sharpen", "sharpen", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::sharpen));
}
