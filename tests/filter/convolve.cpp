// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/convolve.hpp>

#include "support/oracle.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// Integer kernels: exact, rounded half up. Float kernels: in double, so give a tolerance or values that stay whole.
template <class T, class K, std::size_t Width, std::size_t Height>
auto formula(K const (&kernel)[Height][Width], K divisor) {
    std::vector<K> k(&kernel[0][0], &kernel[0][0] + Width * Height);
    return [k, divisor](auto const& at) -> T {
        int const rx = Width / 2, ry = Height / 2;
        if constexpr (std::integral<K> && std::integral<T>) {
            std::int64_t sum = 0;
            for (int j = -ry; j <= ry; ++j)
                for (int i = -rx; i <= rx; ++i)
                    sum += std::int64_t{k[static_cast<std::size_t>((j + ry) * int(Width) + i + rx)]} * at(i, j);
            return test::clamped<T>(test::floor_div(2 * sum + divisor, 2 * std::int64_t{divisor}));
        } else {
            double sum = 0;
            for (int j = -ry; j <= ry; ++j)
                for (int i = -rx; i <= rx; ++i)
                    sum += static_cast<double>(k[static_cast<std::size_t>((j + ry) * int(Width) + i + rx)]) *
                           static_cast<double>(at(i, j));
            sum /= static_cast<double>(divisor);
            if constexpr (std::integral<T>) return test::clamped<T>(std::floor(sum + 0.5));
            else return static_cast<T>(sum);
        }
    };
}

template <class P, class K, std::size_t Width, std::size_t Height>
std::string check(K const (&kernel)[Height][Width], K divisor, auto border, std::vector<extent> const& sizes,
                  double tolerance = 0) {
    using T = channel_t<P>;
    return test::sweep<P>(
        sizes, [&](auto v) { return v | extend(border) | convolve(kernel, divisor); },
        [&](auto const& in) { return test::local<T>(in, border, formula<T>(kernel, divisor)); }, tolerance);
}

constexpr int sharpening[3][3] = {{0, -1, 0}, {-1, 5, -1}, {0, -1, 0}};
constexpr int lopsided[3][5] = {{1, -2, 3, -4, 5}, {6, 7, -8, 9, 10}, {-11, 12, 13, -14, 15}};
constexpr float quarters[3][3] = {{0.25f, 0.5f, 0.25f}, {-0.5f, 1.0f, 0.75f}, {0.0f, -0.25f, 2.0f}};

} // namespace

TEST_CASE("convolve: integer kernels on u8 are exact with every border", "[filter][convolve]") {
    CHECK(check<std::uint8_t>(sharpening, 1, reflect_101, test::many_extents()) == "");
    CHECK(check<std::uint8_t>(sharpening, 7, reflect_101, test::few_extents()) == "");
    CHECK(check<std::uint8_t>(lopsided, 42, reflect_101, test::few_extents()) == "");
    CHECK(check<std::uint8_t>(sharpening, 2, constant(200), test::few_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check<std::uint8_t>(sharpening, 2, wrap, test::few_extents()) == "");
#endif
}

TEST_CASE("convolve: kernels of one pixel, one row, one column and with weights beyond 16 bits", "[filter][convolve]") {
    constexpr int one[1][1] = {{3}};
    CHECK(check<std::uint8_t>(one, 2, reflect_101, test::few_extents()) == "");
    constexpr int heavy[1][3] = {{-100000, 2000000, 40000}};
    CHECK(check<std::uint8_t>(heavy, 1900001, reflect_101, test::few_extents()) == "");
#if !QUOIN_SANITIZED
    constexpr int column[5][1] = {{1}, {-2}, {3}, {-2}, {1}};
    CHECK(check<std::uint8_t>(column, 1, reflect_101, test::few_extents()) == "");
#endif
}

TEST_CASE("convolve: the other pixel types", "[filter][convolve]") {
    CHECK(check<std::int16_t>(sharpening, 3, reflect_101, test::few_extents()) == "");
    CHECK(check<float>(quarters, 1.0f, reflect_101, test::few_extents()) == "");
    CHECK(check<std::uint8_t>(quarters, 1.0f, reflect_101, test::few_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check<std::int32_t>(sharpening, 3, reflect_101, test::few_extents()) == "");
    CHECK(check<rgb8>(sharpening, 3, reflect_101, test::few_extents()) == "");
    CHECK(check<test::yuv<float>>(quarters, 4.0f, reflect_101, test::few_extents()) == "");
    CHECK(check<float>(quarters, 3.7f, reflect_101, test::few_extents(), 1e-5) == "");
#endif
}

TEST_CASE("convolve: flipped() turns the kernel", "[filter][convolve]") {
    constexpr int kernel[1][3] = {{1, 2, 4}};
    constexpr int turned[1][3] = {{4, 2, 1}};
    auto const in = test::random_pixels<std::uint8_t>({40, 2}, 3);
    CHECK(test::check_pipeline(in, test::local<std::uint8_t>(in, reflect_101, formula<std::uint8_t>(turned, 7)),
                               [&](auto v) { return v | convolve(kernel, 7).flipped(); }) == "");
}

TEST_CASE("convolve: a divisor <= 0 and a kernel too heavy for 32-bit sums are refused", "[filter][convolve]") {
    constexpr int kernel[1][1] = {{4210752}}, heavy[1][1] = {{4210753}}, negative[1][3] = {{-4210752, 0, 1}};
    CHECK_NOTHROW(convolve(kernel));
    CHECK_THROWS_AS(convolve(heavy), invalid_argument);
    CHECK_THROWS_AS(convolve(negative), invalid_argument);
    CHECK_THROWS_AS(convolve(kernel, 0), invalid_argument);
    CHECK_THROWS_AS(convolve(kernel, -1), invalid_argument);
    CHECK_THROWS_AS(convolve({{1.0f}}, 0.0f), invalid_argument);
    CHECK_THROWS_AS(convolve({{1.0f}}, std::numeric_limits<float>::quiet_NaN()), invalid_argument);
}
