// SPDX-License-Identifier: BSL-1.0
// guided: smooths where the image varies little, and keeps its edges.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/smooth/guided.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // Columns of 100 and 104 in turn, and behind them columns of 200 and 204.
    quoin::image<float> steps(60, 30);
    for (quoin::index_t y = 0; y < 30; ++y)
        for (quoin::index_t x = 0; x < 60; ++x) steps(x, y) = static_cast<float>((x < 30 ? 100 : 200) + (x % 2) * 4);

    // Far from the edge squares of 3 x 3 have a variance of 16 * 2/9 = 3.6, which is small beside 100: the columns
    // come within 0.6 of each other. At the edge the variance is 100^2 * 2/9 and more, so the edge stays.
    auto const smooth = quoin::to_image(quoin::serial{}, steps.view() | quoin::guided(1, 100));
    assert(smooth(11, 15) - smooth(10, 15) < 0.6f && smooth(41, 15) - smooth(40, 15) < 0.6f);
    assert(smooth(30, 15) - smooth(29, 15) > 80);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("guided", "guided(8, 400)", photo,
               quoin::to_image(quoin::serial{}, photo.view() | quoin::guided(8, 400)));
}
