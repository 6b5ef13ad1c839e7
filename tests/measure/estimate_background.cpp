// SPDX-License-Identifier: BSL-1.0
#include "support/oracle.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/measure/estimate_background.hpp>

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <random>
#include <vector>

using namespace quoin;
using test::equal;

namespace {

using grid = std::vector<std::vector<double>>;

/// The four steps of the contract at one pixel after the other, squares as squares.
image<double> slow(image<float> const& in, index_t radius) {
    index_t const r = std::max<index_t>(1, (radius + 4) / 8), w = (in.width() + 7) / 8, h = (in.height() + 7) / 8;
    grid tiles(static_cast<std::size_t>(h), std::vector<double>(static_cast<std::size_t>(w)));
    auto const at = [](grid& g, index_t x, index_t y) -> double& {
        return g[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)];
    };
    for (index_t y = 0; y < h; ++y)
        for (index_t x = 0; x < w; ++x) {
            double sum = 0, n = 0;
            for (index_t v = 8 * y; v < std::min(in.height(), 8 * y + 8); ++v)
                for (index_t u = 8 * x; u < std::min(in.width(), 8 * x + 8); ++u, ++n) sum += in(u, v);
            at(tiles, x, y) = sum / n;
        }
    auto const fold = [&](int what) {
        grid out = tiles;
        for (index_t y = 0; y < h; ++y)
            for (index_t x = 0; x < w; ++x) {
                double low = 1e300, high = -1e300, sum = 0, n = 0;
                for (index_t v = std::max<index_t>(0, y - r); v <= std::min(h - 1, y + r); ++v)
                    for (index_t u = std::max<index_t>(0, x - r); u <= std::min(w - 1, x + r); ++u, ++n) {
                        low = std::min(low, at(tiles, u, v));
                        high = std::max(high, at(tiles, u, v));
                        sum += at(tiles, u, v);
                    }
                at(out, x, y) = what == 0 ? low : what == 1 ? high : sum / n;
            }
        tiles = out;
    };
    fold(0);
    fold(1);
    fold(2);
    image<double> result(in.size());
    for (index_t y = 0; y < in.height(); ++y)
        for (index_t x = 0; x < in.width(); ++x) {
            double const px = std::clamp((static_cast<double>(x) - 3.5) / 8, 0.0, static_cast<double>(w - 1));
            double const py = std::clamp((static_cast<double>(y) - 3.5) / 8, 0.0, static_cast<double>(h - 1));
            double value = 0; // hat functions around the tiles' centers
            for (index_t v = 0; v < h; ++v)
                for (index_t u = 0; u < w; ++u)
                    value += at(tiles, u, v) * std::max(0.0, 1 - std::abs(px - static_cast<double>(u))) *
                             std::max(0.0, 1 - std::abs(py - static_cast<double>(v)));
            result(x, y) = value;
        }
    return result;
}

} // namespace

TEST_CASE("estimate_background: equal to the steps of its contract, under every policy",
          "[algorithm][estimate_background]") {
    std::uint64_t seed = 0;
    for (index_t width : {1, 7, 8, 9, 65, 90})
        for (index_t height : {1, 8, 64, 83})
            for (index_t radius : {1, 11, 12, 40}) {
                CAPTURE(width, height, radius, ++seed);
                std::mt19937_64 engine(seed);
                image<float> pixels(width, height);
                image<std::uint16_t> whole(width, height);
                for (index_t y = 0; y < height; ++y)
                    for (index_t x = 0; x < width; ++x) {
                        whole(x, y) = static_cast<std::uint16_t>(engine());
                        pixels(x, y) = static_cast<float>(whole(x, y));
                    }
                auto const expected = slow(pixels, radius);
                auto const found = estimate_background(serial{}, pixels.view(), radius);
                auto const rounded = estimate_background(serial{}, whole.view(), radius);
                for (index_t y = 0; y < height; ++y)
                    for (index_t x = 0; x < width; ++x) {
                        REQUIRE(static_cast<double>(found(x, y)) == Catch::Approx(expected(x, y)).epsilon(1e-6));
                        REQUIRE(std::abs(static_cast<double>(rounded(x, y)) - expected(x, y)) <= 0.5 + 1e-6);
                    }
                CHECK(equal(estimate_background(test::backwards_policy{}, pixels.view(), radius), found));
                CHECK(equal(estimate_background(test::thread_policy{3}, std::as_const(pixels).view(), radius), found));
            }
}

TEST_CASE("estimate_background: a slope stays, what stands on it goes", "[algorithm][estimate_background]") {
    image<std::uint16_t> pixels(512, 256);
    for (index_t y = 0; y < 256; ++y)
        for (index_t x = 0; x < 512; ++x)
            pixels(x, y) = static_cast<std::uint16_t>(1000 + 4 * x + ((x / 16 + y / 16) % 7 == 0 ? 5000 : 0));
    auto const ground = estimate_background(serial{}, pixels.view(), 40);
    for (index_t y = 0; y < 256; y += 5)
        for (index_t x = 60; x < 450; ++x) {
            CAPTURE(x, y);
            REQUIRE(std::abs(ground(x, y) - (1000 + 4 * x)) < 200);
        }
}

TEST_CASE("estimate_background: what it refuses, and nothing", "[algorithm][estimate_background]") {
    image<std::uint8_t> const small(3, 3), none(0, 3);
    CHECK_THROWS_AS(estimate_background(serial{}, small.view(), 0), invalid_argument);
    CHECK(estimate_background(serial{}, none.view(), 5).empty());
}
