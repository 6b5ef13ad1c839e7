// SPDX-License-Identifier: BSL-1.0
// What is summed over the pixels of a component; not public.
#pragma once

#include <quoin/core/geometry.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Sums over blocks of pixels, in any order.
struct component_sums {
    index_t area = 0;
    index_t twice_x = 0; // twice the sum of the columns
    std::int32_t left = std::numeric_limits<std::int32_t>::max();
    std::int32_t right = 0;
    index_t twice_y = 0;
    std::int32_t top = std::numeric_limits<std::int32_t>::max();
    std::int32_t bottom = 0;

    /// The pixels x0 <= x < x1, y0 <= y < y1.
    constexpr void add_block(std::int32_t x0, std::int32_t y0, std::int32_t x1, std::int32_t y1) {
        index_t const pixels = (index_t{x1} - x0) * (index_t{y1} - y0);
        area += pixels;
        twice_x += pixels * (index_t{x0} + x1 - 1);
        twice_y += pixels * (index_t{y0} + y1 - 1);
        left = std::min(left, x0);
        right = std::max(right, x1);
        top = std::min(top, y0);
        bottom = std::max(bottom, y1);
    }
    constexpr void add(component_sums const& other) {
        area += other.area;
        twice_x += other.twice_x;
        twice_y += other.twice_y;
        left = std::min(left, other.left);
        top = std::min(top, other.top);
        right = std::max(right, other.right);
        bottom = std::max(bottom, other.bottom);
    }
};

} // namespace detail
QUOIN_NAMESPACE_END
