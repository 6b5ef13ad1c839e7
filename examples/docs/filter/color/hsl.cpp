// SPDX-License-Identifier: BSL-1.0
// rgb_to_hsl, hsl_to_rgb: hue, saturation and lightness of colors.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/hsl.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::rgb8 const colors[] = {{255, 0, 0}, {0, 200, 0}, {100, 100, 100}, {255, 128, 128}};
    quoin::image_view<quoin::rgb8 const> const view(colors, 4, 1);

    // Hue, saturation and lightness are in the places of red, green and blue. A hue is 2 degrees.
    quoin::image<quoin::rgb8> const hsl = quoin::to_image(quoin::serial{}, view | quoin::rgb_to_hsl);
    assert((hsl(0, 0) == quoin::rgb8{0, 255, 128})); // 127.5, rounded up
    assert((hsl(1, 0) == quoin::rgb8{60, 255, 100}));
    assert((hsl(2, 0) == quoin::rgb8{0, 0, 100}));   // gray has no hue
    assert((hsl(3, 0) == quoin::rgb8{0, 255, 192})); // as red, and lighter

    quoin::image<quoin::rgb8> const back = quoin::to_image(quoin::serial{}, hsl.view() | quoin::hsl_to_rgb);
    assert((back(1, 0) == colors[1] && back(2, 0) == colors[2]));

    // 256 hues a turn; degrees of floats.
    static_assert(quoin::rgb_to_hsl_as<quoin::hue_scale::full>(quoin::rgb8{0, 200, 0}) == quoin::rgb8{85, 255, 100});
    assert((quoin::rgb_to_hsl(quoin::rgbf{0, 0.5f, 0}) == quoin::rgbf{120, 1, 0.25f}));

    // The pictures of their pages: a photograph, and one that is lighter while hues and saturations stay.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    auto const shown = quoin::to_image(quoin::serial{}, photo.view() | quoin::rgb_to_hsl);
    pages.save("rgb_to_hsl", "rgb_to_hsl; red is the hue, green the saturation, blue the lightness", photo, shown);
    auto const lighter = [](quoin::rgb8 const& p) {
        return quoin::rgb8{p.r, p.g, static_cast<std::uint8_t>(128 + p.b / 2)};
    };
    pages.save("hsl_to_rgb", "rgb_to_hsl, lightness half of the way to white, hsl_to_rgb", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::rgb_to_hsl | lighter | quoin::hsl_to_rgb));
}
