// SPDX-License-Identifier: BSL-1.0
// The spans of lines inside an extent.
#pragma once

#include <quoin/draw/detail/floor_sqrt.hpp>

#include <algorithm>
#include <utility>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// The smallest i of begin <= i < end with holds(i), and end if there is none. Where it holds, it holds for all larger
/// i.
template <class Holds>
index_t first_where(index_t begin, index_t end, Holds const& holds) {
    while (begin < end) {
        index_t const middle = begin + (end - begin) / 2;
        if (holds(middle)) end = middle;
        else begin = middle + 1;
    }
    return begin;
}

/// Calls pixel(u, v) for each u of a line along the axis u from (a, b) to (a + length, b + rise), |rise| <= length. v
/// is floor(b + (u - a) rise / length + 1/2). Only pixels with 0 <= u < u_size and 0 <= v < v_size are looked at.
template <class Pixel>
void walk(index_t a, index_t b, index_t length, index_t rise, index_t u_size, index_t v_size, Pixel const& pixel) {
    index_t const d = 2 * std::max(length, index_t{1});
    auto const numerator = [&](index_t u) { return 2 * wide_int{u - a} * rise + d / 2; };
    auto const v_at = [&](index_t u) { return b + static_cast<index_t>(floor_quotient(numerator(u), wide_int{d})); };
    index_t begin = std::max(a, index_t{0}), end = std::min(a + length + 1, u_size);
    if (rise >= 0) {
        begin = first_where(begin, end, [&](index_t u) { return v_at(u) >= 0; });
        end = first_where(begin, end, [&](index_t u) { return v_at(u) >= v_size; });
    } else {
        begin = first_where(begin, end, [&](index_t u) { return v_at(u) < v_size; });
        end = first_where(begin, end, [&](index_t u) { return v_at(u) < 0; });
    }
    if (begin >= end) return;
    index_t v = v_at(begin);
    auto remainder = static_cast<index_t>(numerator(begin) - wide_int{v - b} * d);
    for (index_t u = begin; u < end; ++u) {
        pixel(u, v);
        remainder += 2 * rise;
        if (remainder >= d) remainder -= d, ++v;
        else if (remainder < 0) remainder += d, --v;
    }
}

/// The pixels of a line that is one pixel thick.
template <class Span>
void thin_line(extent size, point a, point b, Span&& span) {
    if (std::abs(b.x - a.x) >= std::abs(b.y - a.y)) {
        if (b.x < a.x) std::swap(a, b);
        index_t begin = 0, end = 0, row = 0; // pixels side by side are one span
        walk(a.x, a.y, b.x - a.x, b.y - a.y, size.width, size.height, [&](index_t x, index_t y) {
            if (end == begin || y != row) {
                if (end > begin) span(row, begin, end);
                begin = x;
                row = y;
            }
            end = x + 1;
        });
        if (end > begin) span(row, begin, end);
    } else {
        if (b.y < a.y) std::swap(a, b);
        walk(a.y, a.x, b.y - a.y, b.x - a.x, size.height, size.width, [&](index_t y, index_t x) { span(y, x, x + 1); });
    }
}

inline constexpr index_t no_column = index_t{1} << 40; // beyond all columns

/// The whole numbers least <= u <= most.
template <class I>
struct whole_range {
    I least, most;
};

/// The u with low <= k u <= high, of those in `all`.
template <class I>
whole_range<I> multiples_between(whole_range<I> all, I k, I low, I high) {
    if (k == 0) return low <= 0 && 0 <= high ? all : whole_range<I>{1, 0};
    if (k < 0) return multiples_between<I>(all, -k, -high, -low);
    return {std::max(all.least, -floor_quotient<I>(-low, k)), std::min(all.most, floor_quotient<I>(high, k))};
}

/// The pixels whose centers are within thickness / 2 of the segment from a to b. In each row they are a span, since the
/// places so near to a segment are convex. I holds products of two sides of the line.
template <class I, class Span>
void thick_line_of(extent size, point a, point b, index_t thickness, Span&& span) {
    I const dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy; // the square of the length
    // The distance from the line is |dx v - dy u| / sqrt(length).
    I const reach = static_cast<I>(wide_floor_sqrt(wide_int{thickness} * thickness * length) / 2);
    index_t const half = thickness / 2;
    index_t const end = std::min(size.height, std::max(a.y, b.y) + half + 1);
    for (index_t y = std::max(index_t{0}, std::min(a.y, b.y) - half); y < end; ++y) {
        index_t least = no_column, most = -no_column;
        for (point const& p : {a, b}) {
            index_t const n = thickness * thickness - 4 * (y - p.y) * (y - p.y);
            if (std::abs(y - p.y) > half || n < 0) continue;
            index_t const columns = floor_sqrt(n) / 2;
            least = std::min(least, p.x - columns);
            most = std::max(most, p.x + columns);
        }
        if (length > 0) {
            I const v = y - a.y;
            whole_range<I> u{-no_column, no_column};
            u = multiples_between<I>(u, dy, dx * v - reach, dx * v + reach);
            u = multiples_between<I>(u, dx, -dy * v, length - dy * v);
            if (u.least <= u.most) {
                least = std::min(least, static_cast<index_t>(u.least) + a.x);
                most = std::max(most, static_cast<index_t>(u.most) + a.x);
            }
        }
        if (least <= most) span(y, least, most + 1);
    }
}

template <class Span>
void thick_line(extent size, point a, point b, index_t thickness, Span&& span) {
    index_t const longest = std::max(std::abs(b.x - a.x), std::abs(b.y - a.y));
    // Divisions of 64 bits are several times as fast.
    if (longest < index_t{1} << 29) thick_line_of<index_t>(size, a, b, thickness, span);
    else thick_line_of<wide_int>(size, a, b, thickness, span);
}

template <class Span>
void line_spans(extent size, point a, point b, index_t thickness, Span&& span) {
    if (size.empty()) return;
    if (thickness == 1) thin_line(size, a, b, span);
    else thick_line(size, a, b, thickness, span);
}

} // namespace detail
QUOIN_NAMESPACE_END
