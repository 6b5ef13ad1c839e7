// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/arithmetic/bitwise.hpp>

#include "support/zipped.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// Bit by bit; `both`, `one` say whether the bit is set where it is in both, or in one alone.
template <class T>
T bits(T a, T b, bool both, bool one) {
    using U = std::make_unsigned_t<T>;
    U result = 0;
    for (int i = 0; i < std::numeric_limits<U>::digits; ++i) {
        bool const p = (static_cast<U>(a) >> i) & 1, q = (static_cast<U>(b) >> i) & 1;
        if ((p && q && both) || (p != q && one)) result = static_cast<U>(result | (U(1) << i));
    }
    return static_cast<T>(result);
}

template <class T>
std::string wrong() {
    auto const a = test::random_channels<T>(3000, 5), b = test::random_channels<T>(3000, 6);
    return test::wrong_zipped(
               bitwise_and, [](T p, T q) { return bits(p, q, true, false); }, a, b) +
           test::wrong_zipped(
               bitwise_or, [](T p, T q) { return bits(p, q, true, true); }, a, b) +
           test::wrong_zipped(bitwise_xor, [](T p, T q) { return bits(p, q, false, true); }, a, b);
}

} // namespace

TEST_CASE("bitwise_and, bitwise_or, bitwise_xor: integers", "[filter][arithmetic]") {
    CHECK(wrong<std::uint8_t>() == "");
    CHECK(wrong<std::uint16_t>() == "");
    CHECK(wrong<std::int16_t>() == "");
    CHECK(wrong<std::int32_t>() == "");
    STATIC_CHECK(!concepts::stage_for<bitwise_and_fn, zipped<float, float>>);
    STATIC_CHECK(!concepts::stage_for<bitwise_and_fn, zipped<std::uint8_t, std::uint16_t>>);
}

TEST_CASE("bitwise_and, bitwise_or, bitwise_xor: in the engine", "[filter][arithmetic]") {
    auto const one = [](std::uint8_t p, std::uint8_t q) { return bits(p, q, false, true); };
    CHECK(test::wrong_zipped_in_engine<std::uint8_t>(bitwise_xor, one) == "");
}
