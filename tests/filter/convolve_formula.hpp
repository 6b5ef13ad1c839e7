// SPDX-License-Identifier: BSL-1.0
// convolve by plain loops, and the sweep that holds the filter against them.
#pragma once

#include <quoin/filter/convolve.hpp>

#include "support/oracle.hpp"

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

template <class P, class K, std::size_t Width, std::size_t Height>
std::string check(K const (&kernel)[Height][Width], K divisor, auto border, std::vector<extent> const& sizes,
                  double tolerance = 0) {
    using T = channel_t<P>;
    return sweep<P>(
        sizes, [&](auto v) { return v | extend(border) | convolve(kernel, divisor); },
        [&](auto const& in) { return local<T>(in, border, formula<T>(kernel, divisor)); }, tolerance);
}

inline constexpr int sharpening[3][3] = {{0, -1, 0}, {-1, 5, -1}, {0, -1, 0}};
inline constexpr int lopsided[3][5] = {{1, -2, 3, -4, 5}, {6, 7, -8, 9, 10}, {-11, 12, 13, -14, 15}};
inline constexpr float quarters[3][3] = {{0.25f, 0.5f, 0.25f}, {-0.5f, 1.0f, 0.75f}, {0.0f, -0.25f, 2.0f}};

} // namespace test
