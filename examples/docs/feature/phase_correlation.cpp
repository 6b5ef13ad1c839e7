// SPDX-License-Identifier: BSL-1.0
// phase_correlation: by how much one photograph is moved against another one.
#undef NDEBUG
#include <quoin/draw/line.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/feature/phase_correlation.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/geometry/translate.hpp>
#include <quoin/image/subview.hpp>

#include "picture.hpp"

#include <cassert>
#include <cmath>

int main(int argc, char** argv) {
    quoin::serial const policy;
    auto const photo = picture::photo();

    // Two parts of a photograph: what the second one shows lies 12 further to the left, and 7 further up.
    auto const first = subview(photo.view(), {20, 20, 180, 120});
    auto const second = subview(photo.view(), {32, 27, 180, 120});
    quoin::phase_shift const shift = quoin::phase_correlation(policy, first | quoin::gray, second | quoin::gray);
    assert(shift.x == 12 && shift.y == 7);

    // Between pixels, in hundredths of one.
    auto const moved = quoin::to_image(policy, photo.view() | quoin::gray | quoin::translate(3.5, -2.25));
    auto const fine = quoin::phase_correlation(policy, photo.view() | quoin::gray, moved.view(), {.parts = 100});
    assert(std::abs(fine.x + 3.5) < 0.3 && std::abs(fine.y - 2.25) < 0.3);

    // Both parts in one picture, the second one where it belongs, and its sides.
    picture::color_image both(192, 127);
    for (quoin::index_t y = 0; y < 120; ++y)
        for (quoin::index_t x = 0; x < 180; ++x) {
            both(x, y) = first(x, y);
            both(x + static_cast<quoin::index_t>(shift.x), y + static_cast<quoin::index_t>(shift.y)) = second(x, y);
        }
    quoin::draw_line(both.view(), {12, 7}, {191, 7}, quoin::rgb8{255, 255, 0});
    quoin::draw_line(both.view(), {12, 7}, {12, 126}, quoin::rgb8{255, 255, 0});
    picture::pages const pages(argc, argv);
    pages.write("phase_correlation.png", both);
}
