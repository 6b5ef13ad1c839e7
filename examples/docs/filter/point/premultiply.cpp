// SPDX-License-Identifier: BSL-1.0
// premultiply: colors times their alpha.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/point/premultiply.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::rgba8 const colors[] = {{255, 100, 3, 255}, {255, 100, 3, 128}, {255, 100, 3, 0}};
    quoin::image_view<quoin::rgba8 const> const view(colors, 3, 1);

    auto const weighed = quoin::to_image(quoin::serial{}, view | quoin::premultiply);
    assert(weighed(0, 0) == (quoin::rgba8{255, 100, 3, 255}));
    assert(weighed(1, 0) == (quoin::rgba8{128, 50, 2, 128})); // 128, 50.2, 1.5
    assert(weighed(2, 0) == (quoin::rgba8{0, 0, 0, 0}));

    // The pictures of its page: the luma of a photo as its alpha.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    auto const luma = picture::gray_photo();
    auto const opaque = [](quoin::rgba8 p) { return quoin::rgb8{p.r, p.g, p.b}; };
    auto const with_alpha = [](quoin::rgb8 p, std::uint8_t a) { return quoin::rgba8{p.r, p.g, p.b, a}; };
    pages.save(
        "premultiply", "premultiply, where alpha is the luma", photo,
        quoin::to_image(quoin::serial{}, zip(photo.view(), luma.view()) | with_alpha | quoin::premultiply | opaque));
}
