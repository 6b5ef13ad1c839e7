// SPDX-License-Identifier: BSL-1.0
// A histogram of pixels of floating point.
// expect: quoin::histogram: counts need integers of 8 or 16 bits; put convert_to before it

#include <quoin/exec/serial.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/measure/histogram.hpp>

int main() {
    quoin::image<float> const photo(8, 8);
#ifdef FIXED
    auto const counts = quoin::histogram(quoin::serial{}, photo.view() | quoin::convert_to<std::uint8_t>);
    return counts.size() == 256 ? 0 : 1;
#else
    auto const counts = quoin::histogram(quoin::serial{}, photo.view());
#endif
}
