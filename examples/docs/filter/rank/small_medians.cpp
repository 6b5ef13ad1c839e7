// SPDX-License-Identifier: BSL-1.0
// median_cross, median_weighted: medians that keep thin lines.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/rank/median.hpp>
#include <quoin/filter/rank/small_medians.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // A line of one pixel, and a speck.
    quoin::image<std::uint8_t> line(9, 7);
    for (quoin::index_t x = 0; x < 9; ++x) line(x, 1) = 200;
    line(4, 4) = 255;

    // Three of nine pixels are no majority, but three of the five of a cross are.
    auto const square = quoin::to_image(quoin::serial{}, line.view() | quoin::median(3));
    auto const cross = quoin::to_image(quoin::serial{}, line.view() | quoin::median_cross(3));
    assert(square(4, 1) == 0 && cross(4, 1) == 200);
    assert(square(4, 4) == 0 && cross(4, 4) == 0);

    // With a weight of 5 the line has 7 of 13 values. The speck has 5.
    auto const weighted = quoin::to_image(quoin::serial{}, line.view() | quoin::median_weighted(5));
    assert(weighted(4, 1) == 200 && weighted(4, 4) == 0);

    // The pictures of their pages. Each 16th pixel of the photograph is made black or white.
    picture::pages const pages(argc, argv);
    auto photo = picture::gray_photo();
    std::uint32_t state = 1;
    for (quoin::index_t y = 0; y < photo.height(); ++y)
        for (quoin::index_t x = 0; x < photo.width(); ++x) {
            state = state * 1664525 + 1013904223;
            if (state >> 28 == 0) photo(x, y) = (state >> 20 & 1) != 0 ? 255 : 0;
        }
    pages.save("median_cross", "median_cross(5) of a photograph with black and white specks", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::median_cross(5)));
    pages.save("median_weighted", "median_weighted(5) of a photograph with black and white specks", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::median_weighted(5)));
}
