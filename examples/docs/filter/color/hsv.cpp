// SPDX-License-Identifier: BSL-1.0
// rgb_to_hsv, hsv_to_rgb: hue, saturation and value of colors.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/hsv.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::rgb8 const colors[] = {{255, 0, 0}, {0, 200, 0}, {100, 100, 100}, {255, 128, 0}};
    quoin::image_view<quoin::rgb8 const> const view(colors, 4, 1);

    // Hue, saturation and value are in the places of red, green and blue. A hue is 2 degrees.
    quoin::image<quoin::rgb8> const hsv = quoin::to_image(quoin::serial{}, view | quoin::rgb_to_hsv);
    assert((hsv(0, 0) == quoin::rgb8{0, 255, 255}));
    assert((hsv(1, 0) == quoin::rgb8{60, 255, 200})); // 120 degrees
    assert((hsv(2, 0) == quoin::rgb8{0, 0, 100}));    // gray has no hue
    assert((hsv(3, 0) == quoin::rgb8{15, 255, 255}));

    quoin::image<quoin::rgb8> const back = quoin::to_image(quoin::serial{}, hsv.view() | quoin::hsv_to_rgb);
    assert((back(1, 0) == colors[1] && back(2, 0) == colors[2]));

    // 256 hues a turn; degrees of floats.
    static_assert(quoin::rgb_to_hsv_as<quoin::hue_scale::full>(quoin::rgb8{0, 200, 0}) == quoin::rgb8{85, 255, 200});
    assert((quoin::rgb_to_hsv(quoin::rgbf{0, 0.5f, 0}) == quoin::rgbf{120, 1, 0.5f}));

    // The pictures of their pages: a photograph, and one whose hues are turned by 120 degrees.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    auto const shown = quoin::to_image(quoin::serial{}, photo.view() | quoin::rgb_to_hsv);
    pages.save("rgb_to_hsv", "rgb_to_hsv; red is the hue, green the saturation, blue the value", photo, shown);
    auto const turn = [](quoin::rgb8 const& p) {
        return quoin::rgb8{static_cast<std::uint8_t>((p.r + 60) % 180), p.g, p.b};
    };
    pages.save("hsv_to_rgb", "rgb_to_hsv, hues turned by 120 degrees, hsv_to_rgb", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::rgb_to_hsv | turn | quoin::hsv_to_rgb));
}
