// SPDX-License-Identifier: BSL-1.0
#include <quoin/lanes/arithmetic.hpp>

#include "lanes/values.hpp"

#include <catch2/catch_test_macros.hpp>

#include <bit>
#include <cmath>

using namespace quoin;
using test::check_unary;

namespace {

constexpr bool test_operations() {
    return min(3, 5) == 3 && max(3, 5) == 5 && abs(std::int16_t{-7}) == 7 && abs(-2.5) == 2.5 &&
           select(true, 1, 2) == 1 && select(false, 1, 2) == 2 && floor(2.9) == 2.0 &&
           floor(-2.1f) == -3.0f && floor(-3.0) == -3.0 && floor(1e300) == 1e300 && sqrt(2.25) == 1.5 &&
           sqrt(0.0f) == 0.0f && sqrt(16777216.0f) == 4096.0f && convert<std::uint8_t>(7.9f) == 7 &&
           scale_down<4>(std::int16_t{24}) == 2 && scale_down<4>(std::int16_t{23}) == 1 &&
           scale_down<4>(-24) == -1 && scale_down<4>(-25) == -2 && scale_down<4>(8.0f) == 0.5f &&
           std::bit_cast<std::uint32_t>(quoin::floor(-0.0f)) == 0x80000000u &&
           quoin::sqrt(-4.0f) != quoin::sqrt(-4.0f) &&
           quoin::sqrt(std::numeric_limits<double>::infinity()) == std::numeric_limits<double>::infinity() &&
           rounded_hypot(3, 4) == 5 && rounded_hypot(1, 1) == 1 && rounded_hypot(23170, 23170) == 32767;
}

} // namespace

TEST_CASE("arithmetic: the operations on scalars, at compile time and at run time", "[lanes]") {
    static_assert(test_operations());
    CHECK(test_operations());
}

TEST_CASE("rounded_hypot: equal to double arithmetic for all |a|, |b| <= 1020", "[lanes]") {
    constexpr int n = simd_lanes::count;
    int wrong = 0;
    for (int a = -1020; a <= 1020; a += QUOIN_SANITIZED ? 17 : 1)
        for (int b = -1020; b <= 1020; b += n) {
            std::int16_t x[n], y[n], got[n];
            for (int i = 0; i < n; ++i) {
                x[i] = static_cast<std::int16_t>(a);
                y[i] = static_cast<std::int16_t>(std::min(1020, b + i));
            }
            simd_lanes::store<std::int16_t>(got, rounded_hypot(simd_lanes::type<std::int16_t>::load(x),
                                                               simd_lanes::type<std::int16_t>::load(y)));
            for (int i = 0; i < n; ++i) {
                double const exact = std::sqrt(double(x[i]) * x[i] + double(y[i]) * y[i]);
                auto const expected = static_cast<std::int16_t>(std::floor(exact + 0.5));
                wrong += got[i] != expected;
                wrong += rounded_hypot(x[i], y[i]) != expected;
            }
        }
    CHECK(wrong == 0);
}

TEST_CASE("rounded_hypot: lanes equal scalars up to 23170", "[lanes]") {
    std::vector<std::int16_t> a, b;
    std::mt19937 random(5);
    for (int i = 0; i < 200000; ++i) {
        a.push_back(static_cast<std::int16_t>(static_cast<int>(random() % 46341) - 23170));
        b.push_back(static_cast<std::int16_t>(static_cast<int>(random() % 46341) - 23170));
    }
    CHECK(test::check_binary<std::int16_t>(a, b, [](auto x, auto y) { return rounded_hypot(x, y); }) == "");
}

TEST_CASE("scale_down: lanes equal scalars", "[lanes]") {
    std::vector<std::int16_t> small; // T must hold the sum with half
    for (int v = -32768; v <= 32767 - 64; ++v) small.push_back(static_cast<std::int16_t>(v));
    CHECK(check_unary<std::int16_t>(small, [](auto x) { return scale_down<7>(x); }) == "");
    std::vector<std::int32_t> wide = test::values<std::int32_t>();
    std::erase_if(wide, [](auto v) { return v > 2147483647 - 16384; });
    CHECK(check_unary<std::int32_t>(wide, [](auto x) { return scale_down<15>(x); }) == "");
    std::vector<std::int64_t> wider = test::values<std::int64_t>();
    std::erase_if(wider, [](auto v) { return v > std::numeric_limits<std::int64_t>::max() - 16384; });
    CHECK(check_unary<std::int64_t>(wider, [](auto x) { return scale_down<15>(x); }) == "");
    CHECK(check_unary<float>(test::values<float>(), [](auto x) { return scale_down<4>(x); }) == "");
}
