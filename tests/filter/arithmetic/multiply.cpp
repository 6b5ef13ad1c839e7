// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/arithmetic/multiply.hpp>

#include "support/zipped.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

using u8 = std::uint8_t;
using u16 = std::uint16_t;

/// The exact product with the float scale, half up, saturated.
u8 product(u8 a, u8 b, float scale) {
    int exponent;
    auto const factor = static_cast<__int128>(std::ldexp(std::frexp(scale, &exponent), 24));
    __int128 const p = factor * a * b;
    int const shift = 24 - exponent; // p / 2^shift
    if (shift <= 0) return p > 0 ? 255 : 0;
    if (shift > 60) return 0;
    __int128 const rounded = (p + (__int128{1} << (shift - 1))) >> shift;
    return rounded > 255 ? u8{255} : static_cast<u8>(rounded);
}
/// The same of the quotient, 0 where b is 0.
u8 quotient(u8 a, u8 b, float scale) {
    if (b == 0) return 0;
    int exponent;
    auto const factor = static_cast<__int128>(std::ldexp(std::frexp(scale, &exponent), 24));
    int const shift = 24 - exponent;
    __int128 n = factor * a, d = b; // n / d / 2^shift
    if (shift >= 0) d <<= std::min(shift, 90);
    else n <<= -shift;
    __int128 const rounded = (2 * n + d) / (2 * d);
    return rounded > 255 ? u8{255} : static_cast<u8>(rounded);
}

template <class T>
T rounded(double v) {
    return v != v ? std::numeric_limits<T>::min() : test::clamped<T>(std::floor(v + 0.5));
}

} // namespace

TEST_CASE("multiply: all pairs of bytes with many scales are exact", "[filter][arithmetic]") {
    auto const a = test::all_pairs(false), b = test::all_pairs(true);
    for (float const scale : {1.0f, 1.0f / 255, 0.5f, 1.0f / 128, 0.3f, 0.0039215684f, 1e-4f, 7.6e-6f, 1e-9f, 0.0f,
                              2.0f, 1.7f, 254.9f, 255.0f, 300.0f, 1e30f}) {
        INFO("scale " << scale);
        CHECK(test::wrong_zipped(multiply(scale), [&](u8 p, u8 q) { return product(p, q, scale); }, a, b) == "");
    }
    for (int p = 0; p < 256; ++p)
        for (int q = 0; q < 256; ++q)
            REQUIRE(multiply(1.0f / 255)(static_cast<u8>(p), static_cast<u8>(q)) == (2 * p * q + 255) / 510);
}

TEST_CASE("divide: all pairs of bytes with many scales are exact; by 0 it is 0", "[filter][arithmetic]") {
    auto const a = test::all_pairs(false), b = test::all_pairs(true);
    for (float const scale : {1.0f, 255.0f, 100.0f, 65536.0f, 65537.0f, 0.5f, 0.3f, 1.7f, 1e-3f, 1e-9f, 0.0f, 1e6f}) {
        INFO("scale " << scale);
        CHECK(test::wrong_zipped(divide(scale), [&](u8 p, u8 q) { return quotient(p, q, scale); }, a, b) == "");
    }
}

TEST_CASE("multiply, divide: other types of channels", "[filter][arithmetic]") {
    auto const each = []<class T>(std::type_identity<T>) {
        auto const a = test::random_channels<T>(4000, 7), b = test::random_channels<T>(4000, 8);
        for (float const scale : {1.0f, 1.0f / 65535, 0.3f}) {
            double const s = static_cast<double>(scale);
            INFO(sizeof(T) << " bytes, scale " << scale);
            if constexpr (std::is_floating_point_v<T>) {
                CHECK(test::wrong_zipped(multiply(scale), [&](T p, T q) { return p * q * scale; }, a, b) == "");
                CHECK(test::wrong_zipped(divide(scale), [&](T p, T q) { return p * scale / q; }, a, b) == "");
            } else {
                CHECK(test::wrong_zipped(
                          multiply(scale), [&](T p, T q) { return rounded<T>(double(p) * double(q) * s); }, a, b) ==
                      "");
                CHECK(test::wrong_zipped(
                          divide(scale),
                          [&](T p, T q) { return q == 0 ? T(0) : rounded<T>(double(p) * s / double(q)); }, a, b) == "");
            }
        }
    };
    each(std::type_identity<u16>{});
    each(std::type_identity<std::int16_t>{});
    each(std::type_identity<std::int32_t>{});
    each(std::type_identity<float>{});
}

TEST_CASE("multiply, divide: scales that are no numbers from 0 on are refused", "[filter][arithmetic]") {
    for (float const scale : {-1.0f, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        CHECK_THROWS_AS(multiply(scale), invalid_argument);
        CHECK_THROWS_AS(divide(scale), invalid_argument);
    }
}

TEST_CASE("multiply, divide: in the engine", "[filter][arithmetic]") {
    CHECK(test::wrong_zipped_in_engine<u8>(multiply(0.3f), [](u8 p, u8 q) { return product(p, q, 0.3f); }) == "");
    CHECK(test::wrong_zipped_in_engine<u8>(divide(100), [](u8 p, u8 q) { return quotient(p, q, 100); }) == "");
}
