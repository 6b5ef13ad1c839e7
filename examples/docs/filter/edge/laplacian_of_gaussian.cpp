// SPDX-License-Identifier: BSL-1.0
// laplacian_of_gaussian: spots of one size, and edges where the sign changes.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/edge/laplacian_of_gaussian.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/filter/point/convert_to.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> spots(80, 40);
    auto const disc = [&](quoin::index_t cx, quoin::index_t radius) {
        for (quoin::index_t y = -radius; y <= radius; ++y)
            for (quoin::index_t x = -radius; x <= radius; ++x)
                if (x * x + y * y <= radius * radius) spots(cx + x, 20 + y) = 200;
    };
    disc(20, 6);
    disc(58, 2);

    // sigma * sqrt(2) is the radius of the larger disc.
    auto const bent = quoin::to_image(quoin::serial{}, spots.view() | quoin::laplacian_of_gaussian(4.2));
    assert(bent(20, 20) < 2 * bent(58, 20)); // both below 0
    assert(bent(20, 20) < 0 && bent(20, 31) > 0);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::cells();
    auto const shown = [&](double sigma, float gain) {
        return picture::shown(quoin::to_image(quoin::serial{}, photo.view() | quoin::laplacian_of_gaussian(sigma) |
                                                                   quoin::brightness(gain) |
                                                                   quoin::convert_to<std::int16_t>),
                              1);
    };
    pages.save("laplacian_of_gaussian", "laplacian_of_gaussian(2); gray stands for 0", photo, shown(2, 12));
    pages.add("laplacian_of_gaussian", "7", "laplacian_of_gaussian(7), whose spots are larger", shown(7, 100));
}
