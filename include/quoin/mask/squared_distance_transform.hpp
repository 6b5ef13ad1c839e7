// SPDX-License-Identifier: BSL-1.0
// squared_distance_transform: the squared distance of each set pixel of a mask to the nearest unset one.
#pragma once

#include <quoin/exec/detail/policy_ref.hpp>
#include <quoin/image/image.hpp>
#include <quoin/mask/detail/u64_rows.hpp>

QUOIN_NAMESPACE_BEGIN

/// The result of squared_distance_transform for squares that do not fit 32 bits, and for a mask without unset pixels.
inline constexpr std::uint32_t no_distance = std::numeric_limits<std::uint32_t>::max();

/// The exact squared Euclidean distance from the center of each pixel to the center of the nearest unset pixel:
///     result(x, y) = min over all unset (u, v) of (x - u)^2 + (y - v)^2
/// Unset pixels have the distance 0. Pixels outside the image do not count as unset. Squares that do not fit 32 bits,
/// of distances from 65,536 pixels on, become no_distance. All pixels become no_distance if no pixel is unset.
///
/// The first pass computes the distance along each column. The second pass computes, in each row, the lower envelope of
/// one parabola per column. Cost: time linear in the number of pixels. Memory: the result, and a few numbers a column
/// for each thread.
///
/// Source: A. Meijster, J. Roerdink, W. Hesselink, "A general algorithm for computing distance transforms in linear
/// time", 2000.
/// @throws invalid_argument for a mask with a side above 2^31 - 1 pixels.
template <concepts::policy Policy>
image<std::uint32_t> squared_distance_transform(Policy const& p, bit_image const& mask);

namespace detail {

/// Sets the columns [begin, end) to the distance to the nearest unset pixel of the same column.
inline void column_distances(bit_image const& mask, image_view<std::uint32_t> out, index_t begin, index_t end) {
    auto const farther = [](std::uint32_t d) { return d == no_distance ? d : d + 1; };
    std::vector<std::uint32_t> above(static_cast<std::size_t>(end - begin), no_distance);
    for (index_t y = 0; y < mask.height(); ++y) {
        std::uint32_t* const row = out.row(y);
        for (index_t x = begin; x < end; ++x)
            row[x] = above[static_cast<std::size_t>(x - begin)] =
                mask.get(x, y) ? farther(above[static_cast<std::size_t>(x - begin)]) : 0;
    }
    for (index_t y = mask.height() - 2; y >= 0; --y) {
        std::uint32_t* const row = out.row(y);
        std::uint32_t const* const below = out.row(y + 1);
        for (index_t x = begin; x < end; ++x) row[x] = std::min(row[x], farther(below[x]));
    }
}

/// The parabola of a column. It is the lowest one from `first` on, up to the `first` of the next parabola.
struct lowest_parabola {
    index_t column;
    index_t height; ///< the square of the distance along the column
    index_t first;

    index_t at(index_t x) const { return (x - column) * (x - column) + height; }
    /// The last x at which this parabola is not above one further right. It is >= 0 if this one is not above at 0.
    index_t last_below(lowest_parabola const& right) const {
        index_t const apart = right.column - column;
        return (apart * (right.column + column) + right.height - height) / (2 * apart);
    }
};

/// Replaces distances along columns by squared distances in the plane.
inline void row_distances(std::uint32_t* row, index_t width, std::vector<lowest_parabola>& envelope) {
    envelope.clear();
    for (index_t x = 0; x < width; ++x) {
        if (row[x] == no_distance) continue;
        lowest_parabola next{x, index_t{row[x]} * row[x], 0};
        while (!envelope.empty() && envelope.back().at(envelope.back().first) > next.at(envelope.back().first))
            envelope.pop_back();
        if (!envelope.empty()) next.first = envelope.back().last_below(next) + 1;
        if (next.first < width) envelope.push_back(next);
    }
    index_t end = width;
    for (; !envelope.empty(); envelope.pop_back()) {
        lowest_parabola const& lowest = envelope.back();
        for (index_t x = lowest.first; x < end; ++x)
            row[x] = static_cast<std::uint32_t>(std::min<index_t>(lowest.at(x), no_distance));
        end = lowest.first;
    }
}

template <concepts::policy Policy>
image<std::uint32_t> squared_distances(Policy const& p, bit_image const& mask) {
    check_sides("quoin::squared_distance_transform", mask.size());
    image<std::uint32_t> result(mask.size());
    auto const out = result.view();
    for_each_chunk(p, {mask.width(), 256},
                   [&](index_t begin, index_t end) { column_distances(mask, out, begin, end); });
    for_each_chunk(p, row_chunks(mask.height()), [&](index_t begin, index_t end) {
        std::vector<lowest_parabola> envelope;
        for (index_t y = begin; y < end; ++y) row_distances(out.row(y), mask.width(), envelope);
    });
    return result;
}

} // namespace detail

template <concepts::policy Policy>
image<std::uint32_t> squared_distance_transform(Policy const& p, bit_image const& mask) {
    return detail::squared_distances(detail::policy_ref::to(p), mask);
}

QUOIN_NAMESPACE_END
