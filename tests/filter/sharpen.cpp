// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/sharpen.hpp>

#include "support/oracle.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class T>
auto formula = [](auto const& at) -> T {
    using S = std::conditional_t<std::floating_point<T>, double, std::int64_t>;
    S sum = 32 * static_cast<S>(at(0, 0));
    for (int j = -1; j <= 1; ++j)
        for (int i = -1; i <= 1; ++i)
            if (i != 0 || j != 0) sum -= 2 * static_cast<S>(at(i, j));
    if constexpr (std::floating_point<T>) return static_cast<T>(sum / 16);
    else return test::clamped<T>(test::floor_div(sum + 8, 16));
};

template <class P>
std::string check(auto border, std::vector<extent> const& sizes, double tolerance = 0) {
    return test::sweep<P>(
        sizes, [&](auto v) { return v | extend(border) | sharpen; },
        [&](auto const& in) { return test::local<channel_t<P>>(in, border, formula<channel_t<P>>); },
        tolerance);
}

} // namespace

TEST_CASE("sharpen: u8 equals the formula with every border, at every width", "[filter][sharpen]") {
    CHECK(check<std::uint8_t>(reflect_101, test::many_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check<std::uint8_t>(replicate, test::few_extents()) == "");
    CHECK(check<std::uint8_t>(reflect, test::few_extents()) == "");
    CHECK(check<std::uint8_t>(wrap, test::few_extents()) == "");
#endif
    CHECK(check<std::uint8_t>(constant(200), test::few_extents()) == "");
}

TEST_CASE("sharpen: the other pixel types; floating point is not clamped", "[filter][sharpen]") {
    CHECK(check<float>(reflect_101, test::many_extents()) == "");
    CHECK(check<rgb8>(reflect_101, test::few_extents()) == "");
    CHECK(check<test::yuv<std::uint8_t>>(reflect_101, test::few_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check<std::uint16_t>(reflect_101, test::few_extents()) == "");
    CHECK(check<std::int16_t>(reflect_101, test::few_extents()) == "");
    CHECK(check<std::int32_t>(reflect_101, test::few_extents()) == "");
    CHECK(check<double>(reflect_101, test::few_extents()) == "");
#endif
}

TEST_CASE("sharpen: f32 with fractions is close to double arithmetic, and the same bits everywhere",
          "[filter][sharpen]") {
    CHECK(check<float>(reflect_101, test::few_extents(), 1e-5) == "");
}
