// SPDX-License-Identifier: BSL-1.0
// convex_hull, component_hulls: how much of its hull a shape fills.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/label/component_hulls.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::serial const p;

    // An L of two bars. Its hull also has the triangle between their ends.
    quoin::bit_image shape(9, 9);
    for (int i = 1; i < 8; ++i) {
        shape.set(1, i);
        shape.set(i, 7);
    }
    quoin::bit_image const hull = convex_hull(p, shape);
    assert(shape.popcount() == 13);
    assert(hull.popcount() == 28); // 1 + 2 + ... + 7
    assert(hull.get(4, 4) && !hull.get(5, 4));

    // With the midpoints of the pixels' sides, as in scikit-image, the slanted side moves outwards by half a pixel.
    // That reaches no other centers here. With their corners it moves by a pixel.
    assert(convex_hull(p, shape, quoin::pixel_points::edge_midpoints) == hull);
    assert(convex_hull(p, shape, quoin::pixel_points::corners).popcount() == 28 + 6);

    // The hull of each component by itself.
    shape.set(8, 0);
    assert(component_hulls(p, components(p, shape)).popcount() == 28 + 1);
    assert(convex_hull(p, shape).popcount() > 28 + 1);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const shapes = picture::mask();
    pages.save("convex_hull", "convex_hull(policy, mask)", shapes, convex_hull(p, shapes));
    pages.save("component_hulls", "component_hulls(policy, components(policy, mask))", shapes,
               component_hulls(p, components(p, shapes)));
}
