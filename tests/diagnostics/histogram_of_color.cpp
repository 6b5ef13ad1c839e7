// SPDX-License-Identifier: BSL-1.0
// A histogram of pixels of several channels.
// expect: quoin::histogram: counts need gray pixels of 8 or 16 bits; put gray, channel_of or convert_to before it

#include <quoin/exec/serial.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/measure/histogram.hpp>

int main() {
    quoin::image<quoin::rgb8> const photo(8, 8);
#ifdef FIXED
    auto const counts = quoin::histogram(quoin::serial{}, photo.view() | quoin::gray);
#else
    auto const counts = quoin::histogram(quoin::serial{}, photo.view());
#endif
    return counts.size() == 256 ? 0 : 1;
}
