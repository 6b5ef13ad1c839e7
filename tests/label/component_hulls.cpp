// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/label/component_hulls.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// The hulls of the masks of single components, one after the other.
bit_image slow(bit_image const& m, connectivity c, pixel_points points) {
    auto const label = masks::flood_fill(m, c == connectivity::eight);
    bit_image result(m.size());
    for (index_t k = 0; label.size() > 0 && k <= *std::max_element(label.begin(), label.end()); ++k) {
        bit_image const hull = convex_hull(
            serial{},
            masks::where(m.width(), m.height(),
                         [&](index_t x, index_t y) { return label[static_cast<std::size_t>(y * m.width() + x)] == k; }),
            points);
        for (index_t y = 0; y < m.height(); ++y)
            for (index_t i = 0; i < m.words_per_row(); ++i) result.row(y)[i] |= hull.row(y)[i];
    }
    return result;
}

} // namespace

TEST_CASE("component_hulls: of components, one by one, under every policy", "[label][component_hulls]") {
    for (std::uint64_t seed = 1; seed < 40; ++seed) {
        index_t const width = static_cast<index_t>(seed * 37 % 150 + 1),
                      height = static_cast<index_t>(seed * 53 % 140 + 1);
        bit_image const m =
            seed % 3 == 0 ? masks::random(width, height, 0.2, seed) : masks::random_shapes(width, height, 30, seed);
        for (connectivity c : {connectivity::four, connectivity::eight})
            for (pixel_points points : {pixel_points::centers, pixel_points::edge_midpoints, pixel_points::corners}) {
                CAPTURE(seed, width, height, c == connectivity::eight, static_cast<int>(points));
                bit_image const expected = slow(m, c, points);
                component_map const map = components(serial{}, m, c);
                REQUIRE(component_hulls(serial{}, map, points) == expected);
                REQUIRE(component_hulls(test::thread_policy{3}, map, points) == expected);
                REQUIRE(component_hulls(test::backwards_policy{}, map, points) == expected);
            }
    }
}

TEST_CASE("component_hulls: of no component", "[label][component_hulls]") {
    CHECK(component_hulls(serial{}, components(serial{}, bit_image(9, 4))) == bit_image(9, 4));
    CHECK(component_hulls(serial{}, components(serial{}, bit_image(0, 4))) == bit_image(0, 4));
}
