// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/arithmetic/add.hpp>

#include "support/zipped.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// The formula in 64 bits, saturated, or in the type of floating point.
template <class T>
T sum(T a, T b) {
    if constexpr (std::is_floating_point_v<T>) return a + b;
    else return test::clamped<T>(std::int64_t{a} + b);
}
template <class T>
T difference(T a, T b) {
    if constexpr (std::is_floating_point_v<T>) return a - b;
    else return test::clamped<T>(std::int64_t{a} - b);
}
template <class T>
T distance(T a, T b) {
    if constexpr (std::is_floating_point_v<T>) return std::fabs(a - b);
    else return test::clamped<T>(std::abs(std::int64_t{a} - b));
}

template <class T>
std::string wrong(std::vector<T> const& a, std::vector<T> const& b) {
    return test::wrong_zipped(add, sum<T>, a, b) + test::wrong_zipped(subtract, difference<T>, a, b) +
           test::wrong_zipped(absdiff, distance<T>, a, b);
}
template <class T>
std::string wrong() {
    return wrong(test::random_channels<T>(5000, 1), test::random_channels<T>(5000, 2));
}

} // namespace

TEST_CASE("add, subtract, absdiff: all pairs of bytes", "[filter][arithmetic]") {
    CHECK(wrong(test::all_pairs(false), test::all_pairs(true)) == "");
}

TEST_CASE("add, subtract, absdiff: every type of channel with its extremes, NaN and infinity", "[filter][arithmetic]") {
    CHECK(wrong<std::uint16_t>() == "");
    CHECK(wrong<std::int16_t>() == "");
    CHECK(wrong<std::int32_t>() == "");
    CHECK(wrong<float>() == "");
    STATIC_CHECK(absdiff(std::int16_t{-32768}, std::int16_t{32767}) == 32767);
    STATIC_CHECK(subtract(-2147483647 - 1, 1) == -2147483647 - 1);
}

TEST_CASE("add, subtract, absdiff: in the engine", "[filter][arithmetic]") {
    CHECK(test::wrong_zipped_in_engine<std::uint8_t>(absdiff, distance<std::uint8_t>) == "");
    CHECK(test::wrong_zipped_in_engine<rgb8>(
              add, [](rgb8 p, rgb8 q) { return rgb8{sum(p.r, q.r), sum(p.g, q.g), sum(p.b, q.b)}; }) == "");
}
