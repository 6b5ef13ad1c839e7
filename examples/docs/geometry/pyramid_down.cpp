// SPDX-License-Identifier: BSL-1.0
// pyramid_down: the next level of a Gaussian pyramid.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/pyramid_down.hpp>
#include <quoin/geometry/resize.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 100, 200, 100}; // one row
    quoin::image_view<std::uint8_t const> const view(values, 4, 1);
    quoin::serial const policy;

    // Weights of 1, 4, 6, 4 and 1 of 16; the row continues as 200 100 | 0 100 200 100 | 200.
    auto const down = quoin::to_image(policy, view | quoin::pyramid_down);
    assert(down.size() == (quoin::extent{2, 1}));
    assert(down(0, 0) == 75 && down(1, 0) == 138);
    // Levels follow each other in one pipeline.
    auto const third = view | quoin::pyramid_down | quoin::pyramid_down;
    assert(third.size() == (quoin::extent{1, 1}));

    // The pictures of its page.
    auto const photo = picture::photo();
    picture::pages const pages(argc, argv);
    auto const small = photo.view() | quoin::pyramid_down | quoin::pyramid_down;
    auto const enlarged = small | quoin::resize({240, 160}, quoin::resize_kernel::nearest);
    pages.save("pyramid_down", "pyramid_down, twice, and its pixels enlarged", photo,
               quoin::to_image(policy, enlarged));
}
