// SPDX-License-Identifier: BSL-1.0
// integral_image, rectangle_sum: sums over rectangles of any size by four readings.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/image/image.hpp>
#include <quoin/measure/integral_image.hpp>

#include <cassert>
#include <cmath>

int main() {
    quoin::serial const policy;
    quoin::image<std::uint8_t> photo(640, 480);
    for (quoin::index_t y = 0; y < 480; ++y)
        for (quoin::index_t x = 0; x < 640; ++x)
            photo(x, y) = static_cast<std::uint8_t>(x >= 200 && y >= 100 ? 250 : 10);

    // sums(x, y) is the sum of all pixels in the columns before x and the rows before y.
    auto const sums = quoin::integral_image(policy, photo.view());
    assert(sums.width() == 641 && sums.height() == 481);
    assert(sums(0, 480) == 0 && sums(2, 3) == 6 * 10);
    quoin::rect const window{190, 90, 20, 20}; // a quarter of it is bright
    assert(quoin::rectangle_sum(sums.view(), window) == 100 * 250 + 300 * 10);

    // With the sums of squares: the mean and the deviation in the window, at the same cost for any window.
    auto const squares = quoin::squared_integral_image(policy, photo.view());
    double const mean = quoin::rectangle_sum(sums.view(), window) / 400.0;
    double const mean_square = static_cast<double>(quoin::rectangle_sum(squares.view(), window)) / 400.0;
    assert(mean == 70);
    assert(std::abs(std::sqrt(mean_square - mean * mean) - 103.923) < 1e-3);
}
