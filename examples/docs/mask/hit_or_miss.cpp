// SPDX-License-Identifier: BSL-1.0
// hit_or_miss: corners and single pixels, found by patterns.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/mask/hit_or_miss.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::serial const p;

    // A square of 4 x 4 pixels and a single pixel.
    quoin::bit_image mask(12, 8);
    for (int y = 2; y < 6; ++y)
        for (int x = 2; x < 6; ++x) mask.set(x, y);
    mask.set(9, 3);

    // 1 is a set pixel, 0 an unset one, and a point any pixel. Rows begin at the top.
    quoin::bit_image const corners = hit_or_miss(p, mask, ".0./011/.1.");
    assert(corners.popcount() == 1 && corners.get(2, 2));
    quoin::bit_image const single = hit_or_miss(p, mask, "000/010/000");
    assert(single.popcount() == 1 && single.get(9, 3));

    // The same by two elements: pixels that are set, and pixels that are unset.
    auto const one = quoin::structuring_element::from_rows("1");
    auto const ring = quoin::structuring_element::from_rows("111/101/111");
    assert(hit_or_miss(p, mask, one, ring) == single);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const shapes = picture::mask();
    pages.save("hit_or_miss", "hit_or_miss(policy, mask, \"000/.1./111\"): upper sides", shapes,
               hit_or_miss(p, shapes, "000/.1./111"));
}
