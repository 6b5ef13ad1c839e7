// SPDX-License-Identifier: BSL-1.0
// adaptive_median: removes specks, and leaves what is no speck.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/rank/adaptive_median.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // A ramp with a texture, and a block of 2 x 3 white pixels.
    quoin::image<std::uint8_t> ramp(11, 9);
    for (quoin::index_t y = 0; y < 9; ++y)
        for (quoin::index_t x = 0; x < 11; ++x)
            ramp(x, y) = static_cast<std::uint8_t>(50 + 10 * x + (7 * x + 3 * y) % 5);
    auto specks = quoin::to_image(quoin::serial{}, ramp.view());
    for (quoin::index_t y = 3; y < 6; ++y) specks(4, y) = specks(5, y) = 255;

    // Six of nine pixels around a white one are white, so that 3 x 3 is not enough, but 5 x 5 is.
    auto const some = quoin::to_image(quoin::serial{}, specks.view() | quoin::adaptive_median(3));
    auto const all = quoin::to_image(quoin::serial{}, specks.view() | quoin::adaptive_median(5));
    assert(some(4, 4) == 255 && all(4, 4) < 130);
    // A pixel that is no extreme stays as it is.
    assert(all(8, 2) == ramp(8, 2));

    // The pictures of its page. Each fourth pixel of the photograph is made black or white.
    picture::pages const pages(argc, argv);
    auto photo = picture::gray_photo();
    std::uint32_t state = 1;
    for (quoin::index_t y = 0; y < photo.height(); ++y)
        for (quoin::index_t x = 0; x < photo.width(); ++x) {
            state = state * 1664525 + 1013904223;
            if (state >> 30 == 0) photo(x, y) = (state >> 20 & 1) != 0 ? 255 : 0;
        }
    pages.save("adaptive_median", "adaptive_median(7) of a photograph with black and white specks", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::adaptive_median(7)));
}
