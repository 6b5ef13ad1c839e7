// SPDX-License-Identifier: BSL-1.0
// fast_score: how strong a FAST corner each pixel is.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/corner/fast_score.hpp>
#include <quoin/filter/point/brightness.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // The corner of a white square: of the circle around it 11 pixels are black.
    quoin::image<std::uint8_t> square(15, 15);
    for (quoin::index_t y = 6; y < 15; ++y)
        for (quoin::index_t x = 6; x < 15; ++x) square(x, y) = 255;
    auto const nine = quoin::to_image(quoin::serial{}, square.view() | quoin::fast_score(20));
    auto const twelve = quoin::to_image(quoin::serial{}, square.view() | quoin::fast_score(20, 12));
    assert(nine(6, 6) == 254 && twelve(6, 6) == 0);
    assert(nine(6, 11) == 0); // an edge

    // The picture of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("fast_score", "fast_score(20) of a photograph, 4 times as bright", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::fast_score(20) | quoin::brightness(4.0f)));
}
