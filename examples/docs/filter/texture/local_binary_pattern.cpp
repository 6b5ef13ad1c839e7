// SPDX-License-Identifier: BSL-1.0
// local_binary_pattern: textures as numbers that do not depend on the light.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/filter/texture/local_binary_pattern.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::serial const policy;

    // To the right and above this edge it is bright.
    quoin::image<std::uint8_t> edge(9, 9);
    for (quoin::index_t y = 0; y < 9; ++y)
        for (quoin::index_t x = 0; x < 9; ++x) edge(x, y) = x >= y + 1 ? 100 : 20;
    auto const bits = quoin::to_image(policy, edge.view() | quoin::local_binary_pattern());
    assert(bits(5, 4) == 0b111); // right, right above, and above; points along the edge lie partly in the dark
    assert(bits(4, 4) == 255);   // of the dark side all are at least as bright
    auto const least =
        quoin::to_image(policy, edge.view() | quoin::local_binary_pattern<8, quoin::pattern_code::rotated>());
    assert(least(5, 4) == 0b111);
    auto const count =
        quoin::to_image(policy, edge.view() | quoin::local_binary_pattern<8, quoin::pattern_code::uniform>());
    assert(count(5, 4) == 3);

    // Half of the light changes nothing.
    auto const dim = quoin::to_image(policy, edge.view() | quoin::brightness(0.5f) | quoin::local_binary_pattern());
    assert(dim(5, 4) == bits(5, 4));

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("local_binary_pattern", "local_binary_pattern() of a photograph", photo,
               quoin::to_image(policy, photo.view() | quoin::local_binary_pattern()));
    auto const counts =
        quoin::to_image(policy, photo.view() | quoin::local_binary_pattern<16, quoin::pattern_code::uniform>(2));
    picture::gray_image shown(counts.size());
    for (quoin::index_t y = 0; y < shown.height(); ++y)
        for (quoin::index_t x = 0; x < shown.width(); ++x) shown(x, y) = static_cast<std::uint8_t>(15 * counts(x, y));
    pages.add("local_binary_pattern", "uniform",
              "of 16 points at radius 2 those that are set, and white where they change often", shown);
}
