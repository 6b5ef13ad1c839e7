// SPDX-License-Identifier: BSL-1.0
// A kernel without a middle.
// expect: quoin::correlate: a kernel has an odd number of rows and columns, so that it has a middle

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/correlate.hpp>

int main() {
    quoin::image<std::uint8_t> const picture(8, 8);
#ifdef FIXED
    auto const difference = quoin::correlate({{-1, 0, 1}});
#else
    auto const difference = quoin::correlate({{-1, 1}});
#endif
    return quoin::to_image(quoin::serial{}, picture.view() | difference)(0, 0);
}
