// SPDX-License-Identifier: BSL-1.0
// erode, dilate: the least and the greatest value over a rectangle, a disc or another element.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/morphology/erode.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> bar(9, 7); // 5 x 3 pixels of 200
    for (quoin::index_t y = 2; y < 5; ++y)
        for (quoin::index_t x = 2; x < 7; ++x) bar(x, y) = 200;

    auto const thin = quoin::to_image(quoin::serial{}, bar.view() | quoin::erode(3, 3));
    auto const thick = quoin::to_image(quoin::serial{}, bar.view() | quoin::dilate(3, 3));
    for (quoin::index_t y = 0; y < 7; ++y)
        for (quoin::index_t x = 0; x < 9; ++x) {
            assert(thin(x, y) == (x >= 3 && x <= 5 && y == 3 ? 200 : 0));
            assert(thick(x, y) == (x >= 1 && x <= 7 && y >= 1 && y <= 5 ? 200 : 0));
        }

    // An even side reaches one pixel further to the left; the dilation reaches further to the right.
    auto const even = quoin::to_image(quoin::serial{}, bar.view() | quoin::erode(2, 1));
    assert(even(2, 3) == 0 && even(3, 3) == 200 && even(6, 3) == 200);

    // Elements of any form: a cross leaves the middle row and column of what a square takes away at the corners.
    using quoin::structuring_element;
    auto const cross = structuring_element::cross(1);
    auto const crossed = quoin::to_image(quoin::serial{}, bar.view() | quoin::dilate(cross));
    assert(crossed(1, 2) == 200 && crossed(2, 1) == 200 && crossed(1, 1) == 0);
    // The erosion looks to the right and down, and the dilation, whose element is reflected, to the left and up.
    auto const hook = structuring_element::from_rows("11/10").anchored(0, 0);
    auto const eroded = quoin::to_image(quoin::serial{}, bar.view() | quoin::erode(hook));
    auto const opened = quoin::to_image(quoin::serial{}, eroded.view() | quoin::dilate(hook));
    assert(eroded(2, 2) == 200 && eroded(6, 2) == 0 && eroded(2, 4) == 0);
    assert(opened(6, 3) == 200 && opened(6, 4) == 0); // the hook does not fit into that corner

    // What is outside does not count: a bright image stays bright up to its edge.
    quoin::image<std::uint8_t> bright(4, 4);
    for (quoin::index_t y = 0; y < 4; ++y)
        for (quoin::index_t x = 0; x < 4; ++x) bright(x, y) = 90;
    assert(quoin::to_image(quoin::serial{}, bright.view() | quoin::erode(3, 3))(0, 0) == 90);
    using quoin::constant, quoin::extend;
    assert(quoin::to_image(quoin::serial{}, bright.view() | extend(constant(0)) | quoin::erode(3, 3))(0, 0) == 0);

    // The pictures of their pages.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("erode", "erode(5, 5)", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::erode(5, 5)));
    auto const disc = structuring_element::disc(4);
    pages.add("erode", "1", "erode(structuring_element::disc(4))",
              quoin::to_image(quoin::serial{}, photo.view() | quoin::erode(disc)));
    pages.add("dilate", "1", "dilate(structuring_element::disc(4))",
              quoin::to_image(quoin::serial{}, photo.view() | quoin::dilate(disc)));
    pages.save("dilate", "dilate(5, 5)", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::dilate(5, 5)));
}
