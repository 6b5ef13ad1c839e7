// SPDX-License-Identifier: BSL-1.0
// The rows of convex hulls of pixels, in integers.
#pragma once

#include <quoin/mask/detail/u64_rows.hpp>

#include <span>
#include <vector>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// The pixels first <= x <= last of a row, none if last < first.
struct pixel_span {
    index_t first = 0;
    index_t last = -1;

    constexpr bool empty() const { return last < first; }
};

/// From the first set pixel to the last one.
constexpr pixel_span span_of(std::uint64_t const* row, index_t words) {
    index_t i = 0;
    while (i < words && row[i] == 0) ++i;
    if (i == words) return {};
    index_t j = words - 1;
    while (row[j] == 0) --j;
    return {i * 64 + std::countr_zero(row[i]), j * 64 + 63 - std::countl_zero(row[j])};
}

constexpr void write_span(std::uint64_t* row, index_t words, pixel_span span) {
    std::fill_n(row, words, std::uint64_t{0});
    if (span.empty()) return;
    for (index_t i = span.first / 64; i <= span.last / 64; ++i) row[i] = bits_in(i, span.first, span.last + 1);
}

/// A point in half pixels.
struct half_point {
    index_t x = 0;
    index_t y = 0;
};

/// The vertices of the left side of a hull. The points come from the top downwards.
class left_side {
public:
    void clear() {
        points_.clear();
        at_ = 0;
    }

    void add(half_point next) {
        if (!points_.empty() && points_.back().y == next.y) {
            if (points_.back().x <= next.x) return;
            points_.pop_back();
        }
        while (points_.size() > 1 && !bulges(points_[points_.size() - 2], points_.back(), next)) points_.pop_back();
        points_.push_back(next);
    }

    /// The first pixel of row y that is not left of this side. The rows come from the top downwards, from that of the
    /// first point to that of the last one.
    index_t first_in(index_t y) {
        while (at_ + 2 < points_.size() && points_[at_ + 1].y < 2 * y) ++at_;
        half_point const a = points_[at_], b = points_[at_ + 1 < points_.size() ? at_ + 1 : at_];
        if (a.y == b.y) return rounded_up(a.x, 2);
        return rounded_up(a.x * (b.y - a.y) + (b.x - a.x) * (2 * y - a.y), 2 * (b.y - a.y));
    }

private:
    static constexpr bool bulges(half_point a, half_point b, half_point c) {
        return (b.x - a.x) * (c.y - a.y) < (c.x - a.x) * (b.y - a.y);
    }
    static constexpr index_t rounded_up(index_t a, index_t b) { return a / b + (a % b > 0); }

    std::vector<half_point> points_;
    std::size_t at_ = 0;
};

/// Both sides of a hull, whose memory is used again.
class hull_sides {
public:
    /// Replaces each row's span by the row of the hull of all of them.
    /// The points of a pixel are its center moved by `reach` half pixels along the axes, and, with `corner`, by one
    /// half pixel along both at once.
    void fill(std::span<pixel_span> rows, index_t reach, index_t corner) {
        if (rows.size() < 2) return;
        left_.clear();
        right_.clear();
        index_t top = -1, bottom = -1;
        for (index_t y = 0; y < static_cast<index_t>(rows.size()); ++y) {
            pixel_span const row = rows[static_cast<std::size_t>(y)];
            if (row.empty()) continue;
            if (top < 0) top = y;
            bottom = y;
            for (index_t half = -reach; half <= reach; ++half) {
                index_t const out = half == 0 ? reach : corner;
                left_.add({2 * row.first - out, 2 * y + half});
                right_.add({-2 * row.last - out, 2 * y + half});
            }
        }
        if (top < 0) return;
        for (index_t y = top; y <= bottom; ++y)
            rows[static_cast<std::size_t>(y)] = {left_.first_in(y), -right_.first_in(y)};
    }

private:
    left_side left_, right_; // the right one of the pixels mirrored at column 0
};

} // namespace detail
QUOIN_NAMESPACE_END
