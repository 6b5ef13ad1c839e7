// SPDX-License-Identifier: BSL-1.0
#include <quoin/draw/circle.hpp>

#include "draw/canvas.hpp"

#include <quoin/image/image.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace quoin;
using Catch::Matchers::MessageMatches;
using Catch::Matchers::StartsWith;

namespace {

std::string wrong_circle(extent size, point center, index_t radius, index_t thickness) {
    // Below 2^64.
    auto const squared = [&](index_t x, index_t y) {
        auto const dx = static_cast<std::uint64_t>(std::abs(x - center.x)),
                   dy = static_cast<std::uint64_t>(std::abs(y - center.y));
        return dx * dx + dy * dy;
    };
    auto const r = static_cast<std::uint64_t>(radius), t = static_cast<std::uint64_t>(thickness);
    std::string wrong = test::wrong_shape(
        size, [&](auto const& view, auto const& color, int alpha) { fill_circle(view, center, radius, color, alpha); },
        [&](index_t x, index_t y) { return squared(x, y) <= r * r; });
    if (!wrong.empty()) return test::text_of(center, {radius, 0}) + "filled: " + wrong;
    wrong = test::wrong_shape(
        size,
        [&](auto const& view, auto const& color, int alpha) {
            draw_circle(view, center, radius, color, {.thickness = thickness, .alpha = alpha});
        },
        [&](index_t x, index_t y) { return squared(x, y) <= r * r && (t > r || squared(x, y) > (r - t) * (r - t)); });
    return wrong.empty() ? wrong : test::text_of(center, {radius, thickness}) + wrong;
}

} // namespace

TEST_CASE("fill_circle, draw_circle: all circles around a small view", "[draw][circle]") {
    for (index_t x = -4; x < 13; ++x)
        for (index_t y = -4; y < 12; y += 2)
            for (index_t radius = 0; radius < 14; ++radius)
                REQUIRE(wrong_circle({9, 8}, {x, y}, radius, 1 + (x + y + radius + 8) % 4) == "");
    for (index_t radius = 0; radius < 60; ++radius) CHECK(wrong_circle({99, 97}, {48, 50}, radius, 1) == "");
}

TEST_CASE("fill_circle, draw_circle: large radii and far centers", "[draw][circle]") {
    auto const seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    index_t const end = index_t{1} << 31;
    for (int i = 0; i < 400; ++i) {
        // A center on an axis or on the line through the corners, at about the radius from the view.
        index_t const radius = std::uniform_int_distribution<index_t>(0, end >> i % 24)(random);
        auto const diagonal = static_cast<index_t>(static_cast<double>(radius) * 0.70710678118654757);
        index_t const shift = static_cast<index_t>(random() % 20);
        index_t const thickness = 1 + static_cast<index_t>(random() % 9);
        REQUIRE(wrong_circle({17, 15}, {std::max(-end, shift - radius), 7}, radius, thickness) == "");
        REQUIRE(wrong_circle({17, 15}, {8, std::min(end, shift + radius)}, radius, thickness) == "");
        REQUIRE(wrong_circle({17, 15}, {shift - diagonal, 5 + diagonal}, radius, thickness) == "");
    }
    CHECK(wrong_circle({17, 15}, {-end, -end}, end, 1) == "");
    CHECK(wrong_circle({17, 15}, {end, 0}, end, 32767) == "");
}

TEST_CASE("fill_circle, draw_circle: wrong arguments write nothing", "[draw][circle]") {
    image<std::uint8_t> image(5, 5);
    auto const view = image.view();
    CHECK_THROWS_MATCHES(fill_circle(view, {2, 2}, -1, 9), invalid_argument,
                         MessageMatches(StartsWith("quoin::fill_circle: the radius -1 is not in 0 to 2^31")));
    CHECK_THROWS_MATCHES(draw_circle(view, {2, index_t{1} << 40}, 3, 9), invalid_argument,
                         MessageMatches(StartsWith("quoin::draw_circle: the coordinate 1099511627776 is outside of")));
    CHECK_THROWS_MATCHES(draw_circle(view, {2, 2}, 3, 9, {.thickness = -4}), invalid_argument,
                         MessageMatches(StartsWith("quoin::draw_circle: the thickness -4 is not in 1 to 32767")));
    CHECK_THROWS_MATCHES(fill_circle(view, {2, 2}, 3, 9, 300), invalid_argument,
                         MessageMatches(StartsWith("quoin::fill_circle: the alpha 300 is not in 0 to 255")));
    for (index_t y = 0; y < 5; ++y)
        for (index_t x = 0; x < 5; ++x) CHECK(image(x, y) == 0);
}
