// SPDX-License-Identifier: BSL-1.0
// correlate against plain loops, and kernels for it.
#pragma once

#include <quoin/filter/linear/correlate.hpp>

#include "filter/linear/kernel_formula.hpp"

namespace test {

template <class P, class K, std::size_t Width, std::size_t Height>
std::string check(K const (&kernel)[Height][Width], K divisor, auto border, std::vector<extent> const& sizes,
                  double tolerance = 0) {
    return check_kernel<P>(correlate(kernel, divisor), kernel, divisor, border, sizes, tolerance);
}

inline constexpr int sharpening[3][3] = {{0, -1, 0}, {-1, 5, -1}, {0, -1, 0}};
inline constexpr int lopsided[3][5] = {{1, -2, 3, -4, 5}, {6, 7, -8, 9, 10}, {-11, 12, 13, -14, 15}};
inline constexpr float quarters[3][3] = {{0.25f, 0.5f, 0.25f}, {-0.5f, 1.0f, 0.75f}, {0.0f, -0.25f, 2.0f}};

} // namespace test
