// SPDX-License-Identifier: BSL-1.0
// rgb_to_lab, lab_to_rgb: colors of sRGB as CIE L*a*b*.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/lab.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::rgb8 const colors[] = {{255, 255, 255}, {128, 128, 128}, {255, 0, 0}, {0, 0, 255}};
    quoin::image_view<quoin::rgb8 const> const view(colors, 4, 1);

    // 2.55 L, a + 128 and b + 128 are in the places of red, green and blue.
    quoin::image<quoin::rgb8> const lab = quoin::to_image(quoin::serial{}, view | quoin::rgb_to_lab);
    assert((lab(0, 0) == quoin::rgb8{255, 128, 128}));
    assert((lab(1, 0) == quoin::rgb8{137, 128, 128})); // half of white, as it is stored, is L = 53.6
    assert((lab(2, 0) == quoin::rgb8{136, 208, 195})); // L = 53.2, a = 80.1, b = 67.2
    assert((lab(3, 0) == quoin::rgb8{82, 207, 20}));   // L = 32.3, a = 79.2, b = -107.9

    quoin::image<quoin::rgb8> const back = quoin::to_image(quoin::serial{}, lab.view() | quoin::lab_to_rgb);
    assert((back(0, 0) == colors[0] && back(1, 0) == colors[1]));

    // Floats: colors in 0..1, L in 0..100.
    quoin::rgbf const red = quoin::rgb_to_lab(quoin::rgbf{1, 0, 0});
    assert(red.r > 53.2f && red.r < 53.3f && red.g > 80.0f && red.g < 80.2f);

    // The pictures of their pages: a photograph, and one that is lighter while hue and chroma stay.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    auto const shown = quoin::to_image(quoin::serial{}, photo.view() | quoin::rgb_to_lab);
    pages.save("rgb_to_lab", "rgb_to_lab; red is L, green a, blue b", photo, shown);
    auto const lighter = [](quoin::rgb8 const& p) {
        return quoin::rgb8{static_cast<std::uint8_t>(128 + p.r / 2), p.g, p.b};
    };
    pages.save("lab_to_rgb", "rgb_to_lab, L half of the way to white, lab_to_rgb", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::rgb_to_lab | lighter | quoin::lab_to_rgb));
}
