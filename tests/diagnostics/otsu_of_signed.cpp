// SPDX-License-Identifier: BSL-1.0
// Otsu's threshold of signed pixels.
// expect: quoin::otsu: the pixels must be unsigned; put convert_to before it

#include <quoin/exec/serial.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/measure/otsu.hpp>

int main() {
    quoin::image<std::int16_t> const gradient(8, 8);
#ifdef FIXED
    return quoin::otsu(quoin::serial{}, gradient.view() | quoin::convert_to<std::uint8_t>) > 255;
#else
    return quoin::otsu(quoin::serial{}, gradient.view()) > 255;
#endif
}
