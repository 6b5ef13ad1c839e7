// SPDX-License-Identifier: BSL-1.0
// tv: makes regions flat, and keeps their edges.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/smooth/tv.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // A texture of 4 values, and an edge of 100.
    quoin::image<std::uint8_t> edge(20, 9);
    for (quoin::index_t y = 0; y < 9; ++y)
        for (quoin::index_t x = 0; x < 20; ++x)
            edge(x, y) = static_cast<std::uint8_t>((x < 10 ? 50 : 150) + ((x + y) % 2 == 0 ? 2 : -2));

    // The texture vanishes. The edge loses about weight / width on each side, which lessens the total variation.
    auto const flat = quoin::to_image(quoin::serial{}, edge.view() | quoin::tv(30, 10));
    for (quoin::index_t y = 0; y < 9; ++y) {
        assert(flat(2, y) >= 50 && flat(2, y) <= 52 && flat(17, y) >= 148 && flat(17, y) <= 150);
        assert(flat(10, y) - flat(9, y) > 90);
    }

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("tv", "tv(30, 15)", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::tv(30, 15)));
}
