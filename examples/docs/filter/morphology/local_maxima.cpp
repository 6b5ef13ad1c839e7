// SPDX-License-Identifier: BSL-1.0
// local_maxima, local_minima: finds the plateaus without a higher, or lower, neighbor.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/gaussian.hpp>
#include <quoin/filter/morphology/local_maxima.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const heights[] = {10, 30, 30, 25, 25, 40, 12}; // 25 is level, and touches 40
    quoin::image_view<std::uint8_t const> const row(heights, 7, 1);

    auto const peaks = quoin::to_image(quoin::serial{}, row | quoin::local_maxima());
    assert(peaks(1, 0) == 255 && peaks(2, 0) == 255 && peaks(5, 0) == 255);
    assert(peaks(0, 0) == 0 && peaks(3, 0) == 0 && peaks(4, 0) == 0);

    auto const valleys = quoin::to_image(quoin::serial{}, row | quoin::local_minima());
    assert(valleys(0, 0) == 255 && valleys(3, 0) == 255 && valleys(4, 0) == 255 && valleys(6, 0) == 255);

    // The pictures of their pages. Noise has maxima everywhere, so blur first.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const smooth = photo.view() | quoin::gaussian(3);
    pages.save("local_maxima", "gaussian(3) | local_maxima()", photo,
               quoin::to_image(quoin::serial{}, smooth | quoin::local_maxima()));
    pages.save("local_minima", "gaussian(3) | local_minima()", photo,
               quoin::to_image(quoin::serial{}, smooth | quoin::local_minima()));
}
