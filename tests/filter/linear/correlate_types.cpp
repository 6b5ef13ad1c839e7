// SPDX-License-Identifier: BSL-1.0
// correlate of the pixel types that correlate.cpp leaves out.
#include <quoin/filter/linear/correlate.hpp>

#include "filter/linear/correlate_formula.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

#include <limits>

using namespace quoin;
using namespace test;

namespace {

/// Kernels of one pixel, on values whose quotients are hardest to round: those next to a whole number and a half.
template <class T>
std::string check_hard(int factor, int divisor) {
    constexpr index_t width = 64;
    std::int64_t inverse = 1; // of the factor, modulo the divisor
    while (inverse * factor % divisor != 1) ++inverse;
    plain<T> in({width, 2}), expected({width, 2});
    for (index_t y = 0; y < 2; ++y) {
        std::int64_t const rest = (divisor - divisor / 2 - 1 + y) % divisor; // of value * factor: just below, just at
        std::int64_t const least = rest * inverse % divisor;
        std::int64_t const steps = (std::int64_t{std::numeric_limits<T>::max()} - least) / divisor;
        for (index_t x = 0; x < width; ++x) {
            std::int64_t const value = least + (steps - steps / 2 * x / width) * divisor;
            in(x, y) = static_cast<T>(value);
            expected(x, y) = static_cast<T>((value * factor + divisor / 2) / divisor);
        }
    }
    int const kernel[1][1] = {{factor}};
    return check_pipeline(in, expected, [&](auto v) { return v | correlate(kernel, divisor); });
}

} // namespace

TEST_CASE("correlate: 32-bit channels are exact up to a kernel of 500,000", "[filter][correlate]") {
    CHECK(check_hard<std::int32_t>(499999, 500000) == "");
    CHECK(check_hard<std::int32_t>(499979, 509989) == "");
#if !QUOIN_SANITIZED
    CHECK(check_hard<std::uint32_t>(499979, 509989) == "");
#endif
}

TEST_CASE("correlate: the other pixel types", "[filter][correlate]") {
    CHECK(check<std::int16_t>(sharpening, 3, reflect_101, few_extents()) == "");
    CHECK(check<float>(quarters, 1.0f, reflect_101, few_extents()) == "");
    CHECK(check<std::uint8_t>(quarters, 1.0f, reflect_101, few_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check<std::int32_t>(sharpening, 3, reflect_101, few_extents()) == "");
    CHECK(check<rgb8>(sharpening, 3, reflect_101, few_extents()) == "");
    CHECK(check<yuv<float>>(quarters, 4.0f, reflect_101, few_extents()) == "");
    CHECK(check<float>(quarters, 3.7f, reflect_101, few_extents(), 1e-5) == "");
#endif
}
