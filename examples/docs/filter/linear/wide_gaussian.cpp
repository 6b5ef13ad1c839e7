// SPDX-License-Identifier: BSL-1.0
// wide_gaussian: the blur of any sigma, at a cost that does not grow with it.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/wide_gaussian.hpp>

#include "picture.hpp"

#include <cassert>
#include <cmath>

int main(int argc, char** argv) {
    // A white half beside a black one. At the edge the blur is a half, and one sigma beside it 0.158655, as of every
    // normal distribution; half a pixel off, since the edge lies between two pixels.
    quoin::image<float> halves(400, 4);
    for (quoin::index_t y = 0; y < 4; ++y)
        for (quoin::index_t x = 0; x < 400; ++x) halves(x, y) = x < 200 ? 0.0f : 255.0f;
    auto const soft = quoin::to_image(quoin::serial{}, halves.view() | quoin::wide_gaussian(20.0));
    assert(std::abs((soft(199, 1) + soft(200, 1)) / 2 - 127.5f) < 0.05f);
    assert(std::abs((soft(179, 1) + soft(180, 1)) / 2 - 0.158655f * 255) < 0.05f);

    // Another sigma along rows than down columns.
    quoin::image<std::uint8_t> lines(60, 60);
    for (quoin::index_t y = 0; y < 60; ++y)
        for (quoin::index_t x = 0; x < 60; ++x) lines(x, y) = y == 30 ? 255 : 0;
    auto const along = quoin::to_image(quoin::serial{}, lines.view() | quoin::wide_gaussian(30.0, 0.1));
    assert(along(7, 30) == 255 && along(7, 29) == 0);

    // The border is replicate, reflect or reflect_101.
    bool refused = false;
    try {
        (void)(lines.view() | quoin::extend(quoin::wrap) | quoin::wide_gaussian(10));
    } catch (quoin::invalid_argument const&) {
        refused = true;
    }
    assert(refused);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("wide_gaussian", "wide_gaussian(12)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::wide_gaussian(12)));
}
