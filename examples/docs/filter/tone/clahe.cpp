// SPDX-License-Identifier: BSL-1.0
// clahe: local contrast, by a table for each tile of the image.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/tone/clahe.hpp>
#include <quoin/measure/histogram.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::serial const policy;
    // The left half is dark, the right half is bright; in both, columns differ by 2.
    quoin::image<std::uint8_t> faint(16, 8);
    for (quoin::index_t y = 0; y < 8; ++y)
        for (quoin::index_t x = 0; x < 16; ++x) faint(x, y) = static_cast<std::uint8_t>((x < 8 ? 40 : 200) + x % 2 * 2);
    auto const view = faint.view();

    // The pixels are read twice: for the counts of the tiles, and for the result. A clip of 0 limits no count.
    auto const clear = quoin::to_image(policy, view | quoin::clahe(policy, view, 0, {2, 1}));
    assert(clear(0, 0) == 128 && clear(1, 0) == 255);   // half of the left tile has 40 or less: 127.5
    assert(clear(14, 0) == 128 && clear(15, 0) == 255); // the same in the right tile

    // With a limit of 64 times the mean a value has 16 counts; what is cut off is given to all values alike.
    auto const limited = quoin::to_image(policy, view | quoin::clahe(policy, view, 64, {2, 1}));
    assert(limited(1, 0) - limited(0, 0) < clear(1, 0) - clear(0, 0));

    bool refused = false;
    try {
        quoin::clahe(policy, view, -1);
    } catch (quoin::invalid_argument const&) {
        refused = true;
    }
    assert(refused);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const dim = [](std::uint8_t v) { return static_cast<std::uint8_t>(v / 3 + 20); };
    auto const dark = quoin::to_image(policy, photo.view() | dim);
    pages.save("clahe", "clahe(policy, view, 3) of a dim photo", dark,
               quoin::to_image(policy, dark.view() | quoin::clahe(policy, dark.view(), 3)));
}
