// SPDX-License-Identifier: BSL-1.0
// offset: values plus a constant.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/point/offset.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 10, 100, 240};
    quoin::image_view<std::uint8_t const> const view(values, 4, 1);

    auto const lighter = quoin::to_image(quoin::serial{}, view | quoin::offset(20));
    assert(lighter(0, 0) == 20 && lighter(2, 0) == 120 && lighter(3, 0) == 255); // no more than white

    auto const darker = quoin::to_image(quoin::serial{}, view | quoin::offset(-20.5));
    assert(darker(0, 0) == 0 && darker(2, 0) == 80 && darker(3, 0) == 220); // 79.5 and 219.5 round up

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("offset", "offset(60)", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::offset(60)));
}
