// SPDX-License-Identifier: BSL-1.0
// to_bits: a pipeline of gray pixels as a packed mask of one bit a pixel.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/image/image.hpp>
#include <quoin/mask/to_bits.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> gray(100, 2);
    gray(3, 0) = 200;
    gray(64, 0) = 201;
    gray(99, 1) = 255;

    quoin::bit_image mask = quoin::to_bits(quoin::serial{}, gray.view() | quoin::threshold(128));
    assert(mask.width() == 100 && mask.height() == 2 && mask.popcount() == 3);
    assert(mask.get(3, 0) && mask.get(64, 0) && mask.get(99, 1) && !mask.get(99, 0));

    // 64 pixels a word, the first in the lowest bit.
    assert(mask.words_per_row() == 2);
    assert(mask.row(0)[0] == 8 && mask.row(0)[1] == 1);

    mask.set(5, 1);
    mask.set(3, 0, false);
    assert(mask.get(5, 1) && !mask.get(3, 0) && mask.popcount() == 3);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("to_bits", "to_bits(policy, view | threshold(128))", photo,
               to_bits(quoin::serial{}, photo.view() | quoin::threshold(128)));
}
