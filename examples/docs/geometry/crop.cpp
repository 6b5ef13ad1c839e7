// SPDX-License-Identifier: BSL-1.0
// crop: a rectangle of an image, before or behind other stages.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/geometry/crop.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 0, 90, 0, 0};
    quoin::image_view<std::uint8_t const> const view(values, 5, 1);

    // Behind the blur, the rectangle shows what its neighbors gave; before it, they are gone.
    auto const behind = quoin::to_image(quoin::serial{}, view | quoin::box(3) | quoin::crop(3, 0, 2, 1));
    assert(behind.width() == 2 && behind(0, 0) == 30 && behind(1, 0) == 0);
    auto const before = quoin::to_image(quoin::serial{}, view | quoin::crop(3, 0, 2, 1) | quoin::box(3));
    assert(before(0, 0) == 0);

    try {
        (void)(view | quoin::crop(3, 0, 3, 1));
        assert(false);
    } catch (quoin::invalid_argument const&) {
        // the rectangle at (3, 0) of 3 x 1 pixels does not lie inside 5 x 1
    }

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("crop", "crop(90, 10, 120, 80)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::crop(90, 10, 120, 80)));
}
