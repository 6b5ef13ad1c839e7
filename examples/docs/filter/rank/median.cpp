// SPDX-License-Identifier: BSL-1.0
// median: the middle value of a square.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/rank/median.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // A median removes single pixels and keeps edges.
    quoin::image<std::uint8_t> edge(9, 7);
    for (quoin::index_t y = 0; y < 7; ++y)
        for (quoin::index_t x = 0; x < 9; ++x) edge(x, y) = x < 5 ? 20 : 200;
    edge(2, 3) = 255;
    edge(7, 2) = 0;

    auto const cleaned = quoin::to_image(quoin::serial{}, edge.view() | quoin::median(3));
    for (quoin::index_t y = 0; y < 7; ++y)
        for (quoin::index_t x = 0; x < 9; ++x) assert(cleaned(x, y) == (x < 5 ? 20 : 200));

    // The pictures of its page. Each 16th pixel of the photograph is made black or white.
    picture::pages const pages(argc, argv);
    auto photo = picture::gray_photo();
    std::uint32_t state = 1;
    for (quoin::index_t y = 0; y < photo.height(); ++y)
        for (quoin::index_t x = 0; x < photo.width(); ++x) {
            state = state * 1664525 + 1013904223;
            if (state >> 28 == 0) photo(x, y) = (state >> 20 & 1) != 0 ? 255 : 0;
        }
    pages.save("median", "median(5) of a photograph with black and white specks", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::median(5)));
}
