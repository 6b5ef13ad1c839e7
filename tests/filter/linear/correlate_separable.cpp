// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/linear/correlate_separable.hpp>

#include "filter/linear/kernel_formula.hpp"

#include <limits>

using namespace quoin;
using namespace test;

namespace {

/// The kernel that the two make.
template <class K, std::size_t Width, std::size_t Height>
struct product {
    K factor[Height][Width];

    product(K const (&row)[Width], K const (&column)[Height]) {
        for (std::size_t j = 0; j < Height; ++j)
            for (std::size_t i = 0; i < Width; ++i) factor[j][i] = column[j] * row[i];
    }
};

template <class T, class K, std::size_t Width, std::size_t Height>
std::string wrong(K const (&row)[Width], K const (&column)[Height], std::type_identity_t<K> divisor,
                  double tolerance = 0) {
    return wrong_alone<T>(correlate_separable(row, column, divisor),
                          formula(product<K, Width, Height>(row, column).factor, divisor), tolerance);
}

constexpr int binomial[5] = {1, 4, 6, 4, 1}, slopes[3] = {-1, 0, 1}, lopsided[7] = {3, -1, 4, 1, -5, 9, 2};

} // namespace

TEST_CASE("correlate_separable: integers are exact, rounded once", "[filter][correlate_separable]") {
    for (int divisor : {1, 16, 7}) {
        CAPTURE(divisor);
        CHECK(wrong<std::uint8_t>(slopes, binomial, divisor) == "");
    }
    CHECK(wrong<std::uint8_t>(lopsided, binomial, 42) == "");
    CHECK(wrong<std::uint16_t>(lopsided, binomial, 42) == "");
    CHECK(wrong<std::int32_t>(lopsided, binomial, 42) == "");
}

TEST_CASE("correlate_separable: large factors, and one", "[filter][correlate_separable]") {
    constexpr int heavy[3] = {-100, 32000, 667}, row[1] = {-128}, one[1] = {3};
    CHECK(wrong<std::uint8_t>(row, heavy, 32767) == "");
    CHECK(wrong<std::uint16_t>(row, heavy, 32767) == "");
    CHECK(wrong<std::uint8_t>(one, one, 2) == "");
}

TEST_CASE("correlate_separable: floating point", "[filter][correlate_separable]") {
    constexpr float row[3] = {0.25f, 0.5f, 0.25f}, column[5] = {-0.5f, 1.0f, 2.0f, 1.0f, -0.5f};
    CHECK(wrong<float>(row, column, 3.0f, 1e-3) == "");
    CHECK(wrong<float>(slopes, binomial, 16, 1e-3) == "");
    CHECK(wrong<std::uint8_t>(row, column, 3.0f, 1) == "");
}

TEST_CASE("correlate_separable: in the engine, around which a constant stands, or itself",
          "[filter][correlate_separable]") {
    CHECK(wrong_in_engine<std::uint8_t>(correlate_separable(lopsided, binomial, 42), reflect_101) == "");
    CHECK(wrong_in_engine<std::uint8_t>(correlate_separable(lopsided, binomial, 42), constant(200)) == "");
}

TEST_CASE("correlate_separable: factors too heavy and a divisor <= 0 are refused", "[filter][correlate_separable]") {
    constexpr int one[1] = {1}, most[1] = {32767}, heavy[1] = {-32768}, row[3] = {100, -28, 0},
                  long_row[3] = {100, 29, 0};
    CHECK_NOTHROW(correlate_separable(row, most));
    CHECK_THROWS_AS(correlate_separable(long_row, most), invalid_argument);
    CHECK_THROWS_AS(correlate_separable(one, heavy), invalid_argument);
    CHECK_THROWS_AS(correlate_separable(one, one, 0), invalid_argument);
    CHECK_THROWS_AS(correlate_separable(one, one, -3), invalid_argument);
    constexpr int huge[3] = {2000000000, 2000000000, 2000000000};
    CHECK_THROWS_AS(correlate_separable(huge, one), invalid_argument);
    CHECK_THROWS_AS(correlate_separable(huge, huge), invalid_argument);
    constexpr float half[1] = {0.5f};
    CHECK_THROWS_AS(correlate_separable(half, half, std::numeric_limits<float>::quiet_NaN()), invalid_argument);
}
