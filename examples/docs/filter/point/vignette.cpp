// SPDX-License-Identifier: BSL-1.0
// vignette: a gain that depends on the distance from the center.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/point/vignette.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {100, 100, 100, 100, 100}; // one row
    quoin::image_view<std::uint8_t const> const view(values, 5, 1);

    auto const brighter = quoin::to_image(quoin::serial{}, view | quoin::vignette(0.5f));
    std::uint8_t const expected[] = {150, 113, 100, 113, 150}; // 1 + 0.5 / 4 of 100 is 112.5
    for (int x = 0; x < 5; ++x) assert(brighter(x, 0) == expected[x]);

    // The pictures of its page: a lens that darkens the corners.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    pages.save("vignette", "vignette=-0.8:0.2", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::vignette(-0.8f, 0.2f)));
}
