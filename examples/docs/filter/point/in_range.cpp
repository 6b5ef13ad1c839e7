// SPDX-License-Identifier: BSL-1.0
// in_range: the pixels whose channels all lie between bounds.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/point/in_range.hpp>
#include <quoin/mask/to_bits.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::rgb8 const colors[] = {{200, 30, 30}, {30, 200, 30}, {190, 40, 41}};
    quoin::image_view<quoin::rgb8 const> const view(colors, 3, 1);
    auto const red = quoin::in_range(quoin::rgb8{150, 0, 0}, quoin::rgb8{255, 60, 40});

    quoin::image<std::uint8_t> const mask = quoin::to_image(quoin::serial{}, view | red);
    assert(mask(0, 0) == 255 && mask(1, 0) == 0 && mask(2, 0) == 0); // 41 is above 40
    quoin::bit_image const bits = quoin::to_bits(quoin::serial{}, view | red);
    assert(bits.get(0, 0) && !bits.get(1, 0));

    // One pair of bounds is for all channels.
    assert(quoin::to_image(quoin::serial{}, view | quoin::in_range(30, 200))(2, 0) == 255);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("in_range", "in_range=60:120", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::in_range(60, 120)));
}
