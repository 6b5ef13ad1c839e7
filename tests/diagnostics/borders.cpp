// SPDX-License-Identifier: BSL-1.0
// A border that is none.
// expect: quoin::extend: this is no border; give replicate, reflect, reflect_101, wrap or constant\(value\)

#include <quoin/exec/serial.hpp>
#include <quoin/quoin.hpp>

int main() {
    using namespace quoin;
    image<std::uint8_t> const picture(8, 8);
#ifdef FIXED
    to_image(serial{}, picture.view() | extend(constant(0)) | gaussian3);
#else
    to_image(serial{}, picture.view() | extend(0) | gaussian3);
#endif
}
