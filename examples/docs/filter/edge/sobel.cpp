// SPDX-License-Identifier: BSL-1.0
// sobel_x, sobel_y, sobel_magnitude, sobel: how steep an image is, and in which direction.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/edge/sobel.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // A plane that rises by 3 a column and falls by 4 a row. Either kernel makes 8 of a slope of 1.
    quoin::image<std::uint8_t> plane(5, 5);
    for (quoin::index_t y = 0; y < 5; ++y)
        for (quoin::index_t x = 0; x < 5; ++x) plane(x, y) = static_cast<std::uint8_t>(50 + 3 * x - 4 * y);

    quoin::image<std::int16_t> const dx = quoin::to_image(quoin::serial{}, plane.view() | quoin::sobel_x);
    quoin::image<std::int16_t> const dy = quoin::to_image(quoin::serial{}, plane.view() | quoin::sobel_y);
    auto const steep = quoin::to_image(quoin::serial{}, plane.view() | quoin::sobel_magnitude);

    assert(dx(2, 2) == 24);
    assert(dy(2, 2) == -32);
    assert(steep(2, 2) == 40); // 3, 4, 5

    // Larger kernels are divided, so that the same slope has the same value.
    quoin::image<std::uint8_t> wide(9, 9);
    for (quoin::index_t y = 0; y < 9; ++y)
        for (quoin::index_t x = 0; x < 9; ++x) wide(x, y) = static_cast<std::uint8_t>(50 + 3 * x - 4 * y);
    assert(quoin::to_image(quoin::serial{}, wide.view() | quoin::sobel<5>)(4, 4) == 40);
    assert(quoin::to_image(quoin::serial{}, wide.view() | quoin::sobel<7>)(4, 4) == 40);

    // At the border the image is reflected, so there is no slope across it.
    assert(dx(0, 2) == 0 && dy(0, 2) == -32 && steep(0, 2) == 32);
    assert(steep(0, 0) == 0);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const x = quoin::to_image(quoin::serial{}, photo.view() | quoin::sobel_x);
    auto const y = quoin::to_image(quoin::serial{}, photo.view() | quoin::sobel_y);
    pages.save("sobel_x", "sobel_x; gray stands for 0", photo, picture::shown(x, 4));
    pages.save("sobel_y", "sobel_y; gray stands for 0", photo, picture::shown(y, 4));
    pages.save("sobel_magnitude", "sobel_magnitude", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::sobel_magnitude));
    pages.save("sobel", "sobel=5", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::sobel<5>));
}
