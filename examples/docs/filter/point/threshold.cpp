// SPDX-License-Identifier: BSL-1.0
// threshold: white above a level, black up to it; the level fixed or found by Otsu's method.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/measure/otsu.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {10, 12, 11, 127, 128, 200, 202, 201};
    quoin::image_view<std::uint8_t const> const view(values, 8, 1);

    auto const mask = quoin::to_image(quoin::serial{}, view | quoin::threshold(127));
    assert(mask(3, 0) == 0);   // 127 is not above 127
    assert(mask(4, 0) == 255); // 128 is
    assert(mask(0, 0) == 0 && mask(7, 0) == 255);

    // Three dark values and five bright ones: the best level is the largest dark one.
    quoin::index_t const level = quoin::otsu(quoin::serial{}, view);
    assert(level == 12);
    auto const found = quoin::to_image(quoin::serial{}, view | quoin::threshold(level));
    assert(found(2, 0) == 0 && found(3, 0) == 255);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const best = quoin::threshold(quoin::otsu(quoin::serial{}, photo.view()));
    pages.save("threshold", "threshold(otsu(policy, view))", photo,
               quoin::to_image(quoin::serial{}, photo.view() | best));
}
