// SPDX-License-Identifier: BSL-1.0
// bilateral: the mean of the pixels around a pixel that are like it.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/smooth/bilateral.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // Two areas, and in the left one a pixel that differs a little.
    quoin::image<std::uint8_t> areas(20, 9);
    for (quoin::index_t y = 0; y < 9; ++y)
        for (quoin::index_t x = 0; x < 20; ++x) areas(x, y) = x < 10 ? 100 : 200;
    areas(4, 4) = 110;

    // At a distance of 100 a pixel has the weight exp(-50), so the edge stays. The pixel in the left area has 4
    // neighbors with the weight exp(-1/2 - 1/2) = 0.368 each: (110 + 4 * 0.368 * 100) / (1 + 4 * 0.368) = 104.05.
    auto const smooth = quoin::to_image(quoin::serial{}, areas.view() | quoin::bilateral(3, 10.0, 1.0));
    assert(smooth(9, 4) == 100 && smooth(10, 4) == 200);
    assert(smooth(4, 4) == 104);
    // Above it: (100 (1 + 3 * 0.607) + 110 * 0.368) / (1 + 3 * 0.607 + 0.368) = 101.15.
    assert(smooth(4, 3) == 101);
    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    pages.save("bilateral", "bilateral(9, 40, 3)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::bilateral(9, 40, 3)));
}
