// SPDX-License-Identifier: BSL-1.0
// watershed: touching discs are cut at their necks, and measured.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/label/region_properties.hpp>
#include <quoin/label/watershed.hpp>
#include <quoin/mask/local_threshold.hpp>
#include <quoin/mask/morphology.hpp>
#include <quoin/mask/squared_distance_transform.hpp>

#include "picture.hpp"

#include <cassert>
#include <cmath>

int main(int argc, char** argv) {
    // Two discs of radius 20 whose centers are 33 pixels apart: one component.
    quoin::bit_image mask(100, 60);
    for (int y = 0; y < 60; ++y)
        for (int x = 0; x < 100; ++x) {
            auto const in_disc = [&](int cx) { return (x - cx) * (x - cx) + (y - 30) * (y - 30) < 400; };
            mask.set(x, y, in_disc(30) || in_disc(63));
        }
    assert(components(quoin::serial{}, mask).components.size() == 1);

    // How far each pixel is from the background, as exact squares.
    quoin::image<std::uint32_t> const squares = squared_distance_transform(quoin::serial{}, mask);
    assert(squares(30, 30) == 400 && squares(10, 30) == 0 && squares(11, 30) == 1);

    // The hills of the distance: the neck is 11 pixels from the background, the centers 20. In squares, a neck below
    // 0.85 of the smaller radius is a pass below 0.85^2 of the lower peak.
    quoin::image<std::uint32_t> const labels = watershed(quoin::serial{}, squares.view(), mask, 0.85 * 0.85);
    assert(labels(30, 30) == 1 && labels(63, 30) == 2 && labels(0, 0) == 0);

    auto const discs = regionprops(quoin::serial{}, labels.view(), squares.view());
    assert(discs.size() == 2);
    assert(std::abs(discs[0].centroid_x - 30) < 1 && std::abs(discs[1].centroid_x - 63) < 1);
    assert(std::abs(discs[0].axis_major_length() - 40) < 1.5 && discs[0].eccentricity() < 0.4);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const cells = picture::cells();
    auto const bright = local_threshold(quoin::serial{}, cells.view(), 30, 12);
    auto const cleaned = opening(quoin::serial{}, bright, 3);
    auto const depth = squared_distance_transform(quoin::serial{}, cleaned);
    auto const parts = watershed(quoin::serial{}, depth.view(), cleaned, 0.85 * 0.85);
    pages.save("watershed", "a color for each part", cleaned, picture::shown(parts));
}
