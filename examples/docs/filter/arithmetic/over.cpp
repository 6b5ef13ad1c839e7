// SPDX-License-Identifier: BSL-1.0
// over, over_premultiplied: an image with alpha laid over another one.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/arithmetic/over.hpp>
#include <quoin/filter/point/premultiply.hpp>
#include <quoin/pipe/zip.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::rgba8 const first[] = {{255, 0, 0, 255}, {255, 0, 0, 128}, {255, 0, 0, 0}, {200, 0, 0, 1}};
    quoin::rgba8 const second[] = {{0, 0, 255, 255}, {0, 0, 255, 255}, {0, 0, 255, 255}, {0, 100, 0, 1}};
    quoin::image_view<quoin::rgba8 const> const a(first, 4, 1), b(second, 4, 1);
    quoin::serial const policy;
    auto const laid = quoin::to_image(policy, zip(a, b) | quoin::over);
    assert(laid(0, 0) == (quoin::rgba8{255, 0, 0, 255}));
    assert(laid(1, 0) == (quoin::rgba8{128, 0, 127, 255}));
    assert(laid(2, 0) == (quoin::rgba8{0, 0, 255, 255}));
    assert(laid(3, 0) == (quoin::rgba8{100, 50, 0, 2})); // small alphas keep their colors

    auto const weighed =
        quoin::to_image(policy, zip(a | quoin::premultiply, b | quoin::premultiply) | quoin::over_premultiplied);
    assert(weighed(1, 0) == (quoin::rgba8{128, 0, 127, 255}));

    // The pictures of its page: a disc that fades out, over a photo.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    quoin::image<quoin::rgba8> disc(photo.width(), photo.height());
    for (quoin::index_t y = 0; y < disc.height(); ++y)
        for (quoin::index_t x = 0; x < disc.width(); ++x) {
            quoin::index_t const far = ((x - 120) * (x - 120) + (y - 80) * (y - 80)) / 20;
            disc(x, y) = {255, 200, 0, static_cast<std::uint8_t>(far > 255 ? 0 : 255 - far)};
        }
    auto const opaque = [](quoin::rgb8 p) { return quoin::rgba8{p.r, p.g, p.b, 255}; };
    auto const color = [](quoin::rgba8 p) { return quoin::rgb8{p.r, p.g, p.b}; };
    auto const below = photo.view() | opaque;
    pages.save("over", "a disc that fades out, over a photo", photo,
               quoin::to_image(policy, zip(disc.view(), below) | quoin::over | color));
    pages.save(
        "over_premultiplied", "the same of premultiplied colors", photo,
        quoin::to_image(policy, zip(disc.view() | quoin::premultiply, below) | quoin::over_premultiplied | color));
}
