// SPDX-License-Identifier: BSL-1.0
// Tables and curves for pixels that they do not take.
// expect: quoin::lut: values are looked up for pixels of u8 and u16; put convert_to before it
// expect: quoin::lut: the number of tables is not that of the channels; give one table, or one for each
// expect: quoin: a curve such as gamma or levels maps pixels of u8, u16 and float; put convert_to<float> before it

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/filter/tone/curves.hpp>
#include <quoin/filter/tone/lut.hpp>

int main() {
    using namespace quoin;
    image<rgb8> const photo(8, 8);
    image<std::int32_t> const sums(8, 8);
    std::uint8_t const table[256] = {};
#if defined(FIXED)
    to_image(serial{}, photo.view() | lut(table, table, table));
    to_image(serial{}, sums.view() | convert_to<std::uint8_t> | lut(table));
    to_image(serial{}, sums.view() | convert_to<float> | adjust_gamma(2));
#elif CASE == 1
    to_image(serial{}, sums.view() | lut(table));
#elif CASE == 2
    to_image(serial{}, photo.view() | lut(table, table));
#else
    to_image(serial{}, sums.view() | adjust_gamma(2));
#endif
}
