// SPDX-License-Identifier: BSL-1.0
// undistort: straight lines from a lens that bends them.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/undistort.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // A camera with the axis in the middle of 240 x 160 pixels, and a lens that shows the corners too near.
    quoin::camera const camera{200, 200, 119.5, 79.5};
    quoin::distortion const lens{-0.3, 0.05};
    quoin::serial const policy;

    auto const photo = picture::photo();
    auto const black = photo.view() | quoin::extend(quoin::constant(0));
    auto const straight = quoin::to_image(policy, black | quoin::undistort(camera, lens));
    assert(straight.size() == photo.size());
    // Without distortion, nothing changes.
    auto const same = quoin::to_image(policy, black | quoin::undistort(camera, {}));
    assert(same(17, 5).r == photo(17, 5).r);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    pages.save("undistort", "undistort=200:200:119.5:79.5:-0.3:0.05:0:0:0", photo, straight);
}
