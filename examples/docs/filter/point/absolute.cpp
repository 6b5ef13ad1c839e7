// SPDX-License-Identifier: BSL-1.0
// absolute: values without their sign, for derivatives as pictures.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/point/absolute.hpp>
#include <quoin/filter/point/convert_to.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {200, 200, 10, 10};
    quoin::image_view<std::uint8_t const> const view(values, 4, 1);

    auto const signed_edges = quoin::to_image(quoin::serial{}, view | quoin::sobel_x);
    assert(signed_edges(1, 0) == -760); // 4 * (10 - 200)

    auto const picture =
        quoin::to_image(quoin::serial{}, view | quoin::sobel_x | quoin::absolute | quoin::convert_to<std::uint8_t>);
    assert(picture(1, 0) == 255 && picture(3, 0) == 0); // 760 is above what a byte holds

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const slope = photo.view() | quoin::sobel_x;
    auto const before = picture::shown(quoin::to_image(quoin::serial{}, slope), 4);
    auto const after = quoin::to_image(quoin::serial{}, slope | quoin::absolute | quoin::convert_to<std::uint8_t>);
    pages.save("absolute", "sobel_x, in which gray stands for 0 | absolute | convert_to<u8>", before, after);
}
