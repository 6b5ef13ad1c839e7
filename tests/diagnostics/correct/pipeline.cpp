// SPDX-License-Identifier: BSL-1.0
// A correct pipeline: a compiler that cannot compile this cannot show what its messages are like.

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/linear/gaussian3.hpp>

int main() {
    quoin::image<quoin::rgb8> const photo(8, 8);
    return quoin::to_image(quoin::serial{}, photo.view() | quoin::gray | quoin::gaussian3)(0, 0);
}
