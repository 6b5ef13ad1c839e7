// SPDX-License-Identifier: BSL-1.0
// rgb_to_luv, luv_to_rgb: colors of sRGB as CIE L*u*v*.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/luv.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::rgb8 const colors[] = {{255, 255, 255}, {128, 128, 128}, {255, 0, 0}, {0, 0, 255}};
    quoin::image_view<quoin::rgb8 const> const view(colors, 4, 1);

    // 2.55 L, 255 / 354 (u + 134) and 255 / 262 (v + 140) are in the places of red, green and blue.
    quoin::image<quoin::rgb8> const luv = quoin::to_image(quoin::serial{}, view | quoin::rgb_to_luv);
    assert((luv(0, 0) == quoin::rgb8{255, 97, 136}));
    assert((luv(1, 0) == quoin::rgb8{137, 97, 136}));  // half of white, as it is stored, is L = 53.6
    assert((luv(2, 0) == quoin::rgb8{136, 223, 173})); // L = 53.2, u = 175.0, v = 37.8
    assert((luv(3, 0) == quoin::rgb8{82, 90, 9}));     // L = 32.3, u = -9.4, v = -130.4

    quoin::image<quoin::rgb8> const back = quoin::to_image(quoin::serial{}, luv.view() | quoin::luv_to_rgb);
    assert((back(0, 0) == colors[0] && back(2, 0) == colors[2]));
    assert((back(1, 0) == quoin::rgb8{129, 128, 129})); // no byte stands for u = 0, so grays are a little off

    // Floats: colors in 0..1, L in 0..100.
    quoin::rgbf const red = quoin::rgb_to_luv(quoin::rgbf{1, 0, 0});
    assert(red.r > 53.2f && red.r < 53.3f && red.g > 174.9f && red.g < 175.1f);

    // The pictures of their pages: a photograph, and one that is lighter.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    auto const shown = quoin::to_image(quoin::serial{}, photo.view() | quoin::rgb_to_luv);
    pages.save("rgb_to_luv", "rgb_to_luv; red is L, green u, blue v", photo, shown);
    auto const lighter = [](quoin::rgb8 const& p) {
        return quoin::rgb8{static_cast<std::uint8_t>(128 + p.r / 2), p.g, p.b};
    };
    pages.save("luv_to_rgb", "rgb_to_luv, L half of the way to white, luv_to_rgb", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::rgb_to_luv | lighter | quoin::luv_to_rgb));
}
