// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/linear/correlate.hpp>

#include "filter/linear/correlate_formula.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <limits>

using namespace quoin;
using namespace test;

TEST_CASE("correlate: integer kernels on u8 are exact with every border", "[filter][correlate]") {
    CHECK(check<std::uint8_t>(sharpening, 1, reflect_101, many_extents()) == "");
    CHECK(check<std::uint8_t>(sharpening, 7, reflect_101, few_extents()) == "");
    CHECK(check<std::uint8_t>(lopsided, 42, reflect_101, few_extents()) == "");
    CHECK(check<std::uint8_t>(sharpening, 2, constant(200), few_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check<std::uint8_t>(sharpening, 2, wrap, few_extents()) == "");
#endif
}

TEST_CASE("correlate: kernels of one pixel, one row, one column and with weights beyond 16 bits",
          "[filter][correlate]") {
    constexpr int one[1][1] = {{3}};
    CHECK(check<std::uint8_t>(one, 2, reflect_101, few_extents()) == "");
    constexpr int heavy[1][3] = {{-100000, 2000000, 40000}};
    CHECK(check<std::uint8_t>(heavy, 1900001, reflect_101, few_extents()) == "");
#if !QUOIN_SANITIZED
    constexpr int column[5][1] = {{1}, {-2}, {3}, {-2}, {1}};
    CHECK(check<std::uint8_t>(column, 1, reflect_101, few_extents()) == "");
#endif
}

TEST_CASE("correlate: flipped() turns the kernel", "[filter][correlate]") {
    constexpr int kernel[1][3] = {{1, 2, 4}};
    constexpr int turned[1][3] = {{4, 2, 1}};
    auto const in = random_pixels<std::uint8_t>({40, 2}, 3);
    CHECK(check_pipeline(in, local<std::uint8_t>(in, reflect_101, formula<std::uint8_t>(turned, 7)),
                         [&](auto v) { return v | correlate(kernel, 7).flipped(); }) == "");
}

TEST_CASE("correlate: a divisor <= 0 and a kernel too heavy for 32-bit sums are refused",
          "[filter][correlate]") {
    constexpr int kernel[1][1] = {{4210752}}, heavy[1][1] = {{4210753}}, negative[1][3] = {{-4210752, 0, 1}};
    CHECK_NOTHROW(correlate(kernel));
    CHECK_THROWS_AS(correlate(heavy), invalid_argument);
    CHECK_THROWS_AS(correlate(negative), invalid_argument);
    CHECK_THROWS_AS(correlate(kernel, 0), invalid_argument);
    CHECK_THROWS_AS(correlate(kernel, -1), invalid_argument);
    CHECK_THROWS_AS(correlate({{1.0f}}, 0.0f), invalid_argument);
    constexpr int huge[1][3] = {{2000000000, 2000000000, 2000000000}};
    CHECK_THROWS_AS(correlate(huge), invalid_argument);
    for (double const divisor : {0.0, -1.0, 1e-46, 1e39, std::numeric_limits<double>::quiet_NaN()})
        CHECK_THROWS_AS(correlate({{1.0}}, divisor), invalid_argument);
    CHECK_NOTHROW(correlate({{1.0}}, 1e38));
    CHECK_THROWS_WITH(correlate({{1.0}}, 1e-46), Catch::Matchers::ContainsSubstring("divisor 1e-46 "));
    CHECK_THROWS_AS(correlate({{1.0f}}, std::numeric_limits<float>::quiet_NaN()), invalid_argument);
}
