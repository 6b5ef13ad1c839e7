// SPDX-License-Identifier: BSL-1.0
// warp_affine: an image turned, scaled, sheared and shifted by one map.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/warp_affine.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 100, 200, 100}; // one row
    quoin::image_view<std::uint8_t const> const view(values, 4, 1);
    quoin::serial const policy;

    // The map leads from the result to the input: pixel x is read at x + 1/2.
    auto const between = quoin::to_image(policy, view | quoin::warp_affine({1, 0, 0.5, 0, 1, 0}));
    assert(between(0, 0) == 50 && between(1, 0) == 150 && between(2, 0) == 150);
    // Behind the last pixel lies what extend() says.
    auto const outside =
        quoin::to_image(policy, view | quoin::extend(quoin::constant(0)) | quoin::warp_affine({1, 0, 2, 0, 1, 0}));
    assert(outside(1, 0) == 100 && outside(2, 0) == 0);
    // A map that leads from the input to the result is given backwards. This one doubles the row.
    quoin::affine const twice{2, 0, 0, 0, 1, 0};
    auto const wide = quoin::to_image(policy, view | quoin::warp_affine(twice.inverse(), {}, {8, 1}));
    assert(wide.width() == 8 && wide(2, 0) == 100 && wide(3, 0) == 200); // nearest: halves go to the right

    // The pictures of its page.
    auto const photo = picture::photo();
    picture::pages const pages(argc, argv);
    auto const sheared =
        photo.view() | quoin::extend(quoin::constant(0)) | quoin::warp_affine({0.9, 0.3, -10, -0.2, 1.1, 20});
    pages.save("warp_affine", "extend=constant,warp_affine=0.9:0.3:-10:-0.2:1.1:20", photo,
               quoin::to_image(policy, sheared));
}
