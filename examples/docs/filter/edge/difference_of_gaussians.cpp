// SPDX-License-Identifier: BSL-1.0
// difference_of_gaussians: what lies between two sizes, without the light on it.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/edge/difference_of_gaussians.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/filter/point/convert_to.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // A spot on light that rises to the right, which both blurs keep.
    quoin::image<std::uint8_t> spot(101, 61);
    for (quoin::index_t y = 0; y < 61; ++y)
        for (quoin::index_t x = 0; x < 101; ++x) spot(x, y) = static_cast<std::uint8_t>(50 + x);
    for (quoin::index_t y = 28; y < 33; ++y)
        for (quoin::index_t x = 48; x < 53; ++x) spot(x, y) = 240;
    auto const between = quoin::to_image(quoin::serial{}, spot.view() | quoin::difference_of_gaussians(1.5, 4));
    assert(between(50, 30) > 50);
    assert(between(25, 30) > -0.01f && between(25, 30) < 0.01f);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const shown = [&](double sigma, double other) {
        return picture::shown(
            quoin::to_image(quoin::serial{}, photo.view() | quoin::difference_of_gaussians(sigma, other) |
                                                 quoin::brightness(2) | quoin::convert_to<std::int16_t>),
            1);
    };
    pages.save("difference_of_gaussians", "difference_of_gaussians(1, 1.6), twice; gray stands for 0", photo,
               shown(1, 1.6));
    pages.add("difference_of_gaussians", "8", "difference_of_gaussians(1, 8), twice", shown(1, 8));
}
