// SPDX-License-Identifier: BSL-1.0
// reconstruct, reconstruct_by_erosion: a marker spreads as far as a mask lets it.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/morphology/erode.hpp>
#include <quoin/filter/morphology/reconstruct.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> mask(9, 3), marker(9, 3);
    for (quoin::index_t x = 1; x < 4; ++x) mask(x, 1) = 200; // two bars
    for (quoin::index_t x = 5; x < 8; ++x) mask(x, 1) = 150;
    mask(7, 1) = 220;
    marker(2, 1) = 180; // one is marked
    marker(5, 1) = 90;  // the other one, too, though not up to its height

    auto const out = quoin::reconstruct(quoin::serial{}, marker.view(), mask.view());
    assert(out(1, 1) == 180 && out(3, 1) == 180);
    assert(out(5, 1) == 90 && out(7, 1) == 90);
    assert(out(4, 1) == 0 && out(0, 0) == 0); // nothing is above the mask

    // What was not marked is taken away: an opening by reconstruction, with a marker that a filter made.
    marker(5, 1) = 0;
    assert(quoin::reconstruct(quoin::serial{}, marker.view(), mask.view())(6, 1) == 0);

    // The same downwards.
    for (quoin::index_t y = 0; y < 3; ++y)
        for (quoin::index_t x = 0; x < 9; ++x) {
            mask(x, y) = static_cast<std::uint8_t>(255 - mask(x, y));
            marker(x, y) = static_cast<std::uint8_t>(255 - marker(x, y));
        }
    auto const above = quoin::reconstruct_by_erosion(quoin::serial{}, marker.view(), mask.view());
    assert(above(1, 1) == 255 - 180 && above(6, 1) == 255);

    // The pictures of their pages. As chains: reconstruct(#1,erode=9), and reconstruct_by_erosion(#1,dilate=9).
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const low = quoin::to_image(quoin::serial{}, photo.view() | quoin::erode(9, 9));
    auto const high = quoin::to_image(quoin::serial{}, photo.view() | quoin::dilate(9, 9));
    pages.save("reconstruct", "reconstruct(photo | erode(9, 9) under photo)", photo,
               quoin::reconstruct(quoin::serial{}, low.view(), photo.view()));
    pages.save("reconstruct_by_erosion", "reconstruct_by_erosion(photo | dilate(9, 9) above photo)", photo,
               quoin::reconstruct_by_erosion(quoin::serial{}, high.view(), photo.view()));
}
