// SPDX-License-Identifier: BSL-1.0
// squared_distance_transform: how far each set pixel of a mask is from the nearest unset one.
#pragma once

#include <quoin/image/image.hpp>
#include <quoin/mask/detail/u64_rows.hpp>

QUOIN_NAMESPACE_BEGIN

/// What squared_distance_transform gives where the mask has no unset pixel at all.
inline constexpr std::uint32_t no_distance = std::numeric_limits<std::uint32_t>::max();

/// The squared Euclidean distance, exact, from the center of each pixel to that of the nearest unset one:
///     result(x, y) = min over all unset (u, v) of (x - u)^2 + (y - v)^2,
/// 0 for unset pixels. Pixels outside the image are not unset. Squares that do not fit 32 bits, of distances of 65,536
/// pixels and more, become no_distance, as does everything where no pixel is unset.
/// Two passes, the distance along the column and then the lower envelope of a parabola for each column along the row
/// (A. Meijster, J. Roerdink, W. Hesselink, "A general algorithm for computing distance transforms in linear time",
/// 2000). Time proportional to the pixels; memory: the result and two numbers a column for each thread.
/// @throws invalid_argument for a mask with a side above 2^31 - 1 pixels.
template <concepts::policy Policy>
image<std::uint32_t> squared_distance_transform(Policy const& p, bit_image const& mask);

namespace detail {

/// Replaces what is in the columns [begin, end) by the distance to the nearest unset pixel of the column.
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

/// The parabola of a column that is the lowest from `first` on, up to where the next one's begins.
struct lowest_parabola {
    index_t column;
    index_t height; ///< square of the distance along the column
    index_t first;

    index_t at(index_t x) const { return (x - column) * (x - column) + height; }
    /// The last x at which this one is no higher than one further right; 0 or more where it is no higher at 0.
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

} // namespace detail

template <concepts::policy Policy>
image<std::uint32_t> squared_distance_transform(Policy const& p, bit_image const& mask) {
    detail::check_sides("quoin::squared_distance_transform", mask.size());
    image<std::uint32_t> result(mask.size());
    auto const out = result.view();
    for_each_chunk(p, {mask.width(), 256},
                   [&](index_t begin, index_t end) { detail::column_distances(mask, out, begin, end); });
    for_each_chunk(p, detail::row_chunks(mask.height()), [&](index_t begin, index_t end) {
        std::vector<detail::lowest_parabola> envelope;
        for (index_t y = begin; y < end; ++y) detail::row_distances(out.row(y), mask.width(), envelope);
    });
    return result;
}

QUOIN_NAMESPACE_END
