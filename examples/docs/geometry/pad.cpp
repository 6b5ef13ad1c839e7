// SPDX-License-Identifier: BSL-1.0
// pad: pixels around an image, by any border.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/pad.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {1, 2, 3}; // one row
    quoin::image_view<std::uint8_t const> const view(values, 3, 1);
    quoin::serial const policy;

    // Two columns on the left, one on the right.
    auto const mirrored = quoin::to_image(policy, view | quoin::pad(2, 0, 1, 0));
    assert(mirrored.width() == 6 && mirrored(0, 0) == 3 && mirrored(1, 0) == 2 && mirrored(2, 0) == 1);
    assert(mirrored(5, 0) == 2);
    auto const framed = quoin::to_image(policy, view | quoin::pad(1, 1, 1, 1, quoin::constant(9)));
    assert(framed.height() == 3 && framed(2, 0) == 9 && framed(2, 1) == 2);

    // The pictures of its page.
    auto const photo = picture::photo();
    picture::pages const pages(argc, argv);
    auto const wrapped = photo.view() | quoin::pad(60, 40, 60, 40, quoin::wrap);
    pages.save("pad", "pad=60:40:60:40:wrap", photo, quoin::to_image(policy, wrapped));
}
