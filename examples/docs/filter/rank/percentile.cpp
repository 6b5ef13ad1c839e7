// SPDX-License-Identifier: BSL-1.0
// percentile: the value of a rank in a square.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/rank/percentile.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> edge(9, 7);
    for (quoin::index_t y = 0; y < 7; ++y)
        for (quoin::index_t x = 0; x < 9; ++x) edge(x, y) = x < 5 ? 20 : 200;
    edge(2, 3) = 255;
    edge(7, 2) = 0;

    // Of 25 values, 0 percent is the smallest, and 100 the largest.
    auto const smallest = quoin::to_image(quoin::serial{}, edge.view() | quoin::percentile(5, 0));
    auto const largest = quoin::to_image(quoin::serial{}, edge.view() | quoin::percentile(5, 100));
    assert(smallest(8, 3) == 0 && largest(8, 3) == 200);
    assert(smallest(2, 3) == 20 && largest(2, 3) == 255);
    // 90 percent: floor(0.9 * 24 + 1/2) = 22, so two values are larger. One pixel does not count.
    assert(quoin::to_image(quoin::serial{}, edge.view() | quoin::percentile(5, 90))(2, 3) == 20);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("percentile", "percentile(9, 10)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::percentile(9, 10)));
}
