// SPDX-License-Identifier: BSL-1.0
// scharr_x, scharr_y, scharr: how steep an image is, and in which direction.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/edge/scharr.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // A plane that rises by 3 a column and falls by 4 a row.
    quoin::image<std::uint8_t> plane(7, 7);
    for (quoin::index_t y = 0; y < 7; ++y)
        for (quoin::index_t x = 0; x < 7; ++x) plane(x, y) = static_cast<std::uint8_t>(50 + 3 * x - 4 * y);

    // Either kernel makes 32 of a slope of 1, and the length is a quarter of that of both.
    auto const dx = quoin::to_image(quoin::serial{}, plane.view() | quoin::scharr_x);
    auto const dy = quoin::to_image(quoin::serial{}, plane.view() | quoin::scharr_y);
    auto const steep = quoin::to_image(quoin::serial{}, plane.view() | quoin::scharr);
    assert(dx(3, 3) == 96 && dy(3, 3) == -128);
    assert(steep(3, 3) == 40); // 3, 4, 5

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const x = quoin::to_image(quoin::serial{}, photo.view() | quoin::scharr_x);
    auto const y = quoin::to_image(quoin::serial{}, photo.view() | quoin::scharr_y);
    pages.save("scharr_x", "scharr_x; gray stands for 0", photo, picture::shown(x, 16));
    pages.save("scharr_y", "scharr_y; gray stands for 0", photo, picture::shown(y, 16));
    pages.save("scharr", "scharr", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::scharr));
}
