// SPDX-License-Identifier: BSL-1.0
// correlate_separable: the correlation with a kernel that is a column of factors times a row of factors.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/correlate.hpp>
#include <quoin/filter/linear/correlate_separable.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> dot(9, 9);
    dot(4, 4) = 64;

    // A blur down columns and along rows: 5 + 5 products a pixel instead of 25.
    int const binomial[] = {1, 4, 6, 4, 1};
    auto const blurred =
        quoin::to_image(quoin::serial{}, dot.view() | quoin::correlate_separable(binomial, binomial, 256));
    assert(blurred(4, 4) == 9); // 64 * 6 * 6 / 256
    assert(blurred(3, 4) == 6); // 64 * 4 * 6 / 256
    assert(blurred(2, 2) == 0); // 64 / 256 = 0.25

    // The same as with the whole kernel.
    int const row[] = {-1, 0, 1}, column[] = {1, 2, 1};
    auto const parts = quoin::to_image(quoin::serial{}, dot.view() | quoin::correlate_separable(row, column));
    auto const whole =
        quoin::to_image(quoin::serial{}, dot.view() | quoin::correlate({{-1, 0, 1}, {-2, 0, 2}, {-1, 0, 1}}));
    for (quoin::index_t y = 0; y < 9; ++y)
        for (quoin::index_t x = 0; x < 9; ++x) assert(parts(x, y) == whole(x, y));
    assert(parts(3, 4) == 128 && parts(5, 4) == 0); // 64 * 2, and -128

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("correlate_separable", "correlate_separable({1, 2, 3, 2, 1}, {1, 2, 3, 2, 1}, 81)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::correlate_separable({1, 2, 3, 2, 1},
                                                                                          {1, 2, 3, 2, 1}, 81)));
}
