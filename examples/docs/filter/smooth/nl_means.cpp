// SPDX-License-Identifier: BSL-1.0
// nl_means: the mean of the pixels whose surroundings are like those of a pixel.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/smooth/nl_means.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // Stripes of 100 and 200, and a pixel that differs a little.
    quoin::image<std::uint8_t> stripes(24, 12);
    for (quoin::index_t y = 0; y < 12; ++y)
        for (quoin::index_t x = 0; x < 24; ++x) stripes(x, y) = x % 4 < 2 ? 100 : 200;
    stripes(9, 6) = 112;

    // Patches of 1 x 1 pixel, squares of 9 x 9. Of the columns 5 to 13, five are of 100: 44 other pixels with the
    // weight exp(-144 / 144) = 0.368: (112 + 44 * 0.368 * 100) / (1 + 44 * 0.368) = 100.7.
    auto const same = quoin::to_image(quoin::serial{}, stripes.view() | quoin::nl_means(1, 9, 12));
    assert(same(9, 6) == 101);
    assert(same(0, 0) == 100 && same(2, 0) == 200); // no weights between the levels: exp(-10000 / 144)

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    pages.save("nl_means", "nl_means(5, 15, 12)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::nl_means(5, 15, 12)));
}
