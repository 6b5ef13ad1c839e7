// SPDX-License-Identifier: BSL-1.0
// canny, automatic_thresholds: the outlines of what is brighter, as lines of one pixel.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/feature/canny.hpp>
#include <quoin/filter/linear/gaussian.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::serial const p;

    // A square of 10 x 10 pixels that is brighter by 30, and one that is brighter by 15: 120 and 60 along its sides.
    quoin::image<std::uint8_t> squares(40, 20);
    for (int y = 5; y < 15; ++y)
        for (int x = 5; x < 15; ++x) {
            squares(x, y) = 30;
            squares(x + 20, y) = 15;
        }
    quoin::bit_image const both = canny(p, squares, 20, 50);
    quoin::bit_image const bright = canny(p, squares, 20, 100);
    assert(both.get(4, 10) && both.get(24, 10)); // of two pixels beside a step, the first one
    assert(bright.get(4, 10) && !bright.get(24, 10));
    assert(2 * bright.popcount() == both.popcount());

    // Thresholds from the image: the level that best separates weak gradients from strong ones, and its half.
    auto const [low, high] = automatic_thresholds(p, squares);
    assert(low <= high / 2 && low > high / 2 - 1 && canny(p, squares) == canny(p, squares, low, high));

    // In a chain it is a stage, behind a blur against noise. Pixels are white or 0.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const edges = quoin::to_image(p, photo.view() | quoin::gaussian(1.4) | quoin::canny(60, 150));
    assert(edges(0, 0) == 0);

    // The pictures of its page.
    pages.save("canny", "gaussian=1.4,canny=60:150", photo, edges);
    pages.save("automatic_thresholds", "canny(policy, photo | gaussian(1.4))", photo,
               picture::shown(canny(p, photo.view() | quoin::gaussian(1.4))));
}
