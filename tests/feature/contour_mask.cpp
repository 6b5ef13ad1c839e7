// SPDX-License-Identifier: BSL-1.0
// contour_mask: masks from their contours.
#include "support/masks.hpp"
#include "support/message.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/feature/contour_mask.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("contour_mask: of the contours of a mask is the mask", "[feature][contour_mask]") {
    for (std::uint64_t seed = 1; seed < 60; ++seed) {
        index_t const width = static_cast<index_t>(seed * 37 % 200), height = static_cast<index_t>(seed * 53 % 140);
        bit_image const mask = seed % 2 == 0
                                   ? masks::random(width, height, static_cast<double>(seed % 9 + 1) / 10, seed)
                                   : masks::random_shapes(width, height, 30, seed);
        // A hole of an 8-connected component is 4-connected.
        std::vector<index_t> const ground = masks::flood_fill(masks::where(width + 2, height + 2,
                                                                           [&](index_t x, index_t y) {
                                                                               return x == 0 || y == 0 || x > width ||
                                                                                      y > height ||
                                                                                      !mask.get(x - 1, y - 1);
                                                                           }),
                                                              false);
        bit_image const filled = masks::where(width, height, [&](index_t x, index_t y) {
            return ground[static_cast<std::size_t>((y + 1) * (width + 2) + x + 1)] != 0;
        });
        for (contour_mode mode :
             {contour_mode::external, contour_mode::list, contour_mode::two_level, contour_mode::tree})
            for (contour_points points : {contour_points::all, contour_points::corners}) {
                CAPTURE(seed, width, height, static_cast<int>(mode), static_cast<int>(points));
                contour_list const found = contours(serial{}, mask, {mode, points});
                bit_image const& wanted = mode == contour_mode::external ? filled : mask;
                REQUIRE(contour_mask(serial{}, found, mask.size()) == wanted);
                REQUIRE(contour_mask(test::thread_policy{3}, found, mask.size()) == wanted);
                REQUIRE(contour_mask(test::backwards_policy{}, found, mask.size()) == wanted);
            }
    }
}

TEST_CASE("contour_mask: the border of a hole alone gives the hole", "[feature][contour_mask]") {
    bit_image const mask = masks::picture({"#####", "#..##", "##..#", "#####"});
    contour_list found = contours(serial{}, mask);
    REQUIRE(found.size() == 2);
    contour_list twice = found;
    twice.all.insert(twice.all.end(), found.all.begin(), found.all.end());
    CHECK(contour_mask(serial{}, twice, mask.size()) == bit_image(mask.size()));
    found.all.erase(found.all.begin());
    CHECK(contour_mask(serial{}, found, mask.size()) == masks::picture({".....", ".##..", "..##.", "....."}));
}

TEST_CASE("contour_mask: what is refused", "[feature][contour_mask]") {
    auto const refused = [](std::vector<point> const& points, char const* why) {
        contour_list list{points, {{.count = static_cast<index_t>(points.size())}}};
        CHECK(test::message([&] { contour_mask(serial{}, list, {8, 6}); }).find(why) != std::string::npos);
    };
    refused({{1, 1}, {8, 1}}, "the point (8, 1) is outside of 8 x 6 pixels");
    refused({{1, -1}}, "the point (1, -1) is outside");
    refused({{1, 1}, {3, 2}}, "from (3, 2) to (1, 1), which is no way");
    refused({{1, 1}, {1, 1}}, "from (1, 1) to (1, 1)");
}
