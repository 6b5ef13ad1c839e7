// SPDX-License-Identifier: BSL-1.0
// The spans of polygons inside a number of rows.
#pragma once

#include <quoin/draw/detail/floor_sqrt.hpp>
#include <quoin/draw/detail/ink.hpp>

#include <span>
#include <utility>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// The edges of contours that cross rows 0 <= y < height.
class polygon_edges {
public:
    polygon_edges(index_t height, int bits) : height_(height), bits_(bits) {
        if (bits_ < 0 || bits_ > 16)
            raise("quoin::fill_polygon: ", bits_, " fraction bits are not in 0 to 16; 0 are whole pixels");
    }

    void add(std::span<point const> contour) {
        for (point const& p : contour) check_place("quoin::fill_polygon", p);
        for (std::size_t i = 0; i < contour.size(); ++i) add(contour[i], contour[i + 1 < contour.size() ? i + 1 : 0]);
    }

    /// Calls span(y, begin, end) for the pixels inside, rows from the top, each from the left.
    template <class Span>
    void spans(Span const& span) {
        std::sort(edges_.begin(), edges_.end(), [](edge const& a, edge const& b) { return a.first < b.first; });
        std::vector<edge> active;
        std::vector<index_t> columns;
        auto next = edges_.begin();
        for (index_t y = 0; y < height_; ++y) {
            if (active.empty()) {
                if (next == edges_.end()) return;
                y = next->first;
            }
            for (; next != edges_.end() && next->first == y; ++next) active.push_back(*next);
            columns.clear();
            for (edge& e : active) columns.push_back(e.column);
            std::sort(columns.begin(), columns.end());
            for (std::size_t i = 0; i + 1 < columns.size(); i += 2) span(y, columns[i], columns[i + 1]);
            std::erase_if(active, [&](edge const& e) { return e.end == y + 1; });
            for (edge& e : active) e.step();
        }
    }

private:
    /// In rows first <= y < end, the column of the first pixel whose center is not left of the edge.
    struct edge {
        index_t first, end;
        index_t column,
            remainder; // (n + d - 1) / d rounded down, where n / d is the place of the edge, and what is left
        index_t column_step, remainder_step, d;

        void step() {
            column += column_step;
            remainder += remainder_step;
            if (remainder >= d) remainder -= d, ++column;
        }
    };

    /// a / 2^bits, rounded up.
    index_t row_from(index_t a) const { return -(-a >> bits_); }

    void add(point a, point b) {
        if (a.y > b.y) std::swap(a, b);
        index_t const first = std::max(index_t{0}, row_from(a.y)), end = std::min(height_, row_from(b.y));
        if (first >= end) return;
        index_t const dx = b.x - a.x, dy = b.y - a.y, unit = index_t{1} << bits_;
        index_t const d = dy * unit;
        // The edge is at (a.x dy + (y unit - a.y) dx) / d in row y.
        wide_int const n = wide_int{a.x} * dy + wide_int{first * unit - a.y} * dx + (d - 1);
        auto const column = static_cast<index_t>(floor_quotient(n, wide_int{d}));
        index_t const step = floor_quotient(dx, dy);
        edges_.push_back(
            {first, end, column, static_cast<index_t>(n - wide_int{column} * d), step, (dx - step * dy) * unit, d});
    }

    index_t height_;
    int bits_;
    std::vector<edge> edges_;
};

} // namespace detail
QUOIN_NAMESPACE_END
