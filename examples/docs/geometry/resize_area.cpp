// SPDX-License-Identifier: BSL-1.0
// resize_area: another extent, each pixel the mean of what it covers.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/resize.hpp>
#include <quoin/geometry/resize_area.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 100, 200, 100}; // one row
    quoin::image_view<std::uint8_t const> const view(values, 4, 1);
    quoin::serial const policy;

    // A third of the row covers a pixel and a third of the next one.
    auto const three = quoin::to_image(policy, view | quoin::resize_area({3, 1}));
    assert(three(0, 0) == 25 && three(1, 0) == 150 && three(2, 0) == 125);
    // By a whole factor: the means of blocks.
    auto const half = quoin::to_image(policy, view | quoin::resize_area({2, 1}));
    assert(half(0, 0) == 50 && half(1, 0) == 150);
    // Enlarged, only the pixels that cover two of the input are mixed.
    auto const more = quoin::to_image(policy, view | quoin::resize_area({6, 1}));
    assert(more(0, 0) == 0 && more(1, 0) == 50 && more(2, 0) == 100);

    // The pictures of its page.
    auto const photo = picture::photo();
    picture::pages const pages(argc, argv);
    auto const small = photo.view() | quoin::resize_area({60, 40});
    auto const enlarged = small | quoin::resize({240, 160}, quoin::resize_kernel::nearest);
    pages.save("resize_area", "resize_area=60x40, and its pixels enlarged", photo, quoin::to_image(policy, enlarged));
}
