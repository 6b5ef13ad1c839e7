// SPDX-License-Identifier: BSL-1.0
// gray, gray_601, gray_709, gray_average, gray_max: one value for each color.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::rgb8 const colors[] = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}, {10, 20, 30}};
    quoin::image_view<quoin::rgb8 const> const view(colors, 5, 1);

    quoin::image<std::uint8_t> const luma = quoin::to_image(quoin::serial{}, view | quoin::gray);

    assert(luma(0, 0) == 76);  // 0.299 * 255 = 76.2
    assert(luma(1, 0) == 150); // 0.587 * 255 = 149.7
    assert(luma(2, 0) == 29);  // 0.114 * 255 = 29.1
    assert(luma(3, 0) == 255);
    assert(luma(4, 0) == 18); // 2.99 + 11.74 + 3.42 = 18.15

    // 16-bit channels and alpha, which is dropped.
    quoin::rgba<std::uint16_t> const deep[] = {{65535, 65535, 65535, 0}, {0, 10000, 0, 65535}};
    quoin::image_view<quoin::rgba<std::uint16_t> const> const deep_view(deep, 2, 1);
    quoin::image<std::uint16_t> const luma16 = quoin::to_image(quoin::serial{}, deep_view | quoin::gray);
    assert(luma16(0, 0) == 65535 && luma16(1, 0) == 5870);

    // Other weights: 0.2126 * 10 + 0.7152 * 20 + 0.0722 * 30 = 18.6, (10 + 20 + 30) / 3 = 20.
    static_assert(quoin::gray_709(quoin::rgb8{10, 20, 30}) == 19);
    static_assert(quoin::gray_average(quoin::rgb8{10, 20, 30}) == 20);
    static_assert(quoin::gray_max(quoin::rgb8{10, 20, 30}) == 30);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    pages.save("gray", "gray", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::gray));
}
