// SPDX-License-Identifier: BSL-1.0
// laplacian: where an image is bent.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/edge/laplacian.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> spot(5, 5);
    spot(2, 2) = 50;

    quoin::image<std::int16_t> const bent = quoin::to_image(quoin::serial{}, spot.view() | quoin::laplacian<1>);
    assert(bent(2, 2) == -200);
    assert(bent(1, 2) == 50 && bent(1, 1) == 0);

    // Of the corners, twice.
    auto const corners = quoin::to_image(quoin::serial{}, spot.view() | quoin::laplacian<3>);
    assert(corners(2, 2) == -400);
    assert(corners(1, 2) == 0 && corners(1, 1) == 100);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const result = quoin::to_image(quoin::serial{}, photo.view() | quoin::laplacian<1>);
    pages.save("laplacian", "laplacian; gray stands for 0", photo, picture::shown(result, 4));
    pages.add("laplacian", "5", "laplacian=5; gray stands for 0",
              picture::shown(quoin::to_image(quoin::serial{}, photo.view() | quoin::laplacian<5>), 64));
}
