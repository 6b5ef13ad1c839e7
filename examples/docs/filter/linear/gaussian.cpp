// SPDX-License-Identifier: BSL-1.0
// gaussian: the blur of any sigma.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/gaussian.hpp>

#include "picture.hpp"

#include <cassert>
#include <cmath>

int main(int argc, char** argv) {
    quoin::image<float> dot(11, 9);
    dot(4, 4) = 1.0f;
    auto const kernel = quoin::to_image(quoin::serial{}, dot.view() | quoin::gaussian(1.0));

    // exp(-i^2 / 2) for i in -4..4 adds up to 2.50662; the middle is 1 / 2.50662^2.
    assert(std::abs(kernel(4, 4) - 0.15915f) < 1e-5f);
    // One step away it is smaller by exp(-1/2), one diagonal step by exp(-1).
    assert(std::abs(kernel(5, 4) / kernel(4, 4) - 0.60653f) < 1e-5f);
    assert(std::abs(kernel(5, 5) / kernel(4, 4) - 0.36788f) < 1e-5f);
    assert(kernel(8, 4) > 0.0f && kernel(9, 4) == 0.0f); // the radius of floats is ceil(4 sigma) = 4

    // Bytes: what is constant stays as it is.
    quoin::image<std::uint8_t> flat(20, 10);
    for (quoin::index_t y = 0; y < 10; ++y)
        for (quoin::index_t x = 0; x < 20; ++x) flat(x, y) = 201;
    auto const blurred = quoin::to_image(quoin::serial{}, flat.view() | quoin::gaussian(2.5));
    for (quoin::index_t y = 0; y < 10; ++y)
        for (quoin::index_t x = 0; x < 20; ++x) assert(blurred(x, y) == 201);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("gaussian", "gaussian(3.0)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::gaussian(3.0)));
}
