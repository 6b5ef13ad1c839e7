// SPDX-License-Identifier: BSL-1.0
// fill_box, draw_box, fill_circle, draw_circle, draw_line, draw_polyline, fill_polygon, draw_polygon, draw_text,
// fill_labels, draw_label_outlines, label_color: shapes, text and labels over an image.
#undef NDEBUG
#include <quoin/draw.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/label/label_image.hpp>
#include <quoin/rect/segment.hpp>

#include "picture.hpp"

#include <cassert>
#include <string>

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> canvas(12, 9);
    auto const view = canvas.view();

    // What is outside the view is left out.
    draw_box(view, {-2, 1, 7, 5}, 200);
    assert(canvas(0, 1) == 200 && canvas(4, 3) == 200 && canvas(3, 3) == 0 && canvas(5, 3) == 0);

    // With alpha, every pixel of a shape is blended once: (155 * 200 + 100 * 50) / 255 is 141.2.
    fill_box(view, {4, 1, 2, 1}, 50, 100);
    assert(canvas(4, 1) == 141 && canvas(5, 1) == 20);

    // (x - 9)^2 + (y - 4)^2 <= 2^2
    fill_circle(view, {9, 4}, 2, 90);
    assert(canvas(9, 2) == 90 && canvas(10, 5) == 90 && canvas(11, 5) == 0);

    // One pixel in each column; halfway between two rows it is the lower one.
    draw_line(view, {8, 7}, {10, 8}, 30);
    assert(canvas(8, 7) == 30 && canvas(9, 8) == 30 && canvas(10, 8) == 30);

    assert((quoin::text_extent("pad 7", 2) == quoin::extent{58, 18}));

    // The pictures of its page: what segment found in a mask, over the mask.
    quoin::serial const policy;
    picture::pages const pages(argc, argv);
    auto const mask = opening(policy, fill_holes(policy, picture::mask(), 60), 2);
    auto const found = segment(policy, mask, {.min_area = 40});
    auto const labels = label_image(policy, components(policy, mask));

    quoin::image<quoin::rgb8> seen(mask.width(), mask.height());
    fill_box(seen.view(), {0, 0, mask.width(), mask.height()}, {24, 28, 36});
    fill_labels(seen.view(), labels.view(), [](auto) { return quoin::rgb8{96, 104, 118}; });
    draw_label_outlines(seen.view(), labels.view(), quoin::label_color);
    quoin::index_t number = 0;
    for (quoin::component const& c : found.components) {
        quoin::rgb8 const color = quoin::label_color(number + 1);
        draw_box(seen.view(), {c.box.x - 2, c.box.y - 2, c.box.width + 4, c.box.height + 4}, color, {.alpha = 200});
        // A label with a ground of its own, at the upper left corner of the box.
        std::string const label = std::to_string(number++) + ": " + std::to_string(c.area);
        quoin::extent const size = quoin::text_extent(label);
        quoin::point const at{c.box.x, c.box.y - 2 - size.height};
        fill_box(seen.view(), {at.x - 2, at.y - 1, size.width + 4, size.height + 1}, {0, 0, 0}, 170);
        draw_text(seen.view(), at, label, color);
    }
    for (char const* name : {"draw_box", "draw_text", "fill_labels", "draw_label_outlines"})
        pages.save(name, "boxes, outlines and areas of what was found", mask, seen);

    quoin::image<quoin::rgb8> shapes(240, 160);
    fill_box(shapes.view(), {0, 0, 240, 160}, {24, 28, 36});
    auto const ground = shapes;
    fill_circle(shapes.view(), {64, 60}, 44, {52, 152, 219});
    fill_box(shapes.view(), {70, 40, 90, 60}, {230, 126, 34}, 150);
    draw_circle(shapes.view(), {64, 60}, 50, {240, 240, 236}, {.thickness = 2});
    std::vector<quoin::point> const star{{190, 20}, {212, 88}, {154, 46}, {226, 46}, {168, 88}};
    fill_polygon(shapes.view(), star, {241, 196, 15}); // its middle is crossed twice
    draw_polygon(shapes.view(), star, {255, 255, 255});
    std::vector<quoin::point> wave;
    for (int i = 0; i < 9; ++i) wave.push_back({20 + 25 * i, i % 2 ? 118 : 142});
    draw_polyline(shapes.view(), wave, {46, 204, 113}, {.thickness = 9, .alpha = 128}); // no darker where segments meet
    draw_line(shapes.view(), {10, 110}, {230, 150}, {255, 255, 255});
    for (char const* name :
         {"fill_box", "fill_circle", "draw_circle", "draw_line", "draw_polyline", "fill_polygon", "draw_polygon"})
        pages.save(name, "shapes, some with alpha", ground, shapes);
}
