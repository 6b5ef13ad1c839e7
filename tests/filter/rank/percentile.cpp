// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/rank/percentile.hpp>

#include "support/rank_image.hpp"
#include "support/types.hpp"

#include <catch2/catch_test_macros.hpp>

#include <limits>

using namespace quoin;
using test::noisy;

TEST_CASE("percentile: windows of every type equal nth_element", "[filter][percentile]") {
    test::types<std::uint8_t, std::int8_t, std::uint16_t, std::int32_t, float, double>::each([]<class T>() {
        for (int side : {1, 3, 5, 9, 17}) {
            int const last = side * side - 1;
            for (int rank : {0, last / 2, last / 3, last})
                for (bool few : {false, true}) CHECK(noisy<T>(side, {67, 3}, few).wrong_windows(rank) == "");
        }
    });
    CHECK(noisy<std::uint8_t>(255, {5, 2}).wrong_windows(255 * 255 / 2) == "");
    CHECK(noisy<std::uint16_t>(101, {5, 2}).wrong_windows(101 * 101 / 2) == "");
}

TEST_CASE("percentile: ranks, and what is refused", "[filter][percentile]") {
    CHECK(detail::checked_rank(3, 0) == 0);
    CHECK(detail::checked_rank(3, 50) == 4);
    CHECK(detail::checked_rank(3, 100) == 8);
    CHECK(detail::checked_rank(5, 10) == 2); // 2.4
    CHECK(detail::checked_rank(5, 25) == 6);
    CHECK(detail::checked_rank(255, 100) == 65024);
    for (int side : {-3, 0, 2, 256, 257}) {
        CHECK_THROWS_AS(median(side), invalid_argument);
        CHECK_THROWS_AS(percentile(side, 50), invalid_argument);
    }
    for (double percent : {-0.5, 100.5, std::nan(""), std::numeric_limits<double>::infinity()})
        CHECK_THROWS_AS(percentile(3, percent), invalid_argument);
}
