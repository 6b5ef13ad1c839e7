// SPDX-License-Identifier: BSL-1.0
// contours, contour_mask: the borders of components and holes as lists of points, and back.
#undef NDEBUG
#include <quoin/draw/polygon.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/feature/contour_mask.hpp>
#include <quoin/filter/linear/gaussian.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/mask/to_bits.hpp>
#include <quoin/measure/otsu.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::serial const p;

    // A ring with a dot in it.
    quoin::bit_image mask(20, 12);
    for (int y = 1; y < 11; ++y)
        for (int x = 2; x < 18; ++x) mask.set(x, y, x < 5 || x >= 15 || y < 4 || y >= 8);
    mask.set(9, 6);

    auto const found = quoin::contours(p, mask);
    assert(found.size() == 3);
    quoin::contour const ring = found.all[0], hole = found.all[1], dot = found.all[2];
    assert(ring.parent == -1 && hole.parent == 0 && hole.hole && dot.parent == 1);
    assert(found.of(0).size() == 4 && found.of(0)[2] == (quoin::point{17, 10})); // corners, from the first pixel down
    assert(found.of(2).size() == 1);
    assert(quoin::contour_mask(p, found, mask.size()) == mask);

    // Without what lies in holes, and every pixel of the border.
    auto const outer = quoin::contours(p, mask, {quoin::contour_mode::external, quoin::contour_points::all});
    assert(outer.size() == 1 && outer.points.size() == 2 * (15 + 9));

    // Around what is bright in a photograph: components in yellow, their holes in blue.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    auto const luma = picture::gray_photo();
    auto const smooth = quoin::to_image(p, luma.view() | quoin::gaussian(2));
    auto const level = static_cast<double>(quoin::otsu(p, smooth));
    auto const borders = quoin::contours(p, quoin::to_bits(p, smooth.view() | quoin::threshold(level)));
    auto marked = quoin::to_image(p, photo.view());
    for (quoin::index_t k = 0; k < borders.size(); ++k)
        quoin::draw_polygon(marked.view(), borders.of(k),
                            borders.all[static_cast<std::size_t>(k)].hole ? quoin::rgb8{0, 160, 255}
                                                                          : quoin::rgb8{255, 255, 0});
    pages.write("contours.png", marked);
}
