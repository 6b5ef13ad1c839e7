// SPDX-License-Identifier: BSL-1.0
// harris, shi_tomasi: corners score high, edges low, flat parts nothing.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/corner/harris.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/filter/point/convert_to.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> square(30, 30);
    for (quoin::index_t y = 12; y < 30; ++y)
        for (quoin::index_t x = 12; x < 30; ++x) square(x, y) = 255;
    auto const scores = quoin::to_image(quoin::serial{}, square.view() | quoin::harris(3, 0.04));
    assert(scores(12, 12) > 0.01f);  // a corner
    assert(scores(12, 22) < -0.01f); // an edge
    assert(scores(3, 3) == 0);       // flat
    auto const eigenvalues = quoin::to_image(quoin::serial{}, square.view() | quoin::shi_tomasi(3));
    assert(eigenvalues(12, 12) > 0.05f && eigenvalues(12, 22) < 0.001f);

    // The pictures of its page: the scores as bytes.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const shown = [&](auto const& stage, float gain) {
        return quoin::to_image(quoin::serial{},
                               photo.view() | stage | quoin::brightness(gain) | quoin::convert_to<std::uint8_t>);
    };
    pages.save("harris", "harris(3, 0.04) of a photograph, its score 1/200 as white", photo,
               shown(quoin::harris(), 51000));
    pages.save("shi_tomasi", "shi_tomasi(3) of a photograph, its score 1/20 as white", photo,
               shown(quoin::shi_tomasi(), 5100));
}
