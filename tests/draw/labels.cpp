// SPDX-License-Identifier: BSL-1.0
#include <quoin/draw/labels.hpp>

#include "draw/canvas.hpp"

#include <quoin/image/image.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <cstdlib>

using namespace quoin;
using Catch::Matchers::MessageMatches;
using Catch::Matchers::StartsWith;

TEST_CASE("fill_labels, draw_label_outlines: pixel by pixel", "[draw][labels]") {
    auto const seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    for (extent const size : {extent{1, 1}, extent{7, 1}, extent{1, 6}, extent{31, 22}}) {
        image<std::uint32_t> labels(size.width, size.height);
        auto const at = [&](index_t x, index_t y) -> index_t {
            return x < 0 || y < 0 || x >= size.width || y >= size.height ? index_t{-1} : index_t{labels(x, y)};
        };
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) // mostly the label beside or above
                labels(x, y) = random() % 4 > 0 && x > 0   ? labels(x - 1, y)
                               : random() % 4 > 0 && y > 0 ? labels(x, y - 1)
                                                           : static_cast<std::uint32_t>(random() % 4);
        auto const labeled = [&](index_t x, index_t y) { return at(x, y) != 0; };
        auto const outline = [&](index_t x, index_t y) {
            bool differs = false;
            for (point const d : {point{-1, 0}, point{1, 0}, point{0, -1}, point{0, 1}}) {
                index_t const other = at(x + d.x, y + d.y);
                differs = differs || (other >= 0 && other != at(x, y));
            }
            return labeled(x, y) && differs;
        };
        image_view<std::uint32_t const> const view = labels.view();
        CHECK(test::wrong_shape(
                  size,
                  [&](auto const& out, auto const& color, int alpha) {
                      fill_labels(out, view, [&](auto) { return color; }, alpha);
                  },
                  labeled) == "");
        CHECK(test::wrong_shape(
                  size,
                  [&](auto const& out, auto const& color, int alpha) {
                      draw_label_outlines(out, view, [&](auto) { return color; }, alpha);
                  },
                  outline) == "");
        image<rgb8> picture(size.width, size.height);
        fill_labels(picture.view(), labels.view(), label_color);
        bool right = true;
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x)
                right = right && picture(x, y) == (labels(x, y) ? label_color(labels(x, y)) : rgb8{});
        CHECK(right);
    }
}

TEST_CASE("label_color: bright, and far from the colors of the next labels", "[draw][labels]") {
    for (index_t label = 0; label < 5000; ++label) {
        rgb8 const a = label_color(label);
        CHECK(std::max({a.r, a.g, a.b}) == 255);
        CHECK(std::min({a.r, a.g, a.b}) == 55);
        for (index_t next = 1; next < 4; ++next) {
            rgb8 const b = label_color(label + next);
            CHECK(std::abs(a.r - b.r) + std::abs(a.g - b.g) + std::abs(a.b - b.b) > 120);
        }
    }
}

TEST_CASE("fill_labels: wrong arguments write nothing", "[draw][labels]") {
    image<std::uint8_t> out(5, 5);
    image<std::uint16_t> labels(5, 4), right(5, 5);
    right(1, 1) = 7;
    auto const color = [](auto) { return std::uint8_t{9}; };
    CHECK_THROWS_MATCHES(fill_labels(out.view(), labels.view(), color), invalid_argument,
                         MessageMatches(StartsWith("quoin::fill_labels: labels of 5 x 4 do not fit a view of 5 x 5")));
    CHECK_THROWS_MATCHES(draw_label_outlines(out.view(), right.view(), color, 256), invalid_argument,
                         MessageMatches(StartsWith("quoin::draw_label_outlines: the alpha 256 is not in 0 to 255")));
    for (index_t y = 0; y < 5; ++y)
        for (index_t x = 0; x < 5; ++x) CHECK(out(x, y) == 0);
}
