// SPDX-License-Identifier: BSL-1.0
// components, label_image, regionprops: connected components, what is known of their shape and brightness, and the
// image of their labels.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/image/image.hpp>
#include <quoin/label/label_image.hpp>
#include <quoin/label/region_properties.hpp>
#include <quoin/mask/to_bits.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // A bar of 4 x 2 pixels, and one pixel that touches it at a corner.
    quoin::image<std::uint8_t> gray(8, 5);
    for (int y = 1; y < 3; ++y)
        for (int x = 1; x < 5; ++x) gray(x, y) = static_cast<std::uint8_t>(100 + 10 * y);
    gray(5, 3) = 200;
    quoin::serial const p;
    quoin::bit_image const mask = to_bits(p, std::as_const(gray).view());

    quoin::component_map const map = components(p, mask);
    assert(map.components.size() == 2);
    assert(map.components[0].area == 8 && (map.components[0].box == quoin::rect{1, 1, 4, 2}));
    assert(map.components[0].centroid_x == 2.5 && map.components[0].centroid_y == 1.5);
    assert(components(p, mask, quoin::connectivity::eight).components.size() == 1);

    // Second moments about the centroid: four columns at -1.5, -0.5, 0.5, 1.5 and two rows at -0.5, 0.5.
    auto const regions = regionprops(p, map, std::as_const(gray).view());
    quoin::second_moments const moments = regions[0].moments_central;
    assert(moments.mu20 == 10 && moments.mu02 == 2 && moments.mu11 == 0 && regions[0].orientation() == 0);
    assert(regions[0].area == 8 && regions[0].intensity_mean == 115 && regions[1].intensity_max == 200);

    // 0 is the background, k + 1 component k.
    quoin::image<std::uint32_t> const labels = label_image(p, map);
    assert(labels(0, 0) == 0 && labels(1, 1) == 1 && labels(4, 2) == 1 && labels(5, 3) == 2);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const shapes = picture::mask();
    auto const found = components(p, shapes);
    auto const colors = picture::shown(label_image(p, found));
    pages.save("components", "a color for each component", shapes, colors);
    pages.save("label_image", "a color for each label", shapes, colors);
}
