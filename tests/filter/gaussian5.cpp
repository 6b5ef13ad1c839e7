// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/gaussian5.hpp>

#include "support/oracle.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class T>
auto formula = [](auto const& at) -> T {
    constexpr int k[5] = {1, 4, 6, 4, 1};
    if constexpr (std::floating_point<T>) {
        double sum = 0;
        for (int j = 0; j < 5; ++j)
            for (int i = 0; i < 5; ++i) sum += k[j] * k[i] * static_cast<double>(at(i - 2, j - 2));
        return static_cast<T>(sum / 256);
    } else {
        std::int64_t sum = 128;
        for (int j = 0; j < 5; ++j)
            for (int i = 0; i < 5; ++i) sum += k[j] * k[i] * static_cast<std::int64_t>(at(i - 2, j - 2));
        return static_cast<T>(test::floor_div(sum, 256));
    }
};

template <class P>
std::string check(auto border, std::vector<extent> const& sizes, double tolerance = 0) {
    return test::sweep<P>(
        sizes, [&](auto v) { return v | extend(border) | gaussian5; },
        [&](auto const& in) { return test::local<channel_t<P>>(in, border, formula<channel_t<P>>); },
        tolerance);
}

} // namespace

TEST_CASE("gaussian5: u8 equals the formula with every border, at every width", "[filter][gaussian5]") {
    CHECK(check<std::uint8_t>(reflect_101, test::many_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check<std::uint8_t>(replicate, test::few_extents()) == "");
    CHECK(check<std::uint8_t>(reflect, test::few_extents()) == "");
    CHECK(check<std::uint8_t>(wrap, test::few_extents()) == "");
#endif
    CHECK(check<std::uint8_t>(constant(200), test::few_extents()) == "");
}

TEST_CASE("gaussian5: the other pixel types", "[filter][gaussian5]") {
    CHECK(check<float>(reflect_101, test::many_extents()) == "");
    CHECK(check<rgb8>(reflect_101, test::few_extents()) == "");
    CHECK(check<test::yuv<std::uint8_t>>(constant(9), test::few_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check<std::uint16_t>(reflect_101, test::few_extents()) == "");
    CHECK(check<std::int16_t>(reflect_101, test::few_extents()) == "");
    CHECK(check<std::int32_t>(reflect_101, test::few_extents()) == "");
    CHECK(check<double>(reflect_101, test::few_extents()) == "");
#endif
}

TEST_CASE("gaussian5: f32 with fractions is close to double arithmetic, and the same bits everywhere",
          "[filter][gaussian5]") {
    CHECK(check<float>(reflect_101, test::few_extents(), 1e-5) == "");
}
