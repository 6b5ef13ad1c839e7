// SPDX-License-Identifier: BSL-1.0
// correlate of the pixel types that correlate.cpp leaves out.
#include <quoin/filter/linear/correlate.hpp>

#include "filter/linear/kernel_formula.hpp"

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
    values in({width, 2}, 1), expected({width, 2}, 1);
    for (index_t y = 0; y < 2; ++y) {
        std::int64_t const rest = (divisor - divisor / 2 - 1 + y) % divisor; // of value * factor: just below, just at
        std::int64_t const least = rest * inverse % divisor;
        std::int64_t const steps = (std::int64_t{std::numeric_limits<T>::max()} - least) / divisor;
        for (index_t x = 0; x < width; ++x) {
            std::int64_t const value = least + (steps - steps / 2 * x / width) * divisor;
            in.row(y, 0)[x] = static_cast<double>(value);
            expected.row(y, 0)[x] = static_cast<double>((value * factor + divisor / 2) / divisor);
        }
    }
    int const kernel[1][1] = {{factor}};
    return wrong_alone<T>(correlate(kernel, divisor), in, expected);
}

constexpr int sharpening[3][3] = {{0, -1, 0}, {-1, 5, -1}, {0, -1, 0}};
constexpr float quarters[3][3] = {{0.25f, 0.5f, 0.25f}, {-0.5f, 1.0f, 0.75f}, {0.0f, -0.25f, 2.0f}};

} // namespace

TEST_CASE("correlate: 32-bit channels are exact up to a kernel of 500,000", "[filter][correlate]") {
    types_or<types<std::int32_t, std::uint32_t>, types<std::int32_t>>::each([]<class T>() {
        CHECK(check_hard<T>(499999, 500000) == "");
        CHECK(check_hard<T>(499979, 509989) == "");
    });
}

TEST_CASE("correlate: an integer kernel on every type of channel", "[filter][correlate]") {
    check_every_type(correlate(sharpening, 4), sharpening, 4);
    CHECK(wrong_alone<std::int16_t>(correlate(sharpening, 3), formula(sharpening, 3)) == "");
    CHECK(wrong_alone<std::int32_t>(correlate(sharpening, 3), formula(sharpening, 3)) == "");
}

TEST_CASE("correlate: a kernel of floating point", "[filter][correlate]") {
    types<std::uint8_t, float>::each([]<class T>() {
        CHECK(wrong_alone<T>(correlate(quarters, 1.0f), formula(quarters, 1.0f)) == "");
        CHECK(wrong_alone<T>(correlate(quarters, 4.0f), formula(quarters, 4.0f)) == "");
    });
    CHECK(wrong_alone<float>(correlate(quarters, 3.7f), formula(quarters, 3.7f), 1e-5) == "");
}
