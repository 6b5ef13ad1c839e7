// SPDX-License-Identifier: BSL-1.0
// correlate: any odd kernel.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/correlate.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> dot(5, 5);
    dot(2, 2) = 10;

    // The kernel is laid over the image as it is written, so a dot shows it turned by 180 degrees.
    auto const counted = quoin::correlate({{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
    auto const seen = quoin::to_image(quoin::serial{}, dot.view() | counted);
    assert(seen(2, 2) == 50 && seen(1, 1) == 90 && seen(3, 1) == 70 && seen(3, 3) == 10);
    auto const turned = quoin::to_image(quoin::serial{}, dot.view() | counted.flipped());
    assert(turned(2, 2) == 50 && turned(1, 1) == 10 && turned(3, 1) == 30 && turned(3, 3) == 90);

    // A divisor, rounded half up: 45 / 2 = 22.5 would be 23; here 50 / 4 = 12.5 is 13.
    auto const quarter = quoin::to_image(quoin::serial{}, dot.view() | quoin::correlate({{5}}, 4));
    assert(quarter(2, 2) == 13);

    // Kernels of float values, of any odd size; the results of u8 pixels are rounded and saturated.
    auto const mean = quoin::to_image(quoin::serial{}, dot.view() | quoin::correlate({{0.25f, 0.5f, 0.25f}}));
    assert(mean(1, 2) == 3 && mean(2, 2) == 5 && mean(3, 2) == 3); // 2.5 rounds up
    auto const dark = quoin::to_image(quoin::serial{}, dot.view() | quoin::correlate({{-1, 0, 1}}));
    assert(dark(1, 2) == 10 && dark(3, 2) == 0);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const relief = quoin::correlate({{-2, -1, 0}, {-1, 1, 1}, {0, 1, 2}});
    pages.save("correlate", "correlate({{-2, -1, 0}, {-1, 1, 1}, {0, 1, 2}})", photo,
               quoin::to_image(quoin::serial{}, photo.view() | relief));
}
