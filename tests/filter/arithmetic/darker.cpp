// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/arithmetic/darker.hpp>

#include "support/zipped.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class T>
T smaller(T a, T b) {
    if (a != a || b != b) return a + b;
    return a < b ? a : b;
}
template <class T>
T larger(T a, T b) {
    if (a != a || b != b) return a + b;
    return a > b ? a : b;
}

template <class T>
std::string wrong() {
    auto const a = test::random_channels<T>(5000, 3), b = test::random_channels<T>(5000, 4);
    auto const low = [](T p, T q) { return static_cast<T>(smaller(p, q)); };
    auto const high = [](T p, T q) { return static_cast<T>(larger(p, q)); };
    return test::wrong_zipped(darker, low, a, b) + test::wrong_zipped(lighter, high, a, b);
}

} // namespace

TEST_CASE("darker, lighter: every type of channel; NaN wins", "[filter][arithmetic]") {
    CHECK(wrong<std::uint8_t>() == "");
    CHECK(wrong<std::uint16_t>() == "");
    CHECK(wrong<std::int16_t>() == "");
    CHECK(wrong<std::int32_t>() == "");
    CHECK(wrong<float>() == "");
}

TEST_CASE("darker, lighter: in the engine", "[filter][arithmetic]") {
    auto const high = [](std::uint8_t p, std::uint8_t q) { return std::max(p, q); };
    CHECK(test::wrong_zipped_in_engine<std::uint8_t>(lighter, high) == "");
}
