// SPDX-License-Identifier: BSL-1.0
// warp_perspective: an image seen from elsewhere.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/warp_perspective.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 100, 200, 100}; // one row
    quoin::image_view<std::uint8_t const> const view(values, 4, 1);
    quoin::serial const policy;

    // Pixel x is read at 4 x / (x + 1).
    quoin::perspective const map{4, 0, 0, 0, 1, 0, 1, 0, 1};
    auto const curved = quoin::to_image(policy, view | quoin::warp_perspective(map));
    assert(curved(0, 0) == 0 && curved(1, 0) == 200 && curved(3, 0) == 100);
    // The same map back: what lies on a pixel in both comes out as it was.
    auto const back =
        quoin::to_image(policy, view | quoin::warp_perspective(map) | quoin::warp_perspective(map.inverse()));
    assert(back(0, 0) == values[0] && back(2, 0) == values[2]);

    // The pictures of its page: a floor.
    auto const photo = picture::photo();
    picture::pages const pages(argc, argv);
    auto const floor = photo.view() | quoin::extend(quoin::constant(0)) |
                       quoin::warp_perspective({1, 0.6, -48, 0, 1.6, 0, 0, 0.004, 1});
    pages.save("warp_perspective", "extend=constant,warp_perspective=1:0.6:-48:0:1.6:0:0:0.004:1", photo,
               quoin::to_image(policy, floor));
}
