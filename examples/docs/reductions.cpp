// SPDX-License-Identifier: BSL-1.0
// histogram, otsu, sum, min_max: numbers out of a view or a pipeline, with no image in between.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/image/image.hpp>
#include <quoin/measure/min_max.hpp>
#include <quoin/measure/otsu.hpp>
#include <quoin/measure/sum.hpp>

#include "picture.hpp"

#include <algorithm>
#include <cassert>

int main(int argc, char** argv) {
    quoin::serial const p;
    std::uint8_t const pixels[] = {10, 12, 11, 10, 200, 201, 199, 200};
    quoin::image_view<std::uint8_t const> const view(pixels, 4, 2);

    std::vector<quoin::index_t> const counts = quoin::histogram(p, view);
    assert(counts.size() == 256 && counts[10] == 2 && counts[200] == 2 && counts[0] == 0);

    // The level that separates dark from bright best; `threshold` takes what lies above it.
    assert(otsu(p, view) == 12 && quoin::otsu_level(counts) == 12);

    // 64-bit sums of integers, double of floating point.
    assert(sum(p, view) == 43 + 800);
    auto const range = quoin::min_max(p, view);
    assert(range.min == 10 && range.max == 201);

    // Of colors for each channel, and of a pipeline what it makes.
    quoin::image<quoin::rgb8> colors(3, 1);
    colors(0, 0) = {10, 20, 30};
    colors(2, 0) = {1, 2, 3};
    auto const total = sum(p, colors.view());
    assert(total.r == 11 && total.g == 22 && total.b == 33);
    assert(quoin::min_max(p, colors.view()).max.g == 20);
    assert(quoin::min_max(p, colors.view() | quoin::gray).max == 18); // 0.299 * 10 + 0.587 * 20 + 0.114 * 30

    // Without pixels a sum is 0, but nothing is the smallest.
    quoin::image<std::uint8_t> const none;
    assert(sum(p, none.view()) == 0);
    bool refused = false;
    try {
        quoin::min_max(p, none.view());
    } catch (quoin::invalid_argument const&) {
        refused = true;
    }
    assert(refused);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const bins = quoin::histogram(p, photo.view());
    auto const most = *std::max_element(bins.begin(), bins.end());
    picture::gray_image plot(256, 160);
    for (quoin::index_t x = 0; x < 256; ++x)
        for (quoin::index_t y = 0; y < 160; ++y)
            plot(x, 159 - y) = y * most < 150 * bins[static_cast<std::size_t>(x)] ? 40 : 240;
    pages.save("histogram", "the counts as a plot", photo, plot);
    auto const bright = to_image(p, photo.view() | quoin::threshold(otsu(p, photo.view())));
    pages.save("otsu", "threshold(otsu(policy, view))", photo, bright);
}
