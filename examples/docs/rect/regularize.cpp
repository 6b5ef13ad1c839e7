// SPDX-License-Identifier: BSL-1.0
// regularize: a mask with rough edges becomes one that few rectangles cover, within bounds.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/rect/segment.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // A bar of 60 x 20 pixels whose upper and lower edges jump up and down by a pixel.
    quoin::bit_image mask(80, 40);
    for (int x = 10; x < 70; ++x) {
        int const top = 10 + x * 7 % 3 - 1;
        int const bottom = 30 + x * 5 % 3 - 1;
        for (int y = top; y < bottom; ++y) mask.set(x, y);
    }
    quoin::serial const policy;
    auto const exact = quoin::segment(policy, mask, {.method = quoin::segment_method::minimum});
    assert(exact.rectangles.size() > 20);

    // Edges may move by two pixels, and 8 % of the set pixels may change.
    quoin::regularize_options const bounds{.max_edge_error = 2, .max_area_error = 0.08};
    quoin::regularized const straight = quoin::regularize(policy, mask, bounds);
    assert(straight.edge_error <= 2 && straight.area_error <= 0.08 && straight.iou >= 0.92);

    // In one call, with the rectangles.
    auto const found =
        quoin::segment(policy, mask, {.method = quoin::segment_method::regularize, .regularize = bounds});
    assert(found.rectangles.size() == 1);
    assert((found.rectangles[0].box == quoin::rect{10, 10, 60, 20}));
    assert(found.iou == straight.iou);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const shapes = fill_holes(policy, opening(policy, picture::mask(), 1), 60);
    auto const cut = [&](quoin::segment_options const& o) {
        return picture::shown(quoin::segment(policy, shapes, o).rectangles, shapes.size());
    };
    quoin::regularize_options const wide{.max_edge_error = 3, .max_area_error = 0.08};
    pages.save("regularize", "the fewest rectangles | after regularize(policy, mask, {3, 0.08})",
               cut({.method = quoin::segment_method::minimum}),
               cut({.method = quoin::segment_method::regularize, .regularize = wide}));
}
