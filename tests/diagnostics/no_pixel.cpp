// SPDX-License-Identifier: BSL-1.0
// A stage that returns what cannot be stored in an image.
// expect: quoin::operator\|: this stage returns what is no pixel; return a number, an rgb, an rgba

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>

int main() {
    quoin::image<std::uint8_t> const picture(8, 8);
#ifdef FIXED
    auto const describe = [](std::uint8_t v) { return v / 256.0f; };
#else
    auto const describe = [](std::uint8_t v) { return v < 128 ? "dark" : "bright"; };
#endif
    auto const result = quoin::to_image(quoin::serial{}, picture.view() | describe);
    return result.width() == 8 ? 0 : 1;
}
