// SPDX-License-Identifier: BSL-1.0
// Filters with constant factors by plain loops, and what holds them against those.
#pragma once

#include "support/functor.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>

namespace test {

using namespace quoin;

/// Integer kernels on integers: exact, rounded half up, saturated. Otherwise in double, so give a tolerance or values
/// that stay whole.
template <class K, std::size_t Width, std::size_t Height>
auto formula(K const (&kernel)[Height][Width], K divisor) {
    std::vector<K> k(&kernel[0][0], &kernel[0][0] + Width * Height);
    return [k, divisor](auto const& at, channel_kind kind) {
        int const rx = Width / 2, ry = Height / 2;
        double sum = 0; // of whole numbers exact
        for (int j = -ry; j <= ry; ++j)
            for (int i = -rx; i <= rx; ++i)
                sum += static_cast<double>(k[static_cast<std::size_t>((j + ry) * int(Width) + i + rx)]) * at(i, j);
        if constexpr (std::integral<K>)
            if (kind.integral)
                return kind.stored(static_cast<double>(
                    floor_div(2 * static_cast<std::int64_t>(sum) + divisor, 2 * std::int64_t{divisor})));
        sum /= static_cast<double>(divisor);
        return kind.stored(kind.integral ? std::floor(sum + 0.5) : sum);
    };
}

/// The functor of a filter with this kernel alone, on every type of channel.
template <std::size_t Width, std::size_t Height>
void check_every_type(auto const& stage, int const (&kernel)[Height][Width], int divisor) {
    CHECK(channel_types::all([&]<class T>() { return wrong_alone<T>(stage, formula(kernel, divisor)); }) == "");
    STATIC_CHECK(concepts::stage_for<std::remove_cvref_t<decltype(stage)>, yuv<std::uint8_t>>);
}

/// f32 whose values have fractions, so that sums are rounded.
template <std::size_t Width, std::size_t Height>
void check_fractions(auto const& stage, int const (&kernel)[Height][Width], int divisor) {
    CHECK(wrong_alone<float>(stage, formula(kernel, divisor), 1e-5) == "");
}

} // namespace test
