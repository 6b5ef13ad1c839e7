// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/linear/correlate.hpp>

#include "filter/linear/kernel_formula.hpp"

#include <catch2/matchers/catch_matchers_string.hpp>

#include <limits>

using namespace quoin;
using namespace test;

namespace {

template <class K, std::size_t Width, std::size_t Height>
std::string wrong_of_bytes(K const (&kernel)[Height][Width], K divisor) {
    return wrong_alone<std::uint8_t>(correlate(kernel, divisor), formula(kernel, divisor));
}

constexpr int sharpening[3][3] = {{0, -1, 0}, {-1, 5, -1}, {0, -1, 0}};
constexpr int lopsided[3][5] = {{1, -2, 3, -4, 5}, {6, 7, -8, 9, 10}, {-11, 12, 13, -14, 15}};

} // namespace

TEST_CASE("correlate: integer kernels on u8 are exact", "[filter][correlate]") {
    for (int divisor : {1, 2, 7}) {
        CAPTURE(divisor);
        CHECK(wrong_of_bytes(sharpening, divisor) == "");
    }
    CHECK(wrong_of_bytes(lopsided, 42) == "");
}

TEST_CASE("correlate: kernels of one pixel, one row, one column and with weights beyond 16 bits",
          "[filter][correlate]") {
    constexpr int one[1][1] = {{3}};
    CHECK(wrong_of_bytes(one, 2) == "");
    constexpr int heavy[1][3] = {{-100000, 2000000, 40000}};
    CHECK(wrong_of_bytes(heavy, 1900001) == "");
    constexpr int column[5][1] = {{1}, {-2}, {3}, {-2}, {1}};
    CHECK(wrong_of_bytes(column, 1) == "");
}

TEST_CASE("correlate: flipped() turns the kernel", "[filter][correlate]") {
    constexpr int kernel[1][3] = {{1, 2, 4}};
    constexpr int turned[1][3] = {{4, 2, 1}};
    CHECK(wrong_alone<std::uint8_t>(correlate(kernel, 7).flipped(), formula(turned, 7)) == "");
}

TEST_CASE("correlate: in the engine", "[filter][correlate]") {
    CHECK(wrong_in_engine<std::uint8_t>(correlate(lopsided, 42), reflect_101) == "");
}

TEST_CASE("correlate: a divisor <= 0 and a kernel too heavy for 32-bit sums are refused", "[filter][correlate]") {
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
