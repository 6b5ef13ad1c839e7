// SPDX-License-Identifier: BSL-1.0
#include <quoin/lanes/lanes.hpp>

#include "lanes/values.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::check_binary;
using test::check_unary;
using test::over_pairs;
using test::values;

namespace {

// The global functions of <cmath> would be found for scalars.
constexpr auto scalar_abs = [](auto x) {
    using quoin::abs;
    return abs(x);
};
constexpr auto scalar_floor = [](auto x) {
    using quoin::floor;
    return floor(x);
};
constexpr auto scalar_root = [](auto x) {
    using quoin::sqrt;
    return sqrt(scalar_abs(x));
};

template <class T, class F>
std::string binary(F f) {
    return over_pairs(values<T>(), [&](auto const& a, auto const& b) { return check_binary<T>(a, b, f); });
}

template <class T>
std::string check_order() {
    std::string wrong;
    wrong += binary<T>([](auto a, auto b) { return min(a, b); });
    wrong += binary<T>([](auto a, auto b) { return max(a, b); });
    wrong += binary<T>([](auto a, auto b) { return select(a < b, a, b); });
    wrong += binary<T>([](auto a, auto b) { return select(a <= b, b, a); });
    wrong += binary<T>([](auto a, auto b) { return select(a > b, a, b); });
    wrong += binary<T>([](auto a, auto b) { return select(a >= b, b, a); });
    wrong += binary<T>([](auto a, auto b) { return select(a == b, a, b); });
    wrong += binary<T>([](auto a, auto b) { return select(a != b, a, b); });
    wrong += binary<T>([](auto a, auto b) { return select(!(a < b) && (a != b), a, b); });
    wrong += binary<T>([](auto a, auto b) { return select((a < b) || (b < a), b, a); });
    return wrong;
}

/// Arithmetic that wraps as the type does; signed 32-bit values are halved where they could overflow.
template <class T>
std::string check_arithmetic() {
    auto const as_t = [](auto x) {
        if constexpr (std::is_arithmetic_v<decltype(x)>) return static_cast<T>(x);
        else return x;
    };
    std::string wrong;
    wrong += binary<T>([=](auto a, auto b) { return as_t(a + b); });
    wrong += binary<T>([=](auto a, auto b) { return as_t(a - b); });
    wrong += check_unary<T>(values<T>(), [=](auto a) { return as_t(a + decltype(a)(T(3))); });
    if constexpr (std::floating_point<T>) {
        wrong += binary<T>([](auto a, auto b) { return a * b; });
        wrong += binary<T>([](auto a, auto b) { return a / b; });
    } else {
        if constexpr (sizeof(T) > 1)
            wrong += check_unary<T>(values<T>(), [=](auto a) { return as_t(a * decltype(a)(T(2))); });
        wrong += binary<T>([=](auto a, auto b) { return as_t((a & b) | (a ^ b)); });
        wrong += check_unary<T>(values<T>(), [=](auto a) { return as_t(a >> 3); });
        wrong += check_unary<T>(values<T>(), [=](auto a) { return as_t(~a); });
    }
    return wrong;
}

} // namespace

TEST_CASE("lanes: min, max, select and comparisons equal those of scalars on edge values, NaN among them",
          "[lanes]") {
    CHECK(check_order<std::uint8_t>() == "");
    CHECK(check_order<float>() == "");
#if !QUOIN_SANITIZED
    CHECK(check_order<std::int16_t>() == "");
    CHECK(check_order<std::uint16_t>() == "");
    CHECK(check_order<std::int32_t>() == "");
    CHECK(check_order<double>() == "");
#endif
}

TEST_CASE("lanes: abs, floor and sqrt equal those of scalars", "[lanes]") {
    CHECK(check_unary<float>(values<float>(), scalar_abs) == "");
    CHECK(check_unary<float>(values<float>(), scalar_floor) == "");
    CHECK(check_unary<float>(values<float>(), scalar_root) == "");
    CHECK(check_unary<double>(values<double>(), scalar_abs) == "");
    CHECK(check_unary<double>(values<double>(), scalar_floor) == "");
    CHECK(check_unary<double>(values<double>(), scalar_root) == "");
    auto small = values<std::int16_t>();
    std::erase(small, std::int16_t{-32768});
    CHECK(check_unary<std::int16_t>(small, scalar_abs) == "");
    auto wide = values<std::int32_t>();
    std::erase(wide, std::numeric_limits<std::int32_t>::min());
    CHECK(check_unary<std::int32_t>(wide, scalar_abs) == "");
}

TEST_CASE("lanes: negation keeps the sign of zero", "[lanes]") {
    CHECK(check_unary<float>(values<float>(), [](auto x) { return -x; }) == "");
}

TEST_CASE("lanes: arithmetic wraps and rounds as the type does", "[lanes]") {
    CHECK(check_arithmetic<std::uint8_t>() == "");
    CHECK(check_arithmetic<float>() == "");
#if !QUOIN_SANITIZED
    CHECK(check_arithmetic<std::int16_t>() == "");
    CHECK(check_arithmetic<std::uint16_t>() == "");
    CHECK(check_arithmetic<std::uint32_t>() == "");
    CHECK(check_arithmetic<double>() == "");
#endif
}

TEST_CASE("lanes: the bits of a mask", "[lanes]") {
    constexpr int n = simd_lanes::count;
    std::uint8_t v[n];
    for (int bit = 0; bit < n; ++bit) {
        for (int i = 0; i < n; ++i) v[i] = i == bit || i % 5 == 2 ? 200 : 100;
        std::uint64_t expected = 0;
        for (int i = 0; i < n; ++i)
            if (v[i] > 150) expected |= std::uint64_t{1} << i;
        CHECK((simd_lanes::type<std::uint8_t>::load(v) > simd_lanes::type<std::uint8_t>(150)).bits() ==
              expected);
        std::int32_t w[n];
        for (int i = 0; i < n; ++i) w[i] = v[i];
        CHECK((simd_lanes::type<std::int32_t>::load(w) > simd_lanes::type<std::int32_t>(150)).bits() ==
              expected);
    }
}
