// SPDX-License-Identifier: BSL-1.0
// prewitt: how steep an image is.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/edge/prewitt.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // A plane that rises by 3 a column and falls by 4 a row.
    quoin::image<std::uint8_t> plane(7, 7);
    for (quoin::index_t y = 0; y < 7; ++y)
        for (quoin::index_t x = 0; x < 7; ++x) plane(x, y) = static_cast<std::uint8_t>(50 + 3 * x - 4 * y);

    auto const steep = quoin::to_image(quoin::serial{}, plane.view() | quoin::prewitt);
    assert(steep(3, 3) == 30); // 6 times the length of (3, 4)

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("prewitt", "prewitt", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::prewitt));
}
