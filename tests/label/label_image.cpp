// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/label/label_image.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// Whether the image has the numbers of a flood fill plus 1, and 0 elsewhere.
bool labels_are(image<std::uint32_t> const& found, std::vector<index_t> const& expected) {
    std::size_t i = 0;
    for (index_t y = 0; y < found.height(); ++y)
        for (index_t x = 0; x < found.width(); ++x)
            if (found(x, y) != expected[i++] + 1) return false;
    return i == expected.size();
}

} // namespace

TEST_CASE("label_image: equal to a flood fill, under every policy", "[segment][label_image]") {
    std::uint64_t seed = 0;
    for (index_t width : {0, 1, 2, 15, 16, 17, 63, 64, 65, 129})
        for (index_t height : {0, 1, 2, 65, 130})
            for (double density : {0.0, 0.3, 0.6, 0.95, 1.0})
                for (connectivity c : {connectivity::four, connectivity::eight}) {
                    CAPTURE(width, height, density, ++seed);
                    bit_image const m = masks::random(width, height, density, seed);
                    component_map const map = components(serial{}, m, c);
                    auto const expected = masks::flood_fill(m, c == connectivity::eight);
                    image<std::uint32_t> const found = label_image(serial{}, map);
                    REQUIRE(found.size() == m.size());
                    REQUIRE(labels_are(found, expected));
                    REQUIRE(labels_are(label_image(test::backwards_policy{}, map), expected));
                    REQUIRE(labels_are(label_image(test::thread_policy{3}, map), expected));
                }
}

TEST_CASE("label_image: background is 0, components count from 1", "[segment][label_image]") {
    auto const map = components(serial{}, masks::where(3, 3, [](index_t x, index_t y) { return x == y; }));
    image<std::uint32_t> const labels = label_image(serial{}, map);
    CHECK((labels(0, 0) == 1 && labels(1, 1) == 2 && labels(2, 2) == 3 && labels(1, 0) == 0));
}
