// SPDX-License-Identifier: BSL-1.0
// A lambda that cannot be called with the pixels it meets.
// expect: quoin::operator\|: this is no stage for these pixels; a pointwise stage is callable as f\(pixel\)

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>

int main() {
    quoin::image<quoin::rgb8> const photo(8, 8);
#ifdef FIXED
    auto const halve = [](quoin::rgb8 p) { return quoin::rgb8{std::uint8_t(p.r / 2), p.g, p.b}; };
#else
    auto const halve = [](quoin::rgba8 p) { return p; };
#endif
    auto const result = quoin::to_image(quoin::serial{}, photo.view() | halve | quoin::gray);
    return result(0, 0);
}
