// SPDX-License-Identifier: BSL-1.0
// zip: a stage with several inputs, which are images or pipelines, all in one pass.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/pipe/zip.hpp>

#include "picture.hpp"

#include <cassert>
#include <cstdlib>

int main(int argc, char** argv) {
    // How much two images differ.
    std::uint8_t const before[] = {10, 20, 30, 40}, after[] = {10, 25, 20, 255};
    quoin::image_view<std::uint8_t const> const a(before, 4, 1), b(after, 4, 1);
    auto const distance = [](std::uint8_t p, std::uint8_t q) { return static_cast<std::uint8_t>(std::abs(p - q)); };
    auto const moved = quoin::to_image(quoin::serial{}, quoin::zip(a, b) | distance);
    assert(moved(0, 0) == 0 && moved(1, 0) == 5 && moved(2, 0) == 10 && moved(3, 0) == 215);

    // Both derivatives of one image: the direction in which it rises, as one of four quadrants.
    quoin::image<std::uint8_t> plane(5, 5);
    for (quoin::index_t y = 0; y < 5; ++y)
        for (quoin::index_t x = 0; x < 5; ++x) plane(x, y) = static_cast<std::uint8_t>(50 + 3 * x - 4 * y);
    auto const quadrant = [](std::int16_t dx, std::int16_t dy) {
        return static_cast<std::uint8_t>((dx < 0 ? 1 : 0) + (dy < 0 ? 2 : 0));
    };
    auto const slopes = quoin::zip(plane.view() | quoin::sobel_x, plane.view() | quoin::sobel_y);
    auto const direction = quoin::to_image(quoin::serial{}, slopes | quadrant);
    assert(direction(2, 2) == 2); // to the right and up

    // Inputs of different extents are refused, at once.
    bool refused = false;
    try {
        quoin::zip(a, plane.view());
    } catch (quoin::invalid_argument const&) {
        refused = true;
    }
    assert(refused);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const lost = quoin::zip(photo.view(), photo.view() | quoin::gaussian3) | distance | quoin::brightness(4.0f);
    pages.save("zip", "zip(view, view | gaussian3) | distance | brightness(4)", photo,
               quoin::to_image(quoin::serial{}, lost));
}
