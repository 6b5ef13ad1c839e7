// SPDX-License-Identifier: BSL-1.0
// rgb_to_ycbcr: luma and the differences of blue and red from it.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/rgb_to_ycbcr.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::rgb8 const colors[] = {{255, 255, 255}, {128, 128, 128}, {0, 255, 0}, {10, 20, 30}};
    quoin::image_view<quoin::rgb8 const> const view(colors, 4, 1);

    // As in JPEG: a gray has differences of 128.
    quoin::image<quoin::ycbcr8> const full = quoin::to_image(quoin::serial{}, view | quoin::rgb_to_ycbcr());
    assert((full(0, 0) == quoin::ycbcr8{255, 128, 128}));
    assert((full(1, 0) == quoin::ycbcr8{128, 128, 128}));
    assert((full(2, 0) == quoin::ycbcr8{150, 44, 21})); // 0.587 * 255; 128 - 149.685 / 1.772; 128 - 149.685 / 1.402
    assert((full(3, 0) == quoin::ycbcr8{18, 135, 122}));

    // As in most video of HD: white is 235.
    auto const video = quoin::rgb_to_ycbcr(quoin::ycbcr_matrix::bt709, quoin::ycbcr_range::limited);
    quoin::image<quoin::ycbcr8> const limited = quoin::to_image(quoin::serial{}, view | video);
    assert((limited(0, 0) == quoin::ycbcr8{235, 128, 128}));
    assert(limited(2, 0).y == 173); // 16 + 219 * 0.7152

    // OpenCV's order and bytes.
    quoin::image<quoin::ycrcb<std::uint8_t>> const opencv =
        quoin::to_image(quoin::serial{}, view | quoin::rgb_to_ycbcr(quoin::as_opencv));
    assert(opencv(2, 0).cr == 21 && opencv(2, 0).cb == 43); // Cb of 14 bits is one off

    // The pictures of its page: Y, Cb and Cr beside each other would be three; here they are red, green and blue.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    auto const shown = [](quoin::ycbcr8 p) { return quoin::rgb8{p.y, p.cb, p.cr}; };
    pages.save("rgb_to_ycbcr", "Y, Cb and Cr, shown as red, green and blue", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::rgb_to_ycbcr() | shown));
}
