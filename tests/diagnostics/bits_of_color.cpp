// SPDX-License-Identifier: BSL-1.0
// A mask of pixels of several channels.
// expect: quoin::to_bits: a mask is made of gray pixels; put gray or channel_of before it

#include <quoin/exec/serial.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/image/image.hpp>
#include <quoin/mask/to_bits.hpp>

int main() {
    quoin::image<quoin::rgb8> const photo(8, 8);
#ifdef FIXED
    auto const mask = quoin::to_bits(quoin::serial{}, photo.view() | quoin::gray | quoin::threshold(100));
#else
    auto const mask = quoin::to_bits(quoin::serial{}, photo.view() | quoin::threshold(100));
#endif
    return mask.width() == 8 ? 0 : 1;
}
