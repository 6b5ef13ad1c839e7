// SPDX-License-Identifier: BSL-1.0
// percentiles, entropy and mean_std_of_counts: the numbers of NumPy and scikit-image, and sorted values.
#include <quoin/measure/counts.hpp>

#include "support/photographs.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <limits>
#include <random>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;

TEST_CASE("counts: the numbers of NumPy and scikit-image on photographs", "[measure][counts]") {
    std::vector<double> const percents{0, 2, 25, 50, 73.3, 99.9, 100};
    for (test::photograph const& photo : test::photographs) {
        CAPTURE(photo.name);
        CHECK(percentiles(photo.counts, percents) == photo.linear);
        CHECK(percentiles(photo.counts, percents, percentile_method::nearest_rank) == photo.nearest_rank);
        CHECK(std::abs(entropy(photo.counts) - photo.entropy) < 1e-12);
        auto const found = mean_std_of_counts(photo.counts);
        CHECK(found.mean == photo.mean);
        CHECK(std::abs(found.std / photo.std - 1) < 1e-14);
    }
}

TEST_CASE("percentiles: between sorted values", "[measure][counts]") {
    // numpy.percentile([1, 2, 4, 10, 10, 255], [0, 10, 12.5, 33, 50, 61.7, 99, 100])
    std::vector<index_t> counts(256);
    for (std::size_t v : {1u, 2u, 4u, 10u, 10u, 255u}) ++counts[v];
    std::vector<double> const percents{0, 10, 12.5, 33, 50, 61.7, 99, 100};
    CHECK(percentiles(counts, percents) ==
          std::vector<double>{1.0, 1.5, 1.625, 3.3000000000000003, 7.0, 10.0, 242.75000000000006, 255.0});
    CHECK(percentiles(counts, percents, percentile_method::nearest_rank) ==
          std::vector<double>{1, 1, 1, 2, 4, 10, 255, 255});
    CHECK_THROWS_WITH(percentiles(counts, {50, 100.5}),
                      ContainsSubstring("100.5 is no percentile; give a number in 0..100"));
    CHECK_THROWS_WITH(percentiles(counts, {std::numeric_limits<double>::quiet_NaN()}), ContainsSubstring("nan"));
    CHECK_THROWS_WITH(percentiles(std::vector<index_t>(8), {50}), ContainsSubstring("all 8 counts are 0"));
}

TEST_CASE("entropy, mean_std_of_counts: by hand", "[measure][counts]") {
    CHECK(entropy({0, 9, 0}) == 0);
    CHECK(entropy({4, 4, 4, 4}) == 2);
    CHECK(mean_std_of_counts({1, 0, 1}, -1).mean == 0);
    CHECK(mean_std_of_counts({1, 0, 1}, -1).std == 1);
    CHECK_THROWS_WITH(entropy({1, -1}), ContainsSubstring("a count is -1"));
}
