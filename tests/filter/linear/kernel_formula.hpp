// SPDX-License-Identifier: BSL-1.0
// Filters with constant factors by plain loops, and the sweeps that hold them against those.
#pragma once

#include <quoin/pipe/pipeline.hpp>

#include "support/oracle.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>

namespace test {

using namespace quoin;

/// Integer kernels: exact, rounded half up. Float kernels: in double, so give a tolerance or values that stay
/// whole.
template <class T, class K, std::size_t Width, std::size_t Height>
auto formula(K const (&kernel)[Height][Width], K divisor) {
    std::vector<K> k(&kernel[0][0], &kernel[0][0] + Width * Height);
    return [k, divisor](auto const& at) -> T {
        int const rx = Width / 2, ry = Height / 2;
        if constexpr (std::integral<K> && std::integral<T>) {
            std::int64_t sum = 0;
            for (int j = -ry; j <= ry; ++j)
                for (int i = -rx; i <= rx; ++i)
                    sum +=
                        std::int64_t{k[static_cast<std::size_t>((j + ry) * int(Width) + i + rx)]} * at(i, j);
            return clamped<T>(floor_div(2 * sum + divisor, 2 * std::int64_t{divisor}));
        } else {
            double sum = 0;
            for (int j = -ry; j <= ry; ++j)
                for (int i = -rx; i <= rx; ++i)
                    sum += static_cast<double>(k[static_cast<std::size_t>((j + ry) * int(Width) + i + rx)]) *
                           static_cast<double>(at(i, j));
            sum /= static_cast<double>(divisor);
            if constexpr (std::integral<T>) return clamped<T>(std::floor(sum + 0.5));
            else return static_cast<T>(sum);
        }
    };
}

/// The stage against the formula with this kernel.
template <class P, class K, std::size_t Width, std::size_t Height>
std::string check_kernel(auto const& stage, K const (&kernel)[Height][Width], K divisor, auto border,
                         std::vector<extent> const& sizes, double tolerance = 0) {
    using T = channel_t<P>;
    return sweep<P>(
        sizes, [&](auto v) { return v | extend(border) | stage; },
        [&](auto const& in) { return local<T>(in, border, formula<T>(kernel, divisor)); }, tolerance);
}

template <std::size_t Width, std::size_t Height>
void check_every_border(auto const& stage, int const (&kernel)[Height][Width], int divisor) {
    CHECK(check_kernel<std::uint8_t>(stage, kernel, divisor, reflect_101, many_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check_kernel<std::uint8_t>(stage, kernel, divisor, replicate, few_extents()) == "");
    CHECK(check_kernel<std::uint8_t>(stage, kernel, divisor, reflect, few_extents()) == "");
    CHECK(check_kernel<std::uint8_t>(stage, kernel, divisor, wrap, few_extents()) == "");
#endif
    CHECK(check_kernel<std::uint8_t>(stage, kernel, divisor, constant(200), few_extents()) == "");
}

template <std::size_t Width, std::size_t Height>
void check_every_type(auto const& stage, int const (&kernel)[Height][Width], int divisor) {
    CHECK(check_kernel<float>(stage, kernel, divisor, reflect_101, many_extents()) == "");
    CHECK(check_kernel<rgb8>(stage, kernel, divisor, reflect_101, few_extents()) == "");
    CHECK(check_kernel<yuv<std::uint8_t>>(stage, kernel, divisor, constant(9), few_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check_kernel<std::uint16_t>(stage, kernel, divisor, reflect_101, few_extents()) == "");
    CHECK(check_kernel<std::int16_t>(stage, kernel, divisor, reflect_101, few_extents()) == "");
    CHECK(check_kernel<std::int32_t>(stage, kernel, divisor, reflect_101, few_extents()) == "");
    CHECK(check_kernel<double>(stage, kernel, divisor, reflect_101, few_extents()) == "");
#endif
}

/// f32 whose values have fractions, so that sums are rounded.
template <std::size_t Width, std::size_t Height>
void check_fractions(auto const& stage, int const (&kernel)[Height][Width], int divisor) {
    CHECK(check_kernel<float>(stage, kernel, divisor, reflect_101, few_extents(), 1e-5) == "");
}

} // namespace test
