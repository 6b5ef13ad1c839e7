// SPDX-License-Identifier: BSL-1.0
// An image instead of its view at the head of a pipeline.
// expect: quoin::operator\|: an owning image cannot be the source of a pipeline, .* write image.view\(\) \| stage

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>

int main() {
    quoin::image<quoin::rgb8> const photo(8, 8);
#ifdef FIXED
    auto const pipeline = photo.view() | quoin::gray;
#else
    auto const pipeline = photo | quoin::gray;
#endif
    return quoin::to_image(quoin::serial{}, pipeline)(0, 0);
}
