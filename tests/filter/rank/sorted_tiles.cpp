// SPDX-License-Identifier: BSL-1.0
// Ranks of 16 and 32 bits by sorted tiles alone.
#include "support/rank_image.hpp"
#include "support/types.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::noisy;

TEST_CASE("percentile: sorted tiles equal nth_element", "[filter][percentile]") {
    test::types<std::uint16_t, std::int16_t, std::int32_t, float>::each([]<class T>() {
        for (bool few : {false, true}) {
            for (int side : {9, 11, 13}) {
                int const last = side * side - 1;
                CHECK(noisy<T>(side, {130, 45}, few).wrong_tiles(last / 2) == "");
                for (int rank : {0, 1, last / 5, last})
                    for (index_t width : {1, 37}) CHECK(noisy<T>(side, {width, 12}, few).wrong_tiles(rank, 3) == "");
            }
            CHECK(noisy<T>(31, {40, 20}, few).wrong_tiles(480) == "");
        }
    });
    for (int rank : {0, 77 * 77 / 2, 101 * 101 - 1}) {
        CHECK(noisy<std::uint16_t>(101, {170, 3}).wrong_tiles(rank) == "");
        CHECK(noisy<float>(101, {20, 10}).wrong_tiles(rank) == "");
    }
    CHECK(noisy<float>(201, {60, 2}).wrong_tiles(201 * 201 / 2) == "");
}

TEST_CASE("percentile: sorted tiles of one value, of stripes, and of steps", "[filter][percentile]") {
    auto const image = [](int side, auto const& value) {
        return test::rank_image<std::uint16_t>(side, {120, 12}, [&value, n = 0]() mutable { return value(n++); });
    };
    // The rows of these images have 120 + side - 1 pixels and room behind them.
    for (int side : {9, 15}) {
        int const middle = side * side / 2;
        CHECK(image(side, [](int) { return std::uint16_t{65535}; }).wrong_tiles(middle) == "");
        CHECK(image(side, [](int n) { return static_cast<std::uint16_t>(n % 2 * 65535); }).wrong_tiles(middle) == "");
        CHECK(image(side, [](int n) { return static_cast<std::uint16_t>(n / 900 * 30000); }).wrong_tiles(middle) == "");
        CHECK(image(side, [](int n) {
                  return static_cast<std::uint16_t>(n % 60 / 30 + n % 7 * 9000);
              }).wrong_tiles(middle) == "");
    }
}
