// SPDX-License-Identifier: BSL-1.0
// unsharp, unsharp_pillow: a pixel and a part of its distance from the blur.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/smooth/unsharp.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // A dark and a bright half.
    quoin::image<std::uint8_t> edge(40, 3);
    for (quoin::index_t y = 0; y < 3; ++y)
        for (quoin::index_t x = 0; x < 40; ++x) edge(x, y) = x < 20 ? 100 : 150;

    // Beside the edge the blur is 120 and 130: exp(0) + 2 exp(-1/2) + 2 exp(-2) + 2 exp(-9/2) = 2.50596, so that a
    // pixel beside it has 0.30054 of the weights on the other side, 15.03 of 50. Twice that goes off, and on.
    auto const sharp = quoin::to_image(quoin::serial{}, edge.view() | quoin::unsharp(1.0, 2.0));
    assert(sharp(19, 1) == 70 && sharp(20, 1) == 180);
    assert(sharp(10, 1) == 100 && sharp(30, 1) == 150);

    // A threshold leaves what differs less from the blur: 15 here.
    auto const left = quoin::to_image(quoin::serial{}, edge.view() | quoin::unsharp(1.0, 2.0, 16));
    assert(left(19, 1) == 100 && left(20, 1) == 150);

    // The bytes of image.filter(ImageFilter.UnsharpMask(2, 150, 3)).
    auto const pillow = quoin::to_image(quoin::serial{}, edge.view() | quoin::extend(quoin::replicate) |
                                                             quoin::unsharp_pillow(2, 150, 3));
    assert(pillow(19, 1) == 70 && pillow(20, 1) == 180);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("unsharp", "unsharp(2, 1.5)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::unsharp(2, 1.5)));
    pages.save(
        "unsharp_pillow", "unsharp_pillow(2, 150, 3)", photo,
        quoin::to_image(quoin::serial{}, photo.view() | quoin::extend(quoin::replicate) | quoin::unsharp_pillow()));
}
