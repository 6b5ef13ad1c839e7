// SPDX-License-Identifier: BSL-1.0
// h_maxima, h_minima: takes away peaks, or fills valleys, of little height.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/morphology/h_maxima.hpp>
#include <quoin/filter/morphology/local_maxima.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const heights[] = {10, 30, 25, 27, 5, 40, 10}; // peaks of 30, 27 and 40
    quoin::image_view<std::uint8_t const> const row(heights, 7, 1);

    auto const cut = quoin::to_image(quoin::serial{}, row | quoin::h_maxima(5));
    assert(cut(1, 0) == 25 && cut(2, 0) == 25 && cut(3, 0) == 25); // 27 is 2 above its saddle of 25, and 30 - 5 is 25
    assert(cut(5, 0) == 35 && cut(0, 0) == 10);

    // The peaks that are left.
    auto const peaks = quoin::to_image(quoin::serial{}, row | quoin::h_maxima(5) | quoin::local_maxima());
    assert(peaks(1, 0) == 255 && peaks(3, 0) == 255 && peaks(5, 0) == 255 && peaks(4, 0) == 0);

    auto const filled = quoin::to_image(quoin::serial{}, row | quoin::h_minima(3));
    assert(filled(2, 0) == 27 && filled(4, 0) == 8); // the valley of 25 is 2 deep

    // The pictures of their pages.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("h_maxima", "h_maxima(40)", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::h_maxima(40)));
    pages.save("h_minima", "h_minima(40)", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::h_minima(40)));
}
