// SPDX-License-Identifier: BSL-1.0
// srgb_to_linear, linear_to_srgb: from stored values to light, and back.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/srgb.hpp>
#include <quoin/filter/linear/box.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // Half of white as it is stored is 21.6 % of its light, and half of its light is stored as 188.
    static_assert(quoin::srgb_to_linear_as<std::uint16_t>(std::uint8_t{128}) == 14146);
    static_assert(quoin::linear_to_srgb_as<std::uint8_t>(std::uint16_t{32768}) == 188);
    static_assert(quoin::srgb_to_linear(quoin::rgba8{255, 128, 0, 77}) == quoin::rgba8{255, 55, 0, 77});

    // The mean of black and white, by stored values and by light.
    quoin::rgb8 const stripes[] = {{0, 0, 0}, {255, 255, 255}, {0, 0, 0}, {255, 255, 255}};
    quoin::image_view<quoin::rgb8 const> const view(stripes, 4, 1);
    auto const mixed = [](quoin::rgbf const& a, quoin::rgbf const& b) {
        return quoin::rgbf{(a.r + b.r) / 2, (a.g + b.g) / 2, (a.b + b.b) / 2};
    };
    auto const black = quoin::srgb_to_linear_as<float>(view(0, 0)), white = quoin::srgb_to_linear_as<float>(view(1, 0));
    assert(quoin::linear_to_srgb_as<std::uint8_t>(mixed(black, white)).r == 188);

    // A filter between the two works on light.
    auto const in_light = view | quoin::srgb_to_linear_as<std::uint16_t> | quoin::extend(quoin::wrap) | quoin::box(3) |
                          quoin::linear_to_srgb_as<std::uint8_t>;
    quoin::image<quoin::rgb8> const blurred = quoin::to_image(quoin::serial{}, in_light);
    assert(blurred(0, 0).r == 213); // two thirds of the light
    assert(blurred(1, 0).r == 156); // a third

    // The pictures of their pages.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    pages.save("srgb_to_linear", "srgb_to_linear", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::srgb_to_linear));
    pages.save("linear_to_srgb", "linear_to_srgb", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::linear_to_srgb));
}
