// SPDX-License-Identifier: BSL-1.0
// Points, extents and rectangles on the pixel grid, with signed 64-bit coordinates and half-open ranges.
#pragma once

#include <quoin/config.hpp>

#include <cstdint>

QUOIN_NAMESPACE_BEGIN

/// The type of every coordinate, size and count. It is signed, so that differences are safe, and has 64 bits.
using index_t = std::int64_t;

/// The pixel in column x of row y.
struct point {
    index_t x = 0;
    index_t y = 0;
    friend QUOIN_FN bool operator==(point const&, point const&) = default;
};

/// The coordinates begin <= i < end of an axis.
struct interval {
    index_t begin = 0;
    index_t end = 0;
    friend QUOIN_FN bool operator==(interval const&, interval const&) = default;
};

/// A size in pixels.
struct extent {
    index_t width = 0;
    index_t height = 0;

    QUOIN_FN index_t area() const { return width * height; }
    QUOIN_FN bool empty() const { return width <= 0 || height <= 0; }
    friend QUOIN_FN bool operator==(extent const&, extent const&) = default;
};

/// The pixels with x <= column < x + width and y <= row < y + height.
struct rect {
    index_t x = 0;
    index_t y = 0;
    index_t width = 0;
    index_t height = 0;

    QUOIN_FN index_t right() const { return x + width; }   ///< the first column after the rectangle
    QUOIN_FN index_t bottom() const { return y + height; } ///< the first row after the rectangle
    QUOIN_FN index_t area() const { return width * height; }
    QUOIN_FN bool empty() const { return width <= 0 || height <= 0; }
    QUOIN_FN extent size() const { return {width, height}; }
    QUOIN_FN bool contains(point p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
    QUOIN_FN bool contains(rect r) const {
        return r.x >= x && r.right() <= right() && r.y >= y && r.bottom() <= bottom();
    }
    friend QUOIN_FN bool operator==(rect const&, rect const&) = default;
};

/// The pixels in both rectangles. It is an empty rectangle if there are none.
QUOIN_FN rect intersect(rect a, rect b) {
    index_t const x0 = a.x > b.x ? a.x : b.x;
    index_t const y0 = a.y > b.y ? a.y : b.y;
    index_t const x1 = a.right() < b.right() ? a.right() : b.right();
    index_t const y1 = a.bottom() < b.bottom() ? a.bottom() : b.bottom();
    return x1 > x0 && y1 > y0 ? rect{x0, y0, x1 - x0, y1 - y0} : rect{x0, y0, 0, 0};
}

QUOIN_NAMESPACE_END
