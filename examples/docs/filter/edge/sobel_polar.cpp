// SPDX-License-Identifier: BSL-1.0
// sobel_polar, sobel_angle: how steep an image is and in which direction it rises.
#undef NDEBUG
#include <quoin/exec/run.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/edge/sobel_polar.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/image/planar_view.hpp>

#include "picture.hpp"

#include <cassert>
#include <cmath>

int main(int argc, char** argv) {
    quoin::serial const policy;

    // It rises by 2 a column and by 2 a row.
    quoin::image<std::uint8_t> slope(9, 9);
    for (quoin::index_t y = 0; y < 9; ++y)
        for (quoin::index_t x = 0; x < 9; ++x) slope(x, y) = static_cast<std::uint8_t>(2 * x + 2 * y);

    // Both results in one pass: pixels of two numbers, or two images.
    auto const pairs = quoin::to_image(policy, slope.view() | quoin::sobel_polar);
    assert(std::abs(pairs(4, 4).length - 16 * std::sqrt(2.0f)) < 1e-5f);
    assert(std::abs(pairs(4, 4).angle - 3.14159265f / 4) < 1e-6f);
    quoin::image<float> length(9, 9), angle(9, 9);
    quoin::run(policy, slope.view() | quoin::sobel_polar,
               quoin::planar_view<quoin::polar_gradient<float>>({length.view().data(), angle.view().data()}, 9, 9,
                                                                length.view().stride()));
    assert(length(4, 4) == pairs(4, 4).length && angle(4, 4) == pairs(4, 4).angle);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("sobel_angle", "sobel_angle; gray stands for 0, white for pi", photo,
               picture::shown(quoin::to_image(policy, photo.view() | quoin::sobel_angle | quoin::brightness(40) |
                                                          quoin::convert_to<std::int16_t>),
                              1));
}
