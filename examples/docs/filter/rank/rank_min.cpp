// SPDX-License-Identifier: BSL-1.0
// rank_min, rank_max: the smallest and the largest value of a rectangle.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/morphology/erode.hpp>
#include <quoin/filter/rank/rank_min.hpp>

#include "picture.hpp"

#include <cassert>
#include <cmath>

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> ramp(8, 3); // 0, 10, ..., 70
    for (quoin::index_t y = 0; y < 3; ++y)
        for (quoin::index_t x = 0; x < 8; ++x) ramp(x, y) = static_cast<std::uint8_t>(10 * x);

    auto const least = quoin::to_image(quoin::serial{}, ramp.view() | quoin::rank_min(3));
    auto const most = quoin::to_image(quoin::serial{}, ramp.view() | quoin::rank_max(5, 1));
    assert(least(4, 1) == 30 && most(4, 1) == 60);
    // An even side reaches one pixel further to the left or up, with either end.
    assert(quoin::to_image(quoin::serial{}, ramp.view() | quoin::rank_min(2, 1))(4, 1) == 30);
    assert(quoin::to_image(quoin::serial{}, ramp.view() | quoin::rank_max(2, 1))(4, 1) == 40);

    // Outside is what a border says, here 0. For erode it does not count unless an extend says so.
    using quoin::constant, quoin::extend;
    assert(quoin::to_image(quoin::serial{}, ramp.view() | extend(constant(0)) | quoin::rank_min(3))(7, 1) == 0);
    assert(quoin::to_image(quoin::serial{}, ramp.view() | quoin::erode(3, 3))(7, 1) == 60);

    // NaN is the largest of all values: rank_min leaves it out, and erode does not.
    quoin::image<float> holes(3, 1);
    holes(0, 0) = 4;
    holes(1, 0) = NAN;
    holes(2, 0) = 2;
    assert(quoin::to_image(quoin::serial{}, holes.view() | quoin::rank_min(3, 1))(1, 0) == 2);
    assert(std::isnan(quoin::to_image(quoin::serial{}, holes.view() | quoin::rank_max(3, 1))(1, 0)));

    // The pictures of their pages.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("rank_min", "rank_min(5)", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::rank_min(5)));
    pages.save("rank_max", "rank_max(5)", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::rank_max(5)));
}
