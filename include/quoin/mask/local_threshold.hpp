// SPDX-License-Identifier: BSL-1.0
// local_threshold: the pixels that are brighter than their neighborhood.
#pragma once

#include <quoin/exec/detail/policy_ref.hpp>
#include <quoin/image/image_view.hpp>
#include <quoin/mask/detail/u64_rows.hpp>

#include <concepts>
#include <vector>

QUOIN_NAMESPACE_BEGIN

/// Sets pixel (x, y) iff its value exceeds the mean of the pixels (x + dx, y + dy) with |dx| <= radius and |dy| <=
/// radius by more than `offset`. Gray pixels of 8 or 16 bits. Border: pixels outside the image do not count. The result
/// is exact: the comparison is (value - offset) * count > sum in 64-bit integers. Cost: running sums, about eight
/// additions per pixel for every radius; each chunk of rows also sums 2 radius rows around it. Memory: 8 bytes a column
/// for each thread.
/// @throws invalid_argument for a negative radius, an offset outside -65535..65535, or a side above 2^31 - 1 pixels.
template <concepts::policy Policy, class T>
    requires std::integral<T> && (sizeof(T) <= 2)
bit_image local_threshold(Policy const& p, image_view<T> pixels, index_t radius, index_t offset = 0);

namespace detail {

template <concepts::policy Policy, class T>
    requires std::integral<T> && (sizeof(T) <= 2)
bit_image above_local_mean(Policy const& p, image_view<T> pixels, index_t radius, index_t offset) {
    if (radius < 0) raise("quoin::local_threshold: the radius is ", radius, "; give a number of pixels >= 0");
    if (offset < -65535 || offset > 65535)
        raise("quoin::local_threshold: the offset ", offset,
              " is not in -65535..65535, beyond which all is set or nothing");
    check_sides("quoin::local_threshold", pixels.size());
    bit_image result(pixels.size());
    index_t const width = pixels.width();
    index_t const height = pixels.height();
    radius = std::min(radius, std::max(width, height)); // a larger radius adds no pixels, and sums of it could overflow
    for_each_chunk(p, {height, std::max<index_t>(64, std::min(2 * radius, height))}, [&](index_t begin, index_t end) {
        std::vector<index_t> column(static_cast<std::size_t>(width));
        auto const add_row = [&](index_t y, index_t sign) {
            T const* const row = pixels.row(y);
            for (index_t x = 0; x < width; ++x) column[static_cast<std::size_t>(x)] += sign * row[x];
        };
        for (index_t y = std::max<index_t>(0, begin - radius); y < std::min(height, begin + radius); ++y) add_row(y, 1);
        for (index_t y = begin; y < end; ++y) {
            if (y + radius < height) add_row(y + radius, 1);
            index_t const rows = std::min(height, y + radius + 1) - std::max<index_t>(0, y - radius);
            T const* const row = pixels.row(y);
            std::uint64_t* const bits = result.row(y);
            index_t sum = 0;
            for (index_t x = 0; x < std::min(radius, width); ++x) sum += column[static_cast<std::size_t>(x)];
            for (index_t x = 0; x < width; ++x) {
                if (x + radius < width) sum += column[static_cast<std::size_t>(x + radius)];
                index_t const count = rows * (std::min(width, x + radius + 1) - std::max<index_t>(0, x - radius));
                bits[x / 64] |= static_cast<std::uint64_t>((row[x] - offset) * count > sum) << (x % 64);
                if (x >= radius) sum -= column[static_cast<std::size_t>(x - radius)];
            }
            if (y >= radius) add_row(y - radius, -1);
        }
    });
    return result;
}

} // namespace detail

template <concepts::policy Policy, class T>
    requires std::integral<T> && (sizeof(T) <= 2)
bit_image local_threshold(Policy const& p, image_view<T> pixels, index_t radius, index_t offset) {
    return detail::above_local_mean(detail::policy_ref::to(p), pixels, radius, offset);
}

QUOIN_NAMESPACE_END
