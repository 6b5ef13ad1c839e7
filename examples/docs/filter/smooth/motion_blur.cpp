// SPDX-License-Identifier: BSL-1.0
// motion_blur: the mean along a line.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/smooth/motion_blur.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> dot(9, 9);
    dot(4, 4) = 100;

    // A row of five pixels, and a column.
    auto const row = quoin::to_image(quoin::serial{}, dot.view() | quoin::motion_blur(5));
    assert(row(2, 4) == 20 && row(6, 4) == 20 && row(7, 4) == 0 && row(4, 3) == 0);
    auto const column = quoin::to_image(quoin::serial{}, dot.view() | quoin::motion_blur(5, 90));
    assert(column(4, 2) == 20 && column(4, 6) == 20 && column(3, 4) == 0);

    // 45 degrees rise to the right.
    auto const diagonal = quoin::to_image(quoin::serial{}, dot.view() | quoin::motion_blur(5, 45));
    assert(diagonal(5, 3) > 0 && diagonal(3, 5) > 0 && diagonal(5, 5) == 0);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("motion_blur", "motion_blur(21, 30)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::motion_blur(21, 30)));
}
