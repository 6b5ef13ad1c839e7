// SPDX-License-Identifier: BSL-1.0
// multiply, divide: products and quotients of two images.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/arithmetic/multiply.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/pipe/zip.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const first[] = {255, 100, 7}, second[] = {100, 128, 0};
    quoin::image_view<std::uint8_t const> const a(first, 3, 1), b(second, 3, 1);
    quoin::serial const policy;

    // As fractions of white.
    auto const product = quoin::to_image(policy, zip(a, b) | quoin::multiply(1.0f / 255));
    assert(product(0, 0) == 100 && product(1, 0) == 50 && product(2, 0) == 0); // 50.2
    auto const quotient = quoin::to_image(policy, zip(a, b) | quoin::divide(100));
    assert(quotient(0, 0) == 255 && quotient(1, 0) == 78 && quotient(2, 0) == 0); // 78.1, and by 0

    // The pictures of its page: a photo without its uneven light.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const cells = picture::cells();
    pages.save("multiply", "multiply of a photo and cells, with SCALE 1/255", photo,
               quoin::to_image(policy, zip(photo.view(), cells.view()) | quoin::multiply(1.0f / 255)));
    pages.save("divide", "a photo divided by its mean over 63 x 63 pixels, times 100", photo,
               quoin::to_image(policy, zip(photo.view(), photo.view() | quoin::box(63)) | quoin::divide(100)));
}
