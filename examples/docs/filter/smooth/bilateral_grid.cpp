// SPDX-License-Identifier: BSL-1.0
// bilateral_grid: an approximation of the bilateral filter for large sigmas.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/smooth/bilateral_grid.hpp>

#include "picture.hpp"

#include <cassert>
#include <cstdlib>

int main(int argc, char** argv) {
    // Two areas of 60 and 180 with noise of +-10: it goes, and the edge stays.
    quoin::image<std::uint8_t> areas(96, 64);
    for (quoin::index_t y = 0; y < 64; ++y)
        for (quoin::index_t x = 0; x < 96; ++x)
            areas(x, y) = static_cast<std::uint8_t>((x < 48 ? 60 : 180) + ((x * 7 + y * 3) % 4 < 2 ? 10 : -10));
    auto const smooth = quoin::to_image(quoin::serial{}, areas.view() | quoin::bilateral_grid(25, 8));
    for (quoin::index_t y = 0; y < 64; ++y)
        for (quoin::index_t x = 0; x < 96; ++x) assert(std::abs(smooth(x, y) - (x < 48 ? 60 : 180)) <= 6);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("bilateral_grid", "bilateral_grid(30, 12)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::bilateral_grid(30, 12)));
}
