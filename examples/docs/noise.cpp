// SPDX-License-Identifier: BSL-1.0
// Which filter takes which noise away, for docs/noise.md.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/gaussian.hpp>
#include <quoin/filter/rank/median.hpp>
#include <quoin/filter/smooth/bilateral.hpp>
#include <quoin/filter/smooth/nl_means.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/measure/image_error.hpp>

#include "picture.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>

namespace {

using picture::gray_image;
quoin::serial const policy;

std::uint32_t state = 1;
int random_below(int end) {
    state = state * 1664525u + 1013904223u;
    return static_cast<int>((state >> 8) % static_cast<std::uint32_t>(end));
}

gray_image with(gray_image const& image, auto const& noise) {
    gray_image noisy(image.size());
    for (quoin::index_t y = 0; y < image.size().height; ++y)
        for (quoin::index_t x = 0; x < image.size().width; ++x)
            noisy(x, y) = static_cast<std::uint8_t>(std::clamp(noise(int{image(x, y)}), 0, 255));
    return noisy;
}

/// Four images side by side.
gray_image row_of(gray_image const& a, gray_image const& b, gray_image const& c, gray_image const& d) {
    gray_image all(4 * a.size().width, a.size().height);
    quoin::index_t left = 0;
    for (gray_image const* const image : {&a, &b, &c, &d}) {
        for (quoin::index_t y = 0; y < a.size().height; ++y)
            for (quoin::index_t x = 0; x < a.size().width; ++x) all(left + x, y) = (*image)(x, y);
        left += a.size().width;
    }
    return all;
}

} // namespace

int main(int argc, char** argv) {
    picture::pages const pages(argc, argv);
    gray_image const photo = picture::gray_photo();
    gray_image const clean = quoin::to_image(policy, photo.view() | quoin::crop(60, 30, 150, 100) | quoin::median(5));
    auto const psnr = [&](gray_image const& image) { return quoin::psnr(policy, clean, image, 255); };

    // Many small errors: the sum of twelve numbers is nearly Gaussian. Its standard deviation is 20.
    gray_image const grainy = with(clean, [](int v) {
        int sum = 0;
        for (int i = 0; i < 12; ++i) sum += random_below(21) - 10;
        return v + sum;
    });
    auto const blurred = quoin::to_image(policy, grainy.view() | quoin::gaussian(1.2));
    auto const bilateral = quoin::to_image(policy, grainy.view() | quoin::bilateral(9, 60, 2));
    auto const alike = quoin::to_image(policy, grainy.view() | quoin::nl_means(5, 15, 16));
    assert(psnr(blurred) > psnr(grainy) + 2);
    assert(psnr(alike) > psnr(blurred) + 5);
    pages.write("noise-1.png", row_of(grainy, blurred, bilateral, alike));

    // Few large errors: a mean moves them to the neighbors, and weights by likeness take them for edges.
    gray_image const specks = with(clean, [](int v) {
        int const u = random_below(100);
        return u < 3 ? 0 : u < 6 ? 255 : v;
    });
    auto const middle = quoin::to_image(policy, specks.view() | quoin::median(3));
    auto const mean = quoin::to_image(policy, specks.view() | quoin::gaussian(1.2));
    auto const kept = quoin::to_image(policy, specks.view() | quoin::nl_means(5, 15, 16));
    assert(psnr(middle) > psnr(mean) + 8);
    assert(psnr(middle) > psnr(kept) + 14);
    pages.write("noise-2.png", row_of(specks, mean, kept, middle));
}
