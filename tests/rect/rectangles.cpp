// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/rect/rectangles.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// Cuts the mask into single pixels but for the walls that are left out.
walls all_walls(bit_image const& m) {
    auto const all = masks::where(m.width(), m.height(), [](index_t, index_t) { return true; });
    return {all, all};
}

} // namespace

TEST_CASE("rectangles: walls everywhere leave single pixels in raster order", "[segment][rectangles]") {
    for (index_t width : {1, 63, 64, 65, 129}) {
        CAPTURE(width);
        bit_image const m = masks::random(width, 20, 0.6, 3);
        auto const list = rectangles(serial{}, m, all_walls(m), components(serial{}, m));
        CHECK(static_cast<index_t>(list.size()) == m.popcount());
        CHECK(masks::fault(m, list) == "");
    }
}

TEST_CASE("rectangles: without walls whole rectangles come out", "[segment][rectangles]") {
    auto const m = masks::where(200, 9, [](index_t x, index_t y) { return x / 70 != 1 && y != 4; });
    std::vector<labeled_rect> const expected{
        {{0, 0, 70, 4}, 0}, {{140, 0, 60, 4}, 1}, {{0, 5, 70, 4}, 2}, {{140, 5, 60, 4}, 3}};
    CHECK(rectangles(serial{}, m, walls{}, components(serial{}, m)) == expected);
}

TEST_CASE("rectangles: a wall may lie on any side of any pixel", "[segment][rectangles]") {
    auto const full = masks::where(130, 3, [](index_t, index_t) { return true; });
    for (index_t at : {1, 63, 64, 65, 127, 128, 129}) {
        CAPTURE(at);
        walls cuts{{}, bit_image(130, 3)};
        for (index_t y = 0; y < 3; ++y) cuts.vertical.set(at, y);
        std::vector<labeled_rect> const two{{{0, 0, at, 3}, 0}, {{at, 0, 130 - at, 3}, 0}};
        CHECK(rectangles(serial{}, full, cuts, components(serial{}, full)) == two);
        // A wall on the border changes nothing.
        for (index_t y = 0; y < 3; ++y) cuts.vertical.set(0, y);
        CHECK(rectangles(serial{}, full, cuts, components(serial{}, full)) == two);
    }
    walls across{bit_image(130, 3), {}};
    for (index_t x = 0; x < 130; ++x) across.horizontal.set(x, 2);
    CHECK(rectangles(serial{}, full, across, components(serial{}, full)) ==
          std::vector<labeled_rect>{{{0, 0, 130, 2}, 0}, {{0, 2, 130, 1}, 0}});
}
