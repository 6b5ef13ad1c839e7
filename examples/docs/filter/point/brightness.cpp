// SPDX-License-Identifier: BSL-1.0
// brightness: values times a gain.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/point/brightness.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 1, 2, 100, 127, 212, 213, 255};
    quoin::image_view<std::uint8_t const> const view(values, 8, 1);

    auto const brighter = quoin::to_image(quoin::serial{}, view | quoin::brightness(1.2f));
    std::uint8_t const expected[] = {0, 1, 2, 120, 152, 254, 255, 255}; // 152.4, 254.4, 255.6, 306
    for (int x = 0; x < 8; ++x) assert(brighter(x, 0) == expected[x]);

    auto const half = quoin::to_image(quoin::serial{}, view | quoin::brightness(0.5f));
    assert(half(1, 0) == 1 && half(3, 0) == 50 && half(4, 0) == 64); // 0.5 and 63.5 round up

    bool refused = false;
    try {
        quoin::brightness(-1.0f);
    } catch (quoin::invalid_argument const&) {
        refused = true;
    }
    assert(refused);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("brightness", "brightness(1.4f)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::brightness(1.4f)));
}
