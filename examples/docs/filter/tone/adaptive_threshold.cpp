// SPDX-License-Identifier: BSL-1.0
// adaptive_threshold: the pixels that are brighter than the mean around them.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/tone/adaptive_threshold.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // Two dots of 30 above a background that rises from 0 to 120, so no single threshold separates both.
    quoin::image<std::uint8_t> uneven(13, 5);
    for (quoin::index_t y = 0; y < 5; ++y)
        for (quoin::index_t x = 0; x < 13; ++x) uneven(x, y) = static_cast<std::uint8_t>(10 * x);
    uneven(3, 2) = 60;
    uneven(9, 2) = 120;

    // An offset below 0: a pixel is bright from 10 above the mean on.
    auto const dots = quoin::to_image(quoin::serial{}, uneven.view() | quoin::extend(quoin::replicate) |
                                                           quoin::adaptive_threshold(5, -10));
    for (quoin::index_t y = 0; y < 5; ++y)
        for (quoin::index_t x = 0; x < 12; ++x) // in the last column replicate leads to a smaller mean
            assert(dots(x, y) == (y == 2 && (x == 3 || x == 9) ? 255 : 0));

    // Dark ink: 255 where a pixel is not above the mean less 2.
    auto const ink =
        quoin::to_image(quoin::serial{}, uneven.view() | quoin::adaptive_threshold<quoin::adaptive_method::gaussian>(
                                                             5, 2, quoin::threshold_sense::inverted));
    assert(ink(3, 2) == 0 && ink(9, 2) == 0 && ink(8, 2) == 255); // 80 beside 120: the mean is 83

    bool refused = false;
    try {
        quoin::adaptive_threshold(8, 0);
    } catch (quoin::invalid_argument const&) {
        refused = true;
    }
    assert(refused);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("adaptive_threshold", "adaptive_threshold(31, -5)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::adaptive_threshold(31, -5)));
}
