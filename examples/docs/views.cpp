// SPDX-License-Identifier: BSL-1.0
// image_view, planar_view, subview, flip_rows, channel_of: pixels where they are, which nothing copies.
#undef NDEBUG
#include <quoin/exec/run.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/image/channel_view.hpp>
#include <quoin/image/image.hpp>
#include <quoin/image/subview.hpp>

#include <cassert>
#include <vector>

int main() {
    // Pixels of another library: 5 columns, in rows of 8 bytes.
    std::vector<std::uint8_t> memory(8 * 3);
    quoin::image_view<std::uint8_t> const view(memory.data(), 5, 3, 8);
    view(4, 2) = 7;
    assert(memory[8 * 2 + 4] == 7 && view.row(2) == memory.data() + 16);
    assert(view.at(4, 2) == 7); // checked, unlike view(4, 2)

    // A part, and the rows from the bottom up; each writes where the view does.
    auto const part = subview(view, {3, 1, 2, 2});
    assert(part.width() == 2 && part(1, 1) == 7);
    flip_rows(view)(4, 0) = 9;
    assert(part(1, 1) == 9);

    // A stage over a part of one image into a part of another.
    quoin::image<std::uint8_t> out(8, 8);
    run(quoin::serial{}, part | quoin::threshold(8), subview(out.view(), {6, 6, 2, 2}));
    assert(out(7, 7) == 255 && out(6, 6) == 0);

    // One channel of colors, interleaved or in planes, is a gray view.
    quoin::image<quoin::rgb8> colors(4, 4);
    colors(1, 2) = {1, 2, 3};
    assert(quoin::channel_of<2>(colors.view()).load(1, 2) == 3);
    quoin::planar_image<quoin::rgb8> planes(colors.size());
    run(quoin::serial{}, colors.view(), planes.view());
    assert(planes.view().plane(1)(1, 2) == 2);

    bool refused = false;
    try {
        subview(view, {3, 1, 3, 2});
    } catch (quoin::invalid_argument const&) {
        refused = true;
    }
    assert(refused);
}
