// SPDX-License-Identifier: BSL-1.0
// rgb_to_oklab, oklab_to_rgb: colors of sRGB as Oklab.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/oklab.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::rgb8 const colors[] = {{255, 255, 255}, {128, 128, 128}, {255, 0, 0}, {0, 0, 255}};
    quoin::image_view<quoin::rgb8 const> const view(colors, 4, 1);

    // 255 L, 255 a + 128 and 255 b + 128 are in the places of red, green and blue.
    quoin::image<quoin::rgb8> const lab = quoin::to_image(quoin::serial{}, view | quoin::rgb_to_oklab);
    assert((lab(0, 0) == quoin::rgb8{255, 128, 128}));
    assert((lab(1, 0) == quoin::rgb8{153, 128, 128})); // half of white, as it is stored, is L = 0.600
    assert((lab(2, 0) == quoin::rgb8{160, 185, 160})); // L = 0.628, a = 0.225, b = 0.126
    assert((lab(3, 0) == quoin::rgb8{115, 120, 49}));  // L = 0.452, a = -0.032, b = -0.312

    quoin::image<quoin::rgb8> const back = quoin::to_image(quoin::serial{}, lab.view() | quoin::oklab_to_rgb);
    assert((back(0, 0) == colors[0] && back(1, 0) == colors[1]));

    // The middle of blue and white stays blue, which it does not in L*a*b*.
    quoin::rgbf const blue = quoin::rgb_to_oklab(quoin::rgbf{0, 0, 1});
    quoin::rgbf const middle = quoin::oklab_to_rgb(quoin::rgbf{(blue.r + 1) / 2, blue.g / 2, blue.b / 2});
    assert(middle.b > middle.g && middle.g > middle.r);

    // The pictures of their pages: a photograph, and one that is lighter while hue and chroma stay.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    auto const shown = quoin::to_image(quoin::serial{}, photo.view() | quoin::rgb_to_oklab);
    pages.save("rgb_to_oklab", "rgb_to_oklab; red is L, green a, blue b", photo, shown);
    auto const lighter = [](quoin::rgb8 const& p) {
        return quoin::rgb8{static_cast<std::uint8_t>(128 + p.r / 2), p.g, p.b};
    };
    pages.save("oklab_to_rgb", "rgb_to_oklab, L half of the way to white, oklab_to_rgb", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::rgb_to_oklab | lighter | quoin::oklab_to_rgb));
}
