// SPDX-License-Identifier: BSL-1.0
// convolve: the mathematical convolution with any odd kernel.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/convolve.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> dot(5, 5);
    dot(2, 2) = 10;

    // Each pixel is spread as the kernel is written, so a dot shows the kernel.
    constexpr int counted[3][3] = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
    auto const spread = quoin::to_image(quoin::serial{}, dot.view() | quoin::convolve(counted));
    assert(spread(1, 1) == 10 && spread(3, 1) == 30 && spread(2, 2) == 50 && spread(3, 3) == 90);

    // correlate lays the kernel over the image as it is written: the dot shows it turned by 180 degrees.
    auto const laid = quoin::to_image(quoin::serial{}, dot.view() | quoin::correlate(counted));
    assert(laid(1, 1) == 90 && laid(3, 1) == 70 && laid(2, 2) == 50 && laid(3, 3) == 10);

    // A motion to the right over three pixels leaves a trail there; 10 / 3 is rounded.
    auto const moved = quoin::to_image(quoin::serial{}, dot.view() | quoin::convolve({{0, 0, 1, 1, 1}}, 3));
    assert(moved(1, 2) == 0 && moved(2, 2) == 3 && moved(3, 2) == 3 && moved(4, 2) == 3);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const trail = quoin::convolve({{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1}}, 7);
    pages.save("convolve", "convolve({{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1}}, 7)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | trail));
}
