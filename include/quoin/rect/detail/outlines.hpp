// SPDX-License-Identifier: BSL-1.0
// The outlines of a mask: closed paths along pixel sides.
#pragma once

#include <quoin/mask/runs.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// A corner of four pixels: column x lies to the right of it, and row y below it.
struct grid_point {
    std::int32_t x;
    std::int32_t y;
};

/// All outlines of a mask: of its components, and of their holes. An outline is a sequence of corners, which horizontal
/// and vertical sides join in turn. The last corner is joined to the first, and the side behind the first corner is
/// horizontal. Set pixels lie on the right of the path. If two set pixels touch only at a corner, each has its own
/// outline there.
struct outline_list {
    std::vector<grid_point> points;
    std::vector<index_t> first{0}; ///< outline i has the points first[i] <= j < first[i + 1]

    index_t size() const { return static_cast<index_t>(first.size()) - 1; }
    std::span<grid_point const> operator[](index_t i) const {
        return {points.data() + first[i], static_cast<std::size_t>(first[i + 1] - first[i])};
    }
};

/// The horizontal sides of a mask, by grid lines from the top, then by columns.
struct side_list {
    std::vector<pixel_run> all;
    std::vector<std::uint8_t> set_below; ///< for each side, whether the set pixels lie below it
    std::vector<index_t> first;          ///< height + 2 ids: the first side of each grid line; line y lies above row y
};

template <concepts::policy Policy>
side_list horizontal_sides(Policy const& p, bit_image const& mask) {
    side_list result;
    index_t const words = mask.words_per_row();
    std::vector<std::uint64_t> const nothing(static_cast<std::size_t>(words));
    chunks const lines = row_chunks(mask.height() + 1);
    // Calls f(side, whether it is set below) for the sides of a grid line, in order.
    auto const visit = [&](index_t y, auto const& f) {
        std::uint64_t const* const above = y > 0 ? mask.row(y - 1) : nothing.data();
        std::uint64_t const* const below = y < mask.height() ? mask.row(y) : nothing.data();
        pixel_run open{-1, 0};
        bool side_below = false;
        auto const close = [&](index_t x) {
            open.end = static_cast<std::int32_t>(x);
            if (open.begin >= 0) f(open, side_below);
            open.begin = -1;
        };
        std::uint64_t up = 0;
        std::uint64_t down = 0;
        for (index_t i = 0; i < words; ++i) {
            std::uint64_t const up_here = above[i] & ~below[i];
            std::uint64_t const down_here = below[i] & ~above[i];
            std::uint64_t const change =
                (up_here ^ (up_here << 1 | up >> 63)) | (down_here ^ (down_here << 1 | down >> 63));
            for_each_bit(change, i, [&](index_t x) {
                close(x);
                if (((up_here | down_here) >> (x % 64) & 1) == 0) return;
                open.begin = static_cast<std::int32_t>(x);
                side_below = (down_here >> (x % 64) & 1) != 0;
            });
            up = up_here;
            down = down_here;
        }
        close(mask.width());
    };
    result.first.resize(static_cast<std::size_t>(mask.height() + 2));
    for_each_chunk(p, lines, [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y) visit(y, [&](pixel_run, bool) { ++result.first[y]; });
    });
    auto const count = static_cast<std::size_t>(exclusive_scan(result.first));
    result.all.resize(count);
    result.set_below.resize(count);
    for_each_chunk(p, lines, [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y) {
            index_t id = result.first[y];
            visit(y, [&](pixel_run side, bool below) {
                result.all[id] = side;
                result.set_below[id++] = below;
            });
        }
    });
    return result;
}

/// The outlines in the order of their first sides. Cost: two passes over the words of the mask, and a few steps for
/// each corner.
template <concepts::policy Policy>
outline_list outlines(Policy const& p, bit_image const& mask) {
    side_list const sides = horizontal_sides(p, mask);
    auto const count = static_cast<index_t>(sides.all.size());

    // End 2 * i is the left end of side i, and 2 * i + 1 its right end. In each column, vertical sides join the ends in
    // pairs. Of two ends at one point, the end of the pixel above comes first.
    std::vector<index_t> place(static_cast<std::size_t>(mask.width() + 1));
    for (pixel_run const& side : sides.all) {
        ++place[side.begin];
        ++place[side.end];
    }
    exclusive_scan(place);
    std::vector<index_t> column(static_cast<std::size_t>(2 * count));
    std::vector<std::int32_t> line(static_cast<std::size_t>(count));
    for (index_t y = 0; y <= mask.height(); ++y)
        for (index_t id = sides.first[y]; id < sides.first[y + 1]; ++id) {
            line[id] = static_cast<std::int32_t>(y);
            // If this side meets the one before it, the right end of that one is stored already.
            bool const meets = id > sides.first[y] && sides.all[id - 1].end == sides.all[id].begin;
            index_t const left = place[sides.all[id].begin]++;
            column[left] = 2 * id;
            if (meets && sides.set_below[id] == 0) std::swap(column[left], column[left - 1]);
            column[place[sides.all[id].end]++] = 2 * id + 1;
        }
    std::vector<index_t> partner(column.size());
    for (std::size_t i = 0; i + 1 < column.size(); i += 2) {
        partner[column[i]] = column[i + 1];
        partner[column[i + 1]] = column[i];
    }

    outline_list result;
    result.points.reserve(column.size());
    std::vector<std::uint8_t> seen(static_cast<std::size_t>(count));
    for (index_t start = 0; start < count; ++start) {
        if (seen[start] != 0) continue;
        for (index_t id = start; seen[id] == 0;) {
            seen[id] = 1;
            pixel_run const side = sides.all[id];
            bool const right = sides.set_below[id] != 0;
            result.points.push_back({right ? side.begin : side.end, line[id]});
            result.points.push_back({right ? side.end : side.begin, line[id]});
            id = partner[2 * id + (right ? 1 : 0)] / 2;
        }
        result.first.push_back(static_cast<index_t>(result.points.size()));
    }
    return result;
}

} // namespace detail
QUOIN_NAMESPACE_END
