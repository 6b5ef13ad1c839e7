// SPDX-License-Identifier: BSL-1.0
// opening, closing, dilation, erosion, fill_holes, remove_small_components: masks cleaned, and how far it is
// to their borders.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/label/fill_holes.hpp>
#include <quoin/label/remove_small_components.hpp>
#include <quoin/mask/morphology.hpp>
#include <quoin/mask/squared_distance_transform.hpp>

#include "picture.hpp"

#include <cassert>

namespace {

/// A mask of 12 x 9 pixels: a square of 7 x 7 with a hole, a line beside it, one pixel that is noise.
quoin::bit_image drawn() {
    quoin::bit_image mask(12, 9);
    for (int y = 1; y < 8; ++y)
        for (int x = 1; x < 8; ++x) mask.set(x, y);
    mask.set(4, 4, false);
    for (int x = 8; x < 11; ++x) mask.set(x, 4);
    mask.set(11, 0);
    return mask;
}

} // namespace

int main(int argc, char** argv) {
    quoin::serial const p;
    quoin::bit_image const mask = drawn();
    assert(mask.popcount() == 7 * 7 - 1 + 3 + 1);

    // A hole is what the border of the image cannot be reached from.
    assert(fill_holes(p, mask, 1).get(4, 4));
    assert(!fill_holes(p, mask, 0).get(4, 4)); // it is larger than that

    assert(!remove_small_components(p, mask, 2).get(11, 0));
    assert(remove_small_components(p, mask, 2).popcount() == mask.popcount() - 1);

    // An opening removes what is narrower than 2 * radius + 1 pixels, a closing fills such gaps.
    quoin::bit_image const square = opening(p, fill_holes(p, mask, 1), 1);
    assert(square.popcount() == 49 && !square.get(9, 4));
    assert(closing(p, mask, 1).get(4, 4));
    assert(erosion(p, square, 1).popcount() == 25 && dilation(p, square, 1).popcount() == 81);

    // Squares of the distances to the nearest pixel that is not set.
    quoin::image<std::uint32_t> const distance = squared_distance_transform(p, square);
    assert(distance(0, 0) == 0 && distance(1, 4) == 1 && distance(4, 4) == 16);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const shapes = picture::mask();
    pages.save("opening", "opening(policy, mask, 2)", shapes, opening(p, shapes, 2));
    pages.save("closing", "closing(policy, mask, 2)", shapes, closing(p, shapes, 2));
    pages.save("dilation", "dilation(policy, mask, 2)", shapes, dilation(p, shapes, 2));
    pages.save("erosion", "erosion(policy, mask, 2)", shapes, erosion(p, shapes, 2));
    pages.save("fill_holes", "fill_holes(policy, mask, 60)", shapes, fill_holes(p, shapes, 60));
    pages.save("remove_small_components", "remove_small_components(policy, mask, 40)", shapes,
               remove_small_components(p, shapes, 40));
}
