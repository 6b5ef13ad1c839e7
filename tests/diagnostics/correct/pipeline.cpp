// SPDX-License-Identifier: BSL-1.0
// A correct pipeline: a compiler that cannot compile this cannot show what its messages are like.

#include <quoin/algorithm/to_image.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/filter/gaussian3.hpp>
#include <quoin/filter/gray.hpp>

int main() {
    quoin::image<quoin::rgb8> const photo(8, 8);
    return quoin::to_image(quoin::serial{}, photo.view() | quoin::gray | quoin::gaussian3)(0, 0);
}
