// SPDX-License-Identifier: BSL-1.0
// signed_area, arc_length, bounding_box, is_convex, polygon_moments, hull_polygon, smallest_box, smallest_circle,
// simplify, locate, signed_distance: what contours and other polygons measure.
#undef NDEBUG
#include <quoin/draw/polygon.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/feature/contours.hpp>
#include <quoin/feature/shape/locate.hpp>
#include <quoin/feature/shape/polygon.hpp>
#include <quoin/feature/shape/simplify.hpp>
#include <quoin/feature/shape/smallest_box.hpp>
#include <quoin/feature/shape/smallest_circle.hpp>

#include "picture.hpp"

#include <cassert>
#include <numbers>

int main(int argc, char** argv) {
    quoin::serial const p;

    // A disc with a notch, as a polygon through the centers of its border's pixels.
    quoin::bit_image mask(160, 120);
    for (int y = 0; y < 120; ++y)
        for (int x = 0; x < 160; ++x)
            mask.set(x, y, (x - 80) * (x - 80) + (y - 60) * (y - 60) <= 50 * 50 && !(x > 80 && y > 50 && y < 70));
    auto const found = quoin::contours(p, mask, {.points = quoin::contour_points::all});
    assert(found.size() == 1);
    auto const border = found.of(0);

    // Components have positive areas, from center to center of pixels.
    double const area = quoin::signed_area(border), length = quoin::arc_length(border);
    assert(area > 6500 && area < 50 * 50 * std::numbers::pi && length > 2 * 50 * std::numbers::pi);
    auto const moments = quoin::polygon_moments(border);
    assert(moments.m00 == area && moments.centroid_x() < 79 && std::abs(moments.centroid_y() - 60) < 1e-9);
    assert((quoin::bounding_box(border) == quoin::rect{30, 10, 99, 101}));

    // Fewer points for a larger tolerance.
    auto const near = quoin::simplify(border, 1), far = quoin::simplify(border, 5);
    assert(border.size() > 300 && near.size() < 60 && far.size() < near.size());

    auto const hull = quoin::hull_polygon(border);
    assert(quoin::is_convex(hull) && !quoin::is_convex(border));
    assert(quoin::signed_area(hull) > area + 500);

    quoin::point const in_notch{100, 60};
    assert(quoin::locate(border, in_notch) == quoin::location::outside);
    assert(quoin::locate(hull, in_notch) == quoin::location::inside);
    assert(quoin::signed_distance(border, in_notch) == -10);
    assert(quoin::locate(border, border[7]) == quoin::location::on_edge);

    auto const box = quoin::smallest_box(std::vector<quoin::point>{{0, 0}, {40, 30}, {34, 38}, {-6, 8}});
    assert(std::abs(box.width * box.height - 500) < 1e-9);

    auto const circle = quoin::smallest_circle(border);
    assert(circle.radius == 50 && circle.center_x == 80 && circle.center_y == 60);

    // The border in gray, simplified by 5 pixels in yellow, and its hull in blue.
    picture::pages const pages(argc, argv);
    quoin::image<quoin::rgb8> drawn(160, 120);
    quoin::fill_polygon(drawn.view(), border, quoin::rgb8{90, 90, 90});
    quoin::draw_polygon(drawn.view(), hull, quoin::rgb8{0, 160, 255});
    quoin::draw_polygon(drawn.view(), far, quoin::rgb8{255, 255, 0});
    pages.write("simplify.png", drawn);
}
