// SPDX-License-Identifier: BSL-1.0
#include <quoin/core/numeric.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace quoin;

namespace {

constexpr bool test_numeric() {
    static_assert(concepts::channel<std::uint8_t> && concepts::channel<std::int64_t> && concepts::channel<float> &&
                  concepts::channel<double>);
    static_assert(!concepts::channel<bool> && !concepts::channel<long double> && !concepts::channel<float const> &&
                  !concepts::channel<std::string> && !concepts::channel<int&>);
    static_assert(
        std::same_as<wide_t<std::uint8_t>, std::int16_t> && std::same_as<wide_t<std::uint16_t>, std::int32_t> &&
        std::same_as<wide_t<std::int16_t>, std::int32_t> && std::same_as<wide_t<std::int32_t>, std::int64_t> &&
        std::same_as<wide_t<float>, float> && std::same_as<wide_t<double>, double>);
    static_assert(std::same_as<gradient_t<std::uint8_t>, std::int16_t> &&
                  std::same_as<gradient_t<std::int16_t>, std::int32_t> &&
                  std::same_as<gradient_t<std::int32_t>, std::int32_t> &&
                  std::same_as<gradient_t<float>, float>);
    return white<std::uint8_t> == 255 && white<std::int16_t> == 32767 && white<float> == 1.0f &&
           white<double> == 1.0;
}

} // namespace

TEST_CASE("numeric: channels and the types that filters compute in", "[core]") {
    static_assert(test_numeric());
    CHECK(test_numeric());
}
