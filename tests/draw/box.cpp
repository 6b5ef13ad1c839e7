// SPDX-License-Identifier: BSL-1.0
#include <quoin/draw/box.hpp>

#include "draw/canvas.hpp"

#include <quoin/image/image.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace quoin;
using Catch::Matchers::MessageMatches;
using Catch::Matchers::StartsWith;

namespace {

std::string wrong_box(extent size, rect const& box, index_t thickness) {
    auto const within = [&](index_t x, index_t y, index_t margin) {
        return x >= box.x + margin && x < box.x + box.width - margin && y >= box.y + margin &&
               y < box.y + box.height - margin;
    };
    std::string wrong = test::wrong_shape(
        size, [&](auto const& view, auto const& color, int alpha) { fill_box(view, box, color, alpha); },
        [&](index_t x, index_t y) { return within(x, y, 0); });
    if (!wrong.empty()) return "filled: " + wrong;
    return test::wrong_shape(
        size,
        [&](auto const& view, auto const& color, int alpha) {
            draw_box(view, box, color, {.thickness = thickness, .alpha = alpha});
        },
        [&](index_t x, index_t y) { return within(x, y, 0) && !within(x, y, thickness); });
}

} // namespace

TEST_CASE("fill_box, draw_box: all boxes around a small view", "[draw][box]") {
    for (index_t x = -3; x < 9; ++x)
        for (index_t y = -2; y < 8; y += 3)
            for (index_t width = 0; width < 14; ++width)
                for (index_t height : {0, 1, 2, 3, 4, 7, 12})
                    for (index_t thickness : {1, 2, 3, 40})
                        REQUIRE(wrong_box({8, 6}, {x, y, width, height}, thickness) == "");
}

TEST_CASE("fill_box, draw_box: far corners, and long rows of every length", "[draw][box]") {
    index_t const end = index_t{1} << 31;
    for (rect const& box : {rect{-end, -end, 2 * end, 2 * end}, rect{-end, 2, end + 3, 2}, rect{3, -end, 1, 2 * end},
                            rect{-end, -end, end + 2, end + 3}, rect{end, end, 0, 0}, rect{end - 1, 0, 1, 5}})
        for (index_t thickness : {1, 3, 32767}) CHECK(wrong_box({9, 7}, box, thickness) == "");
    for (index_t width = 1; width < 70; ++width) CHECK(wrong_box({71, 2}, {1, 0, width, 2}, 1) == "");
}

TEST_CASE("fill_box, draw_box: wrong arguments write nothing", "[draw][box]") {
    image<std::uint8_t> image(5, 5);
    auto const view = image.view();
    CHECK_THROWS_MATCHES(fill_box(view, {0, 0, -1, 2}, 9), invalid_argument,
                         MessageMatches(StartsWith("quoin::fill_box: the extent -1 x 2 is negative or above 2^32")));
    CHECK_THROWS_MATCHES(fill_box(view, {0, 0, 3, (index_t{1} << 31) + 1}, 9), invalid_argument,
                         MessageMatches(StartsWith("quoin::fill_box: the coordinate 2147483649 is outside of")));
    CHECK_THROWS_MATCHES(fill_box(view, {std::numeric_limits<index_t>::max(), 0, 3, 3}, 9), invalid_argument,
                         MessageMatches(StartsWith("quoin::fill_box: the coordinate 9223372036854775807 is")));
    CHECK_THROWS_MATCHES(fill_box(view, {0, 0, 3, 3}, 9, -1), invalid_argument,
                         MessageMatches(StartsWith("quoin::fill_box: the alpha -1 is not in 0 to 255")));
    CHECK_THROWS_MATCHES(draw_box(view, {0, 0, 3, 3}, 9, {.thickness = 32768}), invalid_argument,
                         MessageMatches(StartsWith("quoin::draw_box: the thickness 32768 is not in 1 to 32767")));
    for (index_t y = 0; y < 5; ++y)
        for (index_t x = 0; x < 5; ++x) CHECK(image(x, y) == 0);
}
