// SPDX-License-Identifier: BSL-1.0
#include <quoin/lanes/convert.hpp>

#include "lanes/values.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::check_unary;
using test::fits;
using test::values;

namespace {

using u8 = std::uint8_t;
using i8 = std::int8_t;
using u16 = std::uint16_t;
using i16 = std::int16_t;
using i32 = std::int32_t;
using u32 = std::uint32_t;
using i64 = std::int64_t;

/// convert of the values that fit, and saturate of all, from T to each U.
template <class T, class... U>
std::string check_from(std::vector<T> const& all) {
    std::string wrong;
    auto const one = [&]<class V>(std::type_identity<V>) {
        std::vector<T> fitting;
        for (T const v : all)
            if (fits<V>(v)) fitting.push_back(v);
        std::string const c = check_unary<V>(fitting, [](auto x) { return convert<V>(x); });
        std::string const s = check_unary<V>(all, [](auto x) { return saturate<V>(x); });
        if (!c.empty()) wrong += "convert to " + std::to_string(sizeof(V)) + " bytes: " + c + "\n";
        if (!s.empty()) wrong += "saturate to " + std::to_string(sizeof(V)) + " bytes: " + s + "\n";
    };
    (one(std::type_identity<U>{}), ...);
    return wrong;
}

} // namespace

TEST_CASE("lanes: convert and saturate from 8 bits equal those of scalars", "[lanes]") {
    CHECK(check_from<u8, i16, u16, i32, float, i8>(values<u8>()) == "");
#if !QUOIN_SANITIZED
    CHECK(check_from<u8, u8, u32, i64, double>(values<u8>()) == "");
    CHECK(check_from<i8, u8, i16, i32, float>(values<i8>()) == "");
#endif
}

TEST_CASE("lanes: convert and saturate from 16 bits equal those of scalars", "[lanes]") {
    CHECK(check_from<i16, u8, u16, i32, float>(values<i16>()) == "");
    CHECK(check_from<u16, u8, i16, i32, float>(values<u16>()) == "");
#if !QUOIN_SANITIZED
    CHECK(check_from<i16, i8, i64, double>(values<i16>()) == "");
    CHECK(check_from<u16, i8, u32, double>(values<u16>()) == "");
#endif
}

TEST_CASE("lanes: convert and saturate from 32 and 64 bits equal those of scalars", "[lanes]") {
    CHECK(check_from<i32, u8, i16, u16, double>(values<i32>()) == "");
#if !QUOIN_SANITIZED
    CHECK(check_from<i32, i8, u32, i64, float>(values<i32>()) == "");
    CHECK(check_from<u32, u8, i32>(values<u32>()) == "");
    CHECK(check_from<i64, i32, u8, double>(values<i64>()) == "");
#endif
}

TEST_CASE("lanes: floating point to integers: half up, clamped, NaN to the smallest", "[lanes]") {
    CHECK(check_from<float, u8, i16, u16, i32, double>(values<float>()) == "");
#if !QUOIN_SANITIZED
    CHECK(check_from<float, i8, u32>(values<float>()) == "");
    CHECK(check_from<double, u8, i16, u16, i32, float>(values<double>()) == "");
#endif
    STATIC_CHECK(saturate<u8>(2.5f) == 3);
    STATIC_CHECK(saturate<i16>(-2.5f) == -2);
    STATIC_CHECK(saturate<i16>(-0.5f) == 0);
    STATIC_CHECK(saturate<u8>(0.49999997f) == 0);
    STATIC_CHECK(saturate<i32>(8388609.0f) == 8388609);
    STATIC_CHECK(saturate<u8>(std::numeric_limits<float>::quiet_NaN()) == 0);
    STATIC_CHECK(saturate<i32>(std::numeric_limits<float>::infinity()) == std::numeric_limits<i32>::max());
    STATIC_CHECK(saturate<i32>(-1e30) == std::numeric_limits<i32>::min());
    STATIC_CHECK(saturate<u8>(i32{-1}) == 0);
    STATIC_CHECK(saturate<i8>(u32{4000000000u}) == 127);
}
