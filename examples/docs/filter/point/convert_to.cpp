// SPDX-License-Identifier: BSL-1.0
// convert_to: the same values in another channel type.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/point/convert_to.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    float const values[] = {1.4f, 2.5f, -3.0f, 300.0f};
    quoin::image_view<float const> const view(values, 4, 1);

    auto const bytes = quoin::to_image(quoin::serial{}, view | quoin::convert_to<std::uint8_t>);
    assert(bytes(0, 0) == 1 && bytes(1, 0) == 3);   // half up
    assert(bytes(2, 0) == 0 && bytes(3, 0) == 255); // saturated

    // Every channel of a color pixel; nothing is rescaled.
    quoin::rgb8 const orange[] = {{255, 128, 0}};
    quoin::image_view<quoin::rgb8 const> const colors(orange, 1, 1);
    auto const color = quoin::to_image(quoin::serial{}, colors | quoin::convert_to<float>);
    assert(color(0, 0) == (quoin::rgbf{255.0f, 128.0f, 0.0f}));

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const slope = photo.view() | quoin::sobel_x;
    auto const before = picture::shown(quoin::to_image(quoin::serial{}, slope), 4);
    auto const after = quoin::to_image(quoin::serial{}, slope | quoin::convert_to<std::uint8_t>);
    pages.save("convert_to", "sobel_x, in which gray stands for 0 | convert_to<u8>: values below 0 become 0", before,
               after);
}
