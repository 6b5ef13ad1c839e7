// SPDX-License-Identifier: BSL-1.0
// rectangles: converts the walls through a mask to a list of rectangles in raster order.
#pragma once

#include <quoin/label/components.hpp>

QUOIN_NAMESPACE_BEGIN

/// A rectangle of set pixels and the index of its connected component.
struct labeled_rect {
    rect box;
    index_t component = 0;
    friend bool operator==(labeled_rect const&, labeled_rect const&) = default;
};

/// Cuts along pixel sides. Bit x of row y of `horizontal` separates pixel (x, y) from the one above it. The same bit of
/// `vertical` separates it from the one to its left. An empty member means that there are no such cuts.
struct walls {
    bit_image horizontal;
    bit_image vertical;
};

/// The parts into which the walls cut the mask, in raster order of their top-left corners. Each part must be a
/// rectangle. The rectangles are disjoint and cover exactly the set pixels. `map` holds the components of the same
/// mask. Cost: two passes over the words of the masks, one to count and one to write, and one step for each row of each
/// rectangle.
template <concepts::policy Policy>
std::vector<labeled_rect> rectangles(Policy const& p, bit_image const& mask, walls const& cuts,
                                     component_map const& map);

namespace detail {

/// The rows that decide where rectangles begin and end. Missing walls, and the row above the mask, are zeros.
class wall_rows {
public:
    wall_rows(bit_image const& mask, walls const& cuts, index_t y)
        : row_(mask.row(y)), above_(y > 0 ? mask.row(y - 1) : nullptr),
          horizontal_(cuts.horizontal.empty() ? nullptr : cuts.horizontal.row(y)),
          vertical_(cuts.vertical.empty() ? nullptr : cuts.vertical.row(y)), words_(mask.words_per_row()) {}

    /// The pixels of word i whose upper side is a wall or the boundary of the mask.
    std::uint64_t top(index_t i) const {
        return row_[i] & ((above_ ? ~above_[i] : ~std::uint64_t{0}) | (horizontal_ ? horizontal_[i] : 0));
    }
    /// The pixels whose left side is one, too.
    std::uint64_t corners(index_t i) const { return top(i) & (~from_left(row_, i) | (vertical_ ? vertical_[i] : 0)); }

    /// The column where the rectangle that starts in column x ends.
    index_t end(index_t x) const {
        index_t i = x / 64;
        // Column x itself may have a wall on its left; only later columns end the rectangle.
        std::uint64_t found = stops(i) & ~std::uint64_t{1} << (x % 64);
        while (found == 0 && ++i < words_) found = stops(i);
        return i < words_ ? i * 64 + std::countr_zero(found) : words_ * 64;
    }

private:
    std::uint64_t stops(index_t i) const { return ~row_[i] | (vertical_ ? vertical_[i] : 0); }

    std::uint64_t const* row_;
    std::uint64_t const* above_;
    std::uint64_t const* horizontal_;
    std::uint64_t const* vertical_;
    index_t words_;
};

template <concepts::policy Policy>
std::vector<labeled_rect> cut_rectangles(Policy const& p, bit_image const& mask, walls const& cuts,
                                         component_map const& map) {
    index_t const words = mask.words_per_row();
    std::vector<index_t> first(static_cast<std::size_t>(mask.height()));
    for_each_chunk(p, row_chunks(mask.height()), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y) {
            wall_rows const rows(mask, cuts, y);
            for (index_t i = 0; i < words; ++i) first[y] += std::popcount(rows.corners(i));
        }
    });
    std::vector<labeled_rect> result(static_cast<std::size_t>(exclusive_scan(first)));
    for_each_chunk(p, row_chunks(mask.height()), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y) {
            wall_rows const rows(mask, cuts, y);
            labeled_rect* out = result.data() + first[y];
            index_t id = map.runs.first[y];
            for (index_t i = 0; i < words; ++i)
                for_each_bit(rows.corners(i), i, [&](index_t x) {
                    while (map.runs.all[id].end <= x) ++id;
                    index_t bottom = y + 1;
                    while (bottom < mask.height() && mask.get(x, bottom) &&
                           (cuts.horizontal.empty() || !cuts.horizontal.get(x, bottom)))
                        ++bottom;
                    *out++ = {rect{x, y, rows.end(x) - x, bottom - y}, map.label[id]};
                });
        }
    });
    return result;
}

} // namespace detail

template <concepts::policy Policy>
std::vector<labeled_rect> rectangles(Policy const& p, bit_image const& mask, walls const& cuts,
                                     component_map const& map) {
    return detail::cut_rectangles(detail::policy_ref::to(p), mask, cuts, map);
}

QUOIN_NAMESPACE_END
