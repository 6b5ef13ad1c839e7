// SPDX-License-Identifier: BSL-1.0
// Medians and percentiles of every way in the engine.
#include <quoin/filter/rank/percentile.hpp>

#include "support/functor.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("median: in the engine", "[filter][median]") {
    std::vector<extent> sizes = test::few_extents();
    sizes.insert(sizes.end(), {{17, 90}, {139, 47}, {1100, 4}});
    for (auto const& stage :
         {median(3), median(5), median(7), median(9), median(21), percentile(3, 100), percentile(9, 12.5)})
        CHECK(test::wrong_in_engine<std::uint8_t>(stage, reflect_101, sizes) == "");
    CHECK(test::wrong_in_engine<std::uint8_t>(median(101), reflect_101, {{3, 2}, {139, 7}}) == "");
    for (auto const& stage : {median(9), median(11), percentile(7, 80), median(31)})
        CHECK(test::wrong_in_engine<std::uint16_t>(stage, reflect_101, {{1, 1}, {3, 90}, {139, 47}}) == "");
}
