// SPDX-License-Identifier: BSL-1.0
// resize_linear: another extent, linear between two pixels.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/resize_linear.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 100, 200, 100}; // one row
    quoin::image_view<std::uint8_t const> const view(values, 4, 1);
    quoin::serial const policy;

    // Enlarged, the values between two pixels lie on a line, and those beyond the last pixels are theirs.
    auto const twice = quoin::to_image(policy, view | quoin::resize_linear({8, 1}));
    assert(twice(0, 0) == 0 && twice(1, 0) == 25 && twice(2, 0) == 75 && twice(3, 0) == 125);
    // Without antialiasing: a quarter of the row is between the two pixels in its middle.
    auto const quarter = quoin::to_image(policy, view | quoin::resize_linear({1, 1}));
    assert(quarter(0, 0) == 150);

    // The pictures of its page.
    auto const photo = picture::photo();
    picture::pages const pages(argc, argv);
    auto const enlarged = photo.view() | quoin::crop(30, 20, 60, 40) | quoin::resize_linear({240, 160});
    pages.save("resize_linear", "crop=30:20:60:40,resize_linear=240x160", photo, quoin::to_image(policy, enlarged));
}
