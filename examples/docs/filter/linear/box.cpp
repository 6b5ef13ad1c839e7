// SPDX-License-Identifier: BSL-1.0
// box: the mean over a rectangle.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/box.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> dot(7, 7);
    dot(3, 3) = 90;

    auto const mean = quoin::to_image(quoin::serial{}, dot.view() | quoin::box(3));
    for (quoin::index_t y = 0; y < 7; ++y)
        for (quoin::index_t x = 0; x < 7; ++x) {
            bool const near = x >= 2 && x <= 4 && y >= 2 && y <= 4;
            assert(mean(x, y) == (near ? 10 : 0));
        }

    // 90 / 25 = 3.6
    assert(quoin::to_image(quoin::serial{}, dot.view() | quoin::box(5))(1, 1) == 4);

    // Two columns and one row: the pixel and the one to the left of it.
    auto const pairs = quoin::to_image(quoin::serial{}, dot.view() | quoin::box(2, 1));
    assert(pairs(3, 3) == 45 && pairs(4, 3) == 45 && pairs(2, 3) == 0 && pairs(3, 2) == 0);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("box", "box(9)", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::box(9)));
}
