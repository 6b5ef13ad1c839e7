// SPDX-License-Identifier: BSL-1.0
// lut, table_of: values looked up in tables.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/tone/curves.hpp>
#include <quoin/filter/tone/invert.hpp>
#include <quoin/filter/tone/lut.hpp>

#include "picture.hpp"

#include <array>
#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 1, 100, 255};
    quoin::image_view<std::uint8_t const> const view(values, 4, 1);

    // A table of another type: bytes as shares of 255.
    std::array<float, 256> shares{};
    for (int v = 0; v < 256; ++v) shares[static_cast<std::size_t>(v)] = static_cast<float>(v) / 255;
    auto const normalized = quoin::to_image(quoin::serial{}, view | quoin::lut(shares));
    assert(normalized(0, 0) == 0 && normalized(3, 0) == 1);

    // The table of stages: they are computed once for each value, and looked up for any number of images.
    auto const table = quoin::table_of<std::uint8_t>(quoin::levels(50, 200) | quoin::invert);
    assert(table[50] == 255 && table[200] == 0 && table[100] == 170); // 255 - 50 * 255 / 150
    assert(quoin::to_image(quoin::serial{}, view | quoin::lut(table))(2, 0) == 170);

    // The pictures of its page: a table for each channel.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    auto const warm = quoin::table_of<std::uint8_t>(quoin::adjust_gamma(0.8f));
    auto const same = quoin::table_of<std::uint8_t>(quoin::adjust_gamma(1.0f));
    auto const cold = quoin::table_of<std::uint8_t>(quoin::adjust_gamma(1.4f));
    pages.save("lut", "a table for each channel: red with gamma 0.8, blue with gamma 1.4", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::lut(warm, same, cold)));
}
