// SPDX-License-Identifier: BSL-1.0
// saturate of floating point to integers, over patterns of bits.
#include <quoin/lanes/convert.hpp>

#include "lanes/values.hpp"

#include <catch2/catch_test_macros.hpp>

#include <bit>
#include <cmath>
#include <random>

using namespace quoin;
using test::check_unary;

namespace {

using u8 = std::uint8_t;
using i8 = std::int8_t;
using u16 = std::uint16_t;
using i16 = std::int16_t;
using i32 = std::int32_t;
using u32 = std::uint32_t;
using i64 = std::int64_t;

/// Patterns of bits: every sign and exponent, each with the significands around its bounds and its halves, and others.
template <class T, class Bits>
std::vector<T> patterns(unsigned seed) {
    constexpr int significand = std::numeric_limits<T>::digits - 1;
    constexpr Bits one = 1, last = (one << significand) - 1;
    std::mt19937_64 random(seed);
    std::vector<T> all;
    for (Bits exponent = 0; exponent < one << (sizeof(T) * 8 - 1 - significand); ++exponent) {
        auto const add = [&](Bits low) {
            for (Bits const sign : {Bits{0}, one})
                all.push_back(std::bit_cast<T>(sign << (sizeof(T) * 8 - 1) | exponent << significand | (low & last)));
        };
        for (Bits i = 0; i < 6; ++i)
            for (int bit = 0; bit <= significand; ++bit)
                for (Bits const high : {Bits{0}, last << bit}) {
                    add(high + (one << bit) + i - 3);
                    add(high + (one << bit >> 1) + i - 3);
                }
        // Where fractions meet the bounds of integers.
        auto const power = static_cast<int>(exponent) - std::numeric_limits<T>::max_exponent + 1;
        for (int i = 0; i < (power > -4 && power < 34 ? 20'000 : 10); ++i) add(static_cast<Bits>(random()));
    }
    return all;
}

/// saturate against floor of the exact sum, of scalars for each U, and of lanes for each that has them.
template <class U, bool Lanes = true, class T>
std::string wrong_rounding(std::vector<T> const& all) {
    for (T const v : all) {
        U expected = lowest<U>;
        long double const exact = std::floor(static_cast<long double>(v) + 0.5L);
        if (exact >= static_cast<long double>(highest<U>)) expected = highest<U>;
        else if (exact > static_cast<long double>(lowest<U>)) expected = static_cast<U>(exact);
        if (saturate<U>(v) != expected)
            return std::to_string(v) + " becomes " + std::to_string(saturate<U>(v)) + ", not " +
                   std::to_string(expected);
    }
    if constexpr (Lanes) return check_unary<U>(all, [](auto x) { return saturate<U>(x); });
    else return "";
}

} // namespace

TEST_CASE("saturate: floating point is rounded half up, of the exact sum", "[lanes]") {
    unsigned const seed = std::random_device{}();
    INFO("seed " << seed);
    auto const floats = patterns<float, std::uint32_t>(seed);
    CHECK(wrong_rounding<u8>(floats) == "");
    CHECK(wrong_rounding<i8>(floats) == "");
    CHECK(wrong_rounding<u16>(floats) == "");
    CHECK(wrong_rounding<i16>(floats) == "");
    CHECK(wrong_rounding<i32>(floats) == "");
    CHECK(wrong_rounding<u32>(floats) == "");
    CHECK(wrong_rounding<i64, false>(floats) == "");
    auto const doubles = patterns<double, std::uint64_t>(seed);
    CHECK(wrong_rounding<u8>(doubles) == "");
    CHECK(wrong_rounding<i16>(doubles) == "");
    CHECK(wrong_rounding<i32>(doubles) == "");
    CHECK(wrong_rounding<u32>(doubles) == "");
    CHECK(wrong_rounding<i64, false>(doubles) == "");
    CHECK(wrong_rounding<std::uint64_t, false>(doubles) == "");
}
