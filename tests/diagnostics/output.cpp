// SPDX-License-Identifier: BSL-1.0
// An output that cannot be written, or that nobody sees.
// expect: quoin::run: the output cannot be written; give an image that is not const
// expect: quoin::run: the output cannot be written; give an image that is not const
// expect: quoin::run: the output is an image without a name, and the result would be lost; use to_image
// expect: quoin::run: the pipeline's pixels are not those of the output view; end the pipeline with convert_to

#include <quoin/exec.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/filter.hpp>

int main() {
    using namespace quoin;
    image<std::uint8_t> picture(8, 8), result(8, 8);
    image<std::uint8_t> const constant_result(8, 8);
    auto const smooth = picture.view() | gaussian3;
#ifdef FIXED
    run(serial{}, smooth, result);
#elif CASE == 1
    run(serial{}, smooth, constant_result.view());
#elif CASE == 2
    run(serial{}, smooth, constant_result);
#elif CASE == 3
    run(serial{}, smooth, image<std::uint8_t>(8, 8));
#elif CASE == 4
    run(serial{}, smooth | sobel_x, result);
#endif
}
