// SPDX-License-Identifier: BSL-1.0
// Masks opened, closed, dilated and eroded by shapes other than squares.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/mask/morphology.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::serial const p;
    using element = quoin::structuring_element;

    // A dilation turns each set pixel into the element.
    quoin::bit_image point(9, 9);
    point.set(4, 4);
    quoin::bit_image const disc = dilation(p, point, element::disc(3));
    assert(disc.popcount() == element::disc(3).size() && disc.popcount() == 29);
    assert(disc.get(4, 1) && disc.get(2, 2) && !disc.get(1, 1));

    // An erosion keeps the pixels around which the element fits: here the middle of the disc.
    assert(erosion(p, disc, element::disc(3)) == point);

    // An opening by lines keeps what is as long as they are. A bar of 9 x 2 pixels and one of 2 x 9:
    quoin::bit_image bars(20, 12);
    for (int i = 0; i < 9; ++i)
        for (int j = 0; j < 2; ++j) {
            bars.set(1 + i, 1 + j);
            bars.set(14 + j, 1 + i);
        }
    quoin::bit_image const flat = opening(p, bars, element::line(5, 0));
    assert(flat.popcount() == 18 && flat.get(1, 1) && !flat.get(14, 5));

    // Any pixels, any anchor: each pixel and its right neighbor.
    auto const pair = element::from_rows("11").anchored(0, 0);
    assert(dilation(p, point, pair).get(5, 4) && !dilation(p, point, pair).get(3, 4));
    assert(dilation(p, point, pair.reflected()).get(3, 4));

    // A picture for the pages of opening.
    picture::pages const pages(argc, argv);
    pages.add("opening", "disc", "opening(policy, mask, structuring_element::disc(4))",
              picture::shown(opening(p, picture::mask(), element::disc(4))));
}
