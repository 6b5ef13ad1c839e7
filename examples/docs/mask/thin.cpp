// SPDX-License-Identifier: BSL-1.0
// thin, skeleton: bars become lines of one pixel, whose ends and crossings are counted.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/mask/thin.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::serial const p;

    // A bar of 5 x 21 pixels becomes a line in its middle row, which is shorter by the half of its width at both ends.
    quoin::bit_image bar(25, 9);
    for (int y = 2; y < 7; ++y)
        for (int x = 2; x < 23; ++x) bar.set(x, y);
    quoin::bit_image const line = thin(p, bar);
    assert(line.popcount() == 17);
    for (int x = 4; x < 21; ++x) assert(line.get(x, 4));

    // One iteration takes one pixel off each side.
    assert(thin(p, bar, quoin::thinning::guo_hall, 1).popcount() == 19 * 3);

    // The rules differ in corners and at ends. zhang_suen is OpenCV's default, scikit_image that of skeletonize.
    assert(thin(p, bar, quoin::thinning::zhang_suen).popcount() == 16);
    assert(skeleton(p, bar).popcount() == 18);

    // An end of a line has one neighbor.
    auto const ends = [](quoin::bit_image const& lines) {
        int count = 0;
        for (int y = 1; y + 1 < lines.height(); ++y)
            for (int x = 1; x + 1 < lines.width(); ++x) {
                int neighbors = -1; // the pixel itself
                for (int v = y - 1; v <= y + 1; ++v)
                    for (int u = x - 1; u <= x + 1; ++u) neighbors += lines.get(u, v);
                count += lines.get(x, y) && neighbors == 1;
            }
        return count;
    };
    assert(ends(line) == 2);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const shapes = picture::mask();
    pages.save("thin", "thin(policy, mask)", shapes, thin(p, shapes));
    pages.save("skeleton", "skeleton(policy, mask)", shapes, skeleton(p, shapes));
}
