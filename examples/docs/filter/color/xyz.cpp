// SPDX-License-Identifier: BSL-1.0
// rgb_to_xyz, xyz_to_rgb: colors of sRGB as CIE XYZ.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/xyz.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::rgb8 const colors[] = {{255, 255, 255}, {128, 128, 128}, {255, 0, 0}, {0, 0, 255}};
    quoin::image_view<quoin::rgb8 const> const view(colors, 4, 1);

    // 128 X, 128 Y and 128 Z of light are in the places of red, green and blue.
    quoin::image<quoin::rgb8> const xyz = quoin::to_image(quoin::serial{}, view | quoin::rgb_to_xyz);
    assert((xyz(0, 0) == quoin::rgb8{122, 128, 139})); // white: 0.950456, 1, 1.088754
    assert((xyz(1, 0) == quoin::rgb8{26, 28, 30}));    // half of white, as it is stored, is 22 % of its light
    assert((xyz(2, 0) == quoin::rgb8{53, 27, 2}));     // 0.412, 0.213, 0.019

    quoin::image<quoin::rgb8> const back = quoin::to_image(quoin::serial{}, xyz.view() | quoin::xyz_to_rgb);
    assert((back(0, 0) == colors[0]));

    // 32,768 stands for 1 in 16 bits; floats are as they are.
    assert((quoin::rgb_to_xyz(quoin::rgb16{65535, 65535, 65535}).g == 32768));
    assert((quoin::rgb_to_xyz(quoin::rgbf{0, 0, 0}) == quoin::rgbf{0, 0, 0}));

    // OpenCV takes stored values for light, and 255 for 1.
    assert((quoin::rgb_to_xyz_opencv(colors[1]) == quoin::rgb8{122, 128, 139}));
    assert((quoin::rgb_to_xyz_opencv(colors[0]) == quoin::rgb8{242, 255, 255}));

    // The pictures of their pages: a photograph, and one in the light of a candle: the blue of XYZ is halved.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    auto const shown = quoin::to_image(quoin::serial{}, photo.view() | quoin::rgb_to_xyz);
    pages.save("rgb_to_xyz", "rgb_to_xyz; red is X, green Y, blue Z", photo, shown);
    auto const warmer = [](quoin::rgb8 const& p) { return quoin::rgb8{p.r, p.g, static_cast<std::uint8_t>(p.b / 2)}; };
    pages.save("xyz_to_rgb", "rgb_to_xyz, half of Z, xyz_to_rgb", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::rgb_to_xyz | warmer | quoin::xyz_to_rgb));
}
