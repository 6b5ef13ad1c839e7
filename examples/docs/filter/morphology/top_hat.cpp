// SPDX-License-Identifier: BSL-1.0
// gradient, top_hat, black_hat: edges, and what is narrower than a rectangle without what lies around it.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/morphology/top_hat.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> slope(40, 9); // brighter to the right, with a bright and a dark spot
    for (quoin::index_t y = 0; y < 9; ++y)
        for (quoin::index_t x = 0; x < 40; ++x) slope(x, y) = static_cast<std::uint8_t>(20 + 2 * x);
    slope(10, 4) = 90; // the slope has 40 there
    slope(30, 4) = 30; // and 80 there

    auto const bright = quoin::to_image(quoin::serial{}, slope.view() | quoin::top_hat(5, 5));
    assert(bright(10, 4) == 50 && bright(30, 4) == 0 && bright(20, 4) == 0);
    auto const dark = quoin::to_image(quoin::serial{}, slope.view() | quoin::black_hat(5, 5));
    assert(dark(30, 4) == 50 && dark(10, 4) == 0 && dark(20, 4) == 0);

    // The slope rises by 2 a pixel, so by 4 from the left to the right of 3.
    auto const range = quoin::to_image(quoin::serial{}, slope.view() | quoin::gradient(3, 3));
    assert(range(20, 4) == 4);

    // A disc of radius 2 is as wide. Its leftmost pixel can be the spot, so the opening has 42 there.
    auto const disc = quoin::structuring_element::disc(2);
    assert(quoin::to_image(quoin::serial{}, slope.view() | quoin::top_hat(disc))(10, 4) == 48);
    assert(quoin::to_image(quoin::serial{}, slope.view() | quoin::gradient(disc))(20, 4) == 8);

    // The pictures of their pages.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("gradient", "gradient(3, 3)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::gradient(3, 3)));
    pages.save("top_hat", "top_hat(9, 9)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::top_hat(9, 9)));
    pages.save("black_hat", "black_hat(9, 9)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::black_hat(9, 9)));
}
