// SPDX-License-Identifier: BSL-1.0
// segment: a mask becomes connected components and disjoint rectangles.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/rect/segment.hpp>

#include "picture.hpp"

#include <cassert>
#include <string_view>

int main(int argc, char** argv) {
    std::string_view const drawing[] = {
        "..####....", //
        "..####..#.", //
        "########..", //
        "########..", //
        "..####....",
    };
    quoin::bit_image mask(10, 5);
    for (int y = 0; y < 5; ++y)
        for (int x = 0; x < 10; ++x) mask.set(x, y, drawing[y][static_cast<std::size_t>(x)] == '#');

    // Equal runs of consecutive rows: the cross is three rectangles, the speck one.
    auto const merged = quoin::segment(quoin::serial{}, mask);
    assert(merged.rectangles.size() == 4);
    assert((merged.rectangles[0] == quoin::labeled_rect{{2, 0, 4, 2}, 0})); // x, y, width, height; component
    assert((merged.rectangles[1] == quoin::labeled_rect{{8, 1, 1, 1}, 1}));
    assert((merged.rectangles[2] == quoin::labeled_rect{{0, 2, 8, 2}, 0}));
    assert((merged.rectangles[3] == quoin::labeled_rect{{2, 4, 4, 1}, 0}));
    assert(merged.components.size() == 2);
    assert(merged.components[0].area == 28 && (merged.components[0].box == quoin::rect{0, 0, 8, 5}));

    // The fewest rectangles there can be, after specks of less than 5 pixels are dropped.
    quoin::segment_options options;
    options.method = quoin::segment_method::minimum;
    options.min_area = 5;
    auto const fewest = quoin::segment(quoin::serial{}, mask, options);
    assert(fewest.optimal && fewest.gap == 0);
    assert(fewest.rectangles.size() == 3 && fewest.components.size() == 1);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const shapes = picture::mask();
    auto const found =
        quoin::segment(quoin::serial{}, shapes,
                       {.open = 1, .fill_holes = 60, .min_area = 40, .method = quoin::segment_method::minimum});
    auto const colors = picture::shown(found.rectangles, shapes.size());
    pages.save("segment", "segment(policy, mask, {.open = 1, .fill_holes = 60, .min_area = 40, .method = minimum})",
               shapes, colors);
}
