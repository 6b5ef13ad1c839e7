// SPDX-License-Identifier: BSL-1.0
// roberts: how steep an image is.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/edge/roberts.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // A plane that rises by 3 a column and falls by 4 a row.
    quoin::image<std::uint8_t> plane(7, 7);
    for (quoin::index_t y = 0; y < 7; ++y)
        for (quoin::index_t x = 0; x < 7; ++x) plane(x, y) = static_cast<std::uint8_t>(50 + 3 * x - 4 * y);

    auto const steep = quoin::to_image(quoin::serial{}, plane.view() | quoin::roberts);
    assert(steep(3, 3) == 7); // The differences along the diagonals are -1 and 7, and their length 7.07

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("roberts", "roberts", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::roberts));
}
