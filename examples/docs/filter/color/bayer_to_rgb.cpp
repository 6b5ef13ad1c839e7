// SPDX-License-Identifier: BSL-1.0
// bayer_to_rgb: the colors of a mosaic, in which each pixel has one of red, green and blue.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/bayer_to_rgb.hpp>
#include <quoin/geometry/crop.hpp>

#include "picture.hpp"

#include <cassert>

namespace {

/// What a sensor with red, green, green and blue filters sees of an image.
quoin::image<std::uint8_t> mosaic_of(quoin::image<quoin::rgb8> const& scene) {
    quoin::image<std::uint8_t> seen(scene.width(), scene.height());
    for (quoin::index_t y = 0; y < scene.height(); ++y)
        for (quoin::index_t x = 0; x < scene.width(); ++x) {
            quoin::rgb8 const c = scene(x, y);
            seen(x, y) = y % 2 == 0 ? (x % 2 == 0 ? c.r : c.g) : x % 2 == 0 ? c.g : c.b;
        }
    return seen;
}

/// The mean of the squared distances of both.
double error_of(quoin::image<quoin::rgb8> const& a, quoin::image<quoin::rgb8> const& b) {
    double sum = 0;
    for (quoin::index_t y = 0; y < a.height(); ++y)
        for (quoin::index_t x = 0; x < a.width(); ++x) {
            double const r = a(x, y).r - b(x, y).r, g = a(x, y).g - b(x, y).g, blue = a(x, y).b - b(x, y).b;
            sum += r * r + g * g + blue * blue;
        }
    return sum / (3.0 * static_cast<double>(a.width() * a.height()));
}

} // namespace

int main(int argc, char** argv) {
    using quoin::bayer_method, quoin::bayer_pattern;

    // R G R G    the first two rows of rggb
    // G B G B
    quoin::image<std::uint8_t> raw(4, 4);
    for (quoin::index_t y = 0; y < 4; ++y)
        for (quoin::index_t x = 0; x < 4; ++x)
            raw(x, y) = static_cast<std::uint8_t>(y % 2 == 0 ? (x % 2 == 0 ? 10 * x : 100) : x % 2 == 0 ? 50 : 7);
    auto const colors = quoin::to_image(quoin::serial{}, raw.view() | quoin::bayer_to_rgb(bayer_pattern::rggb));
    assert(colors(2, 2).r == 20); // what the mosaic has stays
    assert(colors(2, 2).g == 75); // two pixels of 100, two of 50
    assert(colors(2, 2).b == 7);
    assert(colors(1, 2).r == 10 && colors(1, 2).g == 100); // red is between 0 and 20

    // A mosaic that is cut at an odd column has another pattern.
    auto const cut = quoin::to_image(quoin::serial{},
                                     raw.view() | quoin::crop(1, 0, 3, 4) | quoin::bayer_to_rgb(bayer_pattern::grbg));
    assert(cut(1, 2).r == colors(2, 2).r && cut(1, 2).g == colors(2, 2).g);

    // The second method has half of the error or less.
    auto const scene = picture::photo();
    auto const seen = mosaic_of(scene);
    auto const plain = quoin::to_image(quoin::serial{}, seen.view() | quoin::bayer_to_rgb(bayer_pattern::rggb));
    auto const better =
        quoin::to_image(quoin::serial{}, seen.view() | quoin::bayer_to_rgb<bayer_method::malvar>(bayer_pattern::rggb));
    assert(error_of(better, scene) < error_of(plain, scene));

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    pages.save("bayer_to_rgb", "bayer_to_rgb(bayer_pattern::rggb)", seen, plain);
    pages.add("bayer_to_rgb", "malvar", "bayer_method::malvar", better);
}
