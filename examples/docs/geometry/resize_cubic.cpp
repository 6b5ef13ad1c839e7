// SPDX-License-Identifier: BSL-1.0
// resize_cubic: another extent, cubic between four pixels.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/resize_cubic.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 100, 200, 100}; // one row
    quoin::image_view<std::uint8_t const> const view(values, 4, 1);
    quoin::serial const policy;

    // Steeper between two pixels than a line, where 125 and 175 would be.
    auto const twice = quoin::to_image(policy, view | quoin::resize_cubic({8, 1}));
    assert(twice(3, 0) == 137 && twice(4, 0) == 191);
    // The same of floats is not rounded.
    auto const exact = quoin::to_image(policy, view | quoin::convert_to<float> | quoin::resize_cubic({8, 1}));
    assert(exact(3, 0) == 136.71875f);

    // The pictures of its page.
    auto const photo = picture::photo();
    picture::pages const pages(argc, argv);
    auto const enlarged = photo.view() | quoin::crop(30, 20, 60, 40) | quoin::resize_cubic({240, 160});
    pages.save("resize_cubic", "crop=30:20:60:40,resize_cubic=240x160", photo, quoin::to_image(policy, enlarged));
}
