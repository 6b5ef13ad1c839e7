// SPDX-License-Identifier: BSL-1.0
// bitwise_and, bitwise_or, bitwise_xor: the bits of two images, and sets of masks.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/arithmetic/bitwise.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/pipe/zip.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const first[] = {0b1100, 255}, second[] = {0b1010, 0};
    quoin::image_view<std::uint8_t const> const a(first, 2, 1), b(second, 2, 1);
    quoin::serial const policy;
    assert(quoin::to_image(policy, zip(a, b) | quoin::bitwise_and)(0, 0) == 0b1000);
    assert(quoin::to_image(policy, zip(a, b) | quoin::bitwise_or)(0, 0) == 0b1110);
    assert(quoin::to_image(policy, zip(a, b) | quoin::bitwise_xor)(0, 0) == 0b0110);

    // The pictures of its page: of masks of 0 and white.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const cells = picture::cells();
    auto const both = zip(photo.view() | quoin::threshold(127), cells.view() | quoin::threshold(127));
    auto const mask = quoin::to_image(policy, photo.view() | quoin::threshold(127));
    pages.save("bitwise_and", "bitwise_and of two masks", mask, quoin::to_image(policy, both | quoin::bitwise_and));
    pages.save("bitwise_or", "bitwise_or of two masks", mask, quoin::to_image(policy, both | quoin::bitwise_or));
    pages.save("bitwise_xor", "bitwise_xor of two masks", mask, quoin::to_image(policy, both | quoin::bitwise_xor));
}
