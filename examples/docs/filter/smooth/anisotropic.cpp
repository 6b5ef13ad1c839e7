// SPDX-License-Identifier: BSL-1.0
// anisotropic: smooths, and keeps edges.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/smooth/anisotropic.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // Stripes of 4 values, and an edge of 100.
    quoin::image<std::uint8_t> edge(20, 9);
    for (quoin::index_t y = 0; y < 9; ++y)
        for (quoin::index_t x = 0; x < 20; ++x)
            edge(x, y) = static_cast<std::uint8_t>((x < 10 ? 50 : 150) + (x % 2 == 0 ? 2 : -2));

    // Differences below 20 flow, so that the stripes vanish. Of the edge exp(-(100 / 20)^2) flows, which is nothing.
    auto const smooth = quoin::to_image(quoin::serial{}, edge.view() | quoin::anisotropic(10, 20));
    for (quoin::index_t y = 0; y < 9; ++y)
        for (quoin::index_t x = 0; x < 20; ++x) assert(smooth(x, y) == (x < 10 ? 50 : 150));

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("anisotropic", "anisotropic(20, 12)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::anisotropic(20, 12)));
}
