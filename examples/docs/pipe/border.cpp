// SPDX-License-Identifier: BSL-1.0
// extend: what a local stage reads outside the image.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/filter/linear/correlate.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {10, 20, 30, 40};
    quoin::image_view<std::uint8_t const> const row(values, 4, 1);

    // Every pixel takes the value two columns to its left; the first two read outside.
    auto const shift = quoin::correlate({{1, 0, 0, 0, 0}});
    auto const outside = [&](auto border) {
        auto const shifted = quoin::to_image(quoin::serial{}, row | quoin::extend(border) | shift);
        assert(shifted(2, 0) == 10 && shifted(3, 0) == 20);
        return shifted(0, 0) * 100 + shifted(1, 0);
    };
    assert(outside(quoin::replicate) == 1010);   // 10 10 | 10 20 30 40
    assert(outside(quoin::reflect) == 2010);     // 20 10 | 10 20 30 40
    assert(outside(quoin::reflect_101) == 3020); // 30 20 | 10 20 30 40
    assert(outside(quoin::wrap) == 3040);        // 30 40 | 10 20 30 40
    assert(outside(quoin::constant(7)) == 707);  //  7  7 | 10 20 30 40

    // Without a word it is reflect_101. A border holds for the local stages behind it, up to the next.
    auto const plain = quoin::to_image(quoin::serial{}, row | shift);
    assert(plain(0, 0) == 30 && plain(1, 0) == 20);
    auto const twice = quoin::to_image(quoin::serial{}, row | quoin::extend(quoin::constant(7)) | shift |
                                                            quoin::extend(quoin::replicate) | shift);
    assert(twice(0, 0) == 7 && twice(1, 0) == 7 && twice(2, 0) == 7 && twice(3, 0) == 7);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const mirrored = quoin::to_image(quoin::serial{}, photo.view() | quoin::box(41));
    auto const black =
        quoin::to_image(quoin::serial{}, photo.view() | quoin::extend(quoin::constant(0)) | quoin::box(41));
    pages.save("extend", "box(41) | extend(constant(0)) in front of it", mirrored, black);
}
