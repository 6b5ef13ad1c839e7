// SPDX-License-Identifier: BSL-1.0
// contour_mask: the mask that has these contours.
#pragma once

#include <quoin/feature/contours.hpp>

QUOIN_NAMESPACE_BEGIN

/// The mask of this extent whose borders are the contours: contour_mask(policy, contours(policy, mask, options),
/// mask.size()) is the mask, but for the mode external, where it is the mask with all holes filled. Contours may have
/// been chosen from such a list: a component without the borders of its holes is filled, and the border of a hole alone
/// gives the pixels of the hole. A pixel that lies in several is set if an odd number of contours surround it.
///
/// Consecutive points, and the last and the first one, lie in one row, one column or one diagonal. Set pixels are to
/// the left of the way from point to point, with y downwards, and the points of a component are set themselves, as
/// contours() lists them; a contour in the other direction is that of a hole, whose points are around it. To fill any
/// polygon take fill_polygon.
///
/// Cost: one access to the mask for each row that a contour passes, and a pass over the words of the mask. The order of
/// contours does not matter. Memory: the result.
/// @throws invalid_argument for a point outside of the extent, and for two consecutive points that are equal or do not
/// lie in one row, column or diagonal.
template <concepts::policy Policy>
bit_image contour_mask(Policy const& p, contour_list const& contours, extent size);

namespace detail {

/// The direction from a to b as an index of step_x, and the number of steps.
inline std::pair<int, index_t> steps_between(point a, point b) {
    index_t const dx = b.x - a.x, dy = b.y - a.y;
    index_t const count = std::max(std::abs(dx), std::abs(dy));
    bool const straight = dx == 0 || dy == 0 || std::abs(dx) == std::abs(dy);
    if (count == 0 || !straight)
        raise("quoin::contour_mask: a contour goes from (", a.x, ", ", a.y, ") to (", b.x, ", ", b.y,
              "), which is no way along a row, a column or a diagonal; give contours as contours() lists them, or use "
              "fill_polygon");
    for (int d = 0; d < 8; ++d)
        if (step_x[d] * count == dx && step_y[d] * count == dy) return {d, count};
    return {};
}

/// Inverts the bits at which runs begin or end, for all ends of runs on a contour. Other threads may invert others.
inline void invert_ends(bit_image& mask, std::span<point const> points) {
    auto const invert = [&](index_t x, index_t y) {
        if (x < mask.width()) __atomic_fetch_xor(mask.row(y) + x / 64, std::uint64_t{1} << (x % 64), __ATOMIC_RELAXED);
    };
    // Around a pixel, from the one before counterclockwise to the next one, all pixels are outside. If the one at the
    // left is among them, a run begins here, and if the one at the right is, one ends here.
    auto const pass = [&](point p, int from, int to) {
        int const outside = from == to ? 8 : (to - from) & 7;
        constexpr int right = 0, left = 4;
        if (int const at = (left - from) & 7; at > 0 && at < outside) invert(p.x, p.y);
        if (int const at = (right - from) & 7; at > 0 && at < outside) invert(p.x + 1, p.y);
    };
    if (points.empty()) return;
    if (points.size() == 1) {
        invert(points[0].x, points[0].y);
        invert(points[0].x + 1, points[0].y);
        return;
    }
    int before = steps_between(points.back(), points.front()).first;
    for (std::size_t i = 0; i < points.size(); ++i) {
        point p = points[i];
        auto const [direction, count] = steps_between(p, points[i + 1 < points.size() ? i + 1 : 0]);
        for (index_t k = 0; k < count; ++k) {
            pass(p, before ^ 4, direction);
            p = {p.x + step_x[direction], p.y + step_y[direction]};
            before = direction;
        }
    }
}

/// Each pixel becomes the parity of the bits up to it in its row.
constexpr void set_between(std::uint64_t* row, index_t words) {
    std::uint64_t before = 0;
    for (index_t i = 0; i < words; ++i) {
        std::uint64_t word = row[i];
        for (int shift = 1; shift < 64; shift *= 2) word ^= word << shift;
        row[i] = word ^ before;
        before = std::uint64_t{0} - (row[i] >> 63);
    }
}

template <concepts::policy Policy>
bit_image mask_of_contours(Policy const& p, contour_list const& contours, extent size) {
    bit_image mask(size);
    rect const inside{0, 0, size.width, size.height};
    for_each_chunk(p, {contours.size(), 16}, [&](index_t begin, index_t end) {
        for (index_t k = begin; k < end; ++k) {
            for (point const at : contours.of(k))
                if (!inside.contains(at))
                    raise("quoin::contour_mask: the point (", at.x, ", ", at.y, ") is outside of ", size.width, " x ",
                          size.height, " pixels; give the extent of the mask that the contours are of");
            invert_ends(mask, contours.of(k));
        }
    });
    for_each_chunk(p, row_chunks(size.height), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y) {
            set_between(mask.row(y), mask.words_per_row());
            if (!mask.empty()) mask.row(y)[mask.words_per_row() - 1] &= mask.last_word_mask();
        }
    });
    return mask;
}

} // namespace detail

template <concepts::policy Policy>
bit_image contour_mask(Policy const& p, contour_list const& contours, extent size) {
    return detail::mask_of_contours(detail::policy_ref::to(p), contours, size);
}

QUOIN_NAMESPACE_END
