// SPDX-License-Identifier: BSL-1.0
// translate: an image shifted by parts of a pixel.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/translate.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 100, 200}; // one row
    quoin::image_view<std::uint8_t const> const view(values, 3, 1);
    quoin::serial const policy;

    // By a quarter of a pixel to the right: each is a quarter of its left neighbor.
    auto const quarter = quoin::to_image(policy, view | quoin::extend(quoin::replicate) | quoin::translate(0.25, 0));
    assert(quarter(0, 0) == 0 && quarter(1, 0) == 75 && quarter(2, 0) == 175);
    auto const left = quoin::to_image(policy, view | quoin::extend(quoin::wrap) | quoin::translate(-1, 0));
    assert(left(0, 0) == 100 && left(2, 0) == 0);

    // The pictures of its page.
    auto const photo = picture::photo();
    picture::pages const pages(argc, argv);
    auto const shifted = photo.view() | quoin::extend(quoin::constant(0)) | quoin::translate(30.5, 20.5);
    pages.save("translate", "extend=constant,translate=30.5:20.5", photo, quoin::to_image(policy, shifted));
}
