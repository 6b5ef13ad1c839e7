// SPDX-License-Identifier: BSL-1.0
// An output view of other pixels than the pipeline makes.
// expect: quoin::run: the pipeline's pixels are not those of the output view; end the pipeline with convert_to

#include <quoin/exec/run.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/image/image.hpp>

int main() {
    quoin::image<quoin::rgb8> const photo(8, 8);
#ifdef FIXED
    quoin::image<std::uint8_t> result(8, 8);
#else
    quoin::image<float> result(8, 8);
#endif
    quoin::run(quoin::serial{}, photo.view() | quoin::gray, result.view());
}
