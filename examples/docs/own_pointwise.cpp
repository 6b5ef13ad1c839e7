// SPDX-License-Identifier: BSL-1.0
// A pointwise stage of one's own: any callable from pixel to pixel.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::rgb8 const pixels[] = {{255, 255, 255}, {100, 100, 100}, {1, 2, 3}, {0, 0, 200}};
    quoin::image_view<quoin::rgb8 const> const view(pixels, 4, 1);

    // A lambda; it may change the type of the pixels.
    auto const negative = [](std::uint8_t v) { return static_cast<std::uint8_t>(255 - v); };
    auto const inverted = quoin::to_image(quoin::serial{}, view | quoin::gray | negative);
    assert(inverted(0, 0) == 0 && inverted(1, 0) == 155);

    // A predicate makes a mask of 0 and 1.
    auto const bluish = [](quoin::rgb8 p) { return p.b > p.r && p.b > p.g; };
    auto const mask = quoin::to_image(quoin::serial{}, view | bluish);
    assert(mask(0, 0) == 0 && mask(1, 0) == 0 && mask(2, 0) == 1 && mask(3, 0) == 1);

    // Written with operators and the operations of quoin/lanes/arithmetic.hpp, it also runs on whole registers.
    auto const clipped = quoin::vectorized([](auto v) {
        auto const wide = quoin::convert<std::int16_t>(v);
        return quoin::saturate<std::uint8_t>(wide * std::int16_t(2) - std::int16_t(60));
    });
    auto const one = quoin::to_image(quoin::serial{}, view | quoin::gray | clipped);
    auto const many = quoin::to_image(quoin::simd{}, view | quoin::gray | clipped);
    assert(one(0, 0) == 255 && one(1, 0) == 140 && one(2, 0) == 0);
    for (int x = 0; x < 4; ++x) assert(one(x, 0) == many(x, 0));

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    pages.save("own_pointwise", "gray | negative", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::gray | negative));
}
