// SPDX-License-Identifier: BSL-1.0
// transpose: rows become columns, anywhere in a pipeline.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/geometry/transpose.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {1, 2, 3, 4, 5, 6}; // two rows
    quoin::image_view<std::uint8_t const> const view(values, 3, 2);

    auto const exchanged = quoin::to_image(quoin::serial{}, view | quoin::transpose);
    assert(exchanged.width() == 2 && exchanged.height() == 3);
    assert(exchanged(1, 0) == 4 && exchanged(0, 2) == 3);

    // The derivative along y is that along x of the transposed image.
    auto const along_x = quoin::transpose | quoin::sobel_x | quoin::transpose;
    auto const one = quoin::to_image(quoin::serial{}, view | along_x);
    auto const other = quoin::to_image(quoin::serial{}, view | quoin::sobel_y);
    assert(one(1, 0) == other(1, 0) && one.size() == view.size());

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("transpose", "transpose", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::transpose));
}
