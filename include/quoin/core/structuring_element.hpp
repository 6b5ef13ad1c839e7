// SPDX-License-Identifier: BSL-1.0
// structuring_element: the pixels around a pixel that a morphological operation looks at.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/core/geometry.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <string_view>
#include <vector>

QUOIN_NAMESPACE_BEGIN

/// A set of offsets: pixels of a box, of which one is the anchor. Offset (dx, dy) is the pixel dx columns to the right
/// of the anchor and dy rows below it. The anchor is in column width / 2 and row height / 2, as OpenCV's, unless
/// anchored() chose another pixel; it need not belong to the set. A set is never empty. It is a value; a copy costs
/// its chords.
class structuring_element {
public:
    static constexpr int most_side = 511;

    /// Neighbors of a row: the offsets (dx, dy), (dx + 1, dy) ... (dx + length - 1, dy).
    struct chord {
        int dx, dy, length;
        friend bool operator==(chord const&, chord const&) = default;
    };

    /// All pixels of the box.
    /// @throws invalid_argument unless both sides are in 1..511.
    static structuring_element rectangle(int width, int height) {
        check_box("rectangle", width, height);
        return {width, height, [](int, int) { return true; }};
    }

    /// The offsets with dx² + dy² <= radius², in a box of side 2 radius + 1: scikit-image's disk.
    /// @throws invalid_argument unless the radius is in 0..255.
    static structuring_element disc(int radius) {
        check_radius("disc", radius);
        return {2 * radius + 1, 2 * radius + 1,
                [r = radius](int x, int y) { return (x - r) * (x - r) + (y - r) * (y - r) <= r * r; }};
    }

    /// OpenCV's ellipse: with c = width / 2 and r = height / 2, both without the remainder, row dy has the offsets from
    /// -h to h that lie in the box, where h = c sqrt(r² - dy²) / r is computed in double and rounded, halves to even. A
    /// height of 1 has the anchor alone.
    /// @throws invalid_argument unless both sides are in 1..511.
    static structuring_element ellipse(int width, int height) {
        check_box("ellipse", width, height);
        int const c = width / 2, r = height / 2;
        double const inverse = r > 0 ? 1.0 / (static_cast<double>(r) * r) : 0.0;
        std::vector<int> halves;
        for (int y = 0; y < height; ++y) {
            double const h = c * std::sqrt((r * r - (y - r) * (y - r)) * inverse);
            halves.push_back(static_cast<int>(std::nearbyint(h)));
        }
        return {width, height, [&](int x, int y) {
                    return x >= c - halves[static_cast<std::size_t>(y)] && x <= c + halves[static_cast<std::size_t>(y)];
                }};
    }

    /// The offsets with dx = 0 or dy = 0, in a box of side 2 radius + 1.
    /// @throws invalid_argument unless the radius is in 0..255.
    static structuring_element cross(int radius) {
        check_radius("cross", radius);
        return {2 * radius + 1, 2 * radius + 1, [r = radius](int x, int y) { return x == r || y == r; }};
    }

    /// A line through the anchor, at an angle in degrees against the columns' direction, counterclockwise: 0 is a row,
    /// 90 a column, and 45 rises to the right. It has n = max(length max(|cos|, |sin|), 1) pixels, rounded; those of 45
    /// degrees lie further apart than those of a row. Pixel k is k - n / 2 steps from the anchor along the axis that is
    /// nearer, and its other offset is rounded, halves away from 0. An odd n makes it symmetric.
    /// @throws invalid_argument unless the length is in 1..511 and the angle in -360..360.
    static structuring_element line(int length, double angle) {
        if (length < 1 || length > most_side)
            raise_for("line", "a line of ", length, " pixels; give a length from 1 to ", most_side);
        if (!(angle >= -360 && angle <= 360))
            raise_for("line", "an angle of ", angle, " degrees; give one from -360 to 360");
        double const c = std::cos(angle * std::numbers::pi / 180), s = -std::sin(angle * std::numbers::pi / 180);
        bool const flat = std::abs(c) >= std::abs(s);
        double const slope = flat ? s / c : c / s;
        int const n = std::max(1, static_cast<int>(std::lround(length * (flat ? std::abs(c) : std::abs(s)))));
        std::vector<int> side; // the other offset of each pixel
        int most = 0;
        for (int k = 0; k < n; ++k) {
            side.push_back(static_cast<int>(std::lround((k - n / 2) * slope)));
            most = std::max(most, std::abs(side.back()));
        }
        auto const on_line = [&](int along, int beside) {
            return side[static_cast<std::size_t>(along)] == beside - most;
        };
        if (flat) return {n, 2 * most + 1, on_line};
        return {2 * most + 1, n, [&](int x, int y) { return on_line(y, x); }};
    }

    /// The pixels 1 of rows of 0 and 1 from the top, as "010/111/010".
    /// @throws invalid_argument for other text, for rows of different lengths, without a 1, and unless both sides are
    /// in 1..511.
    static structuring_element from_rows(std::string_view rows) {
        std::size_t const width = std::min(rows.find('/'), rows.size());
        std::size_t height = 1, ones = 0;
        for (std::size_t i = 0, begin = 0; i <= rows.size(); ++i) {
            if (i == rows.size() || rows[i] == '/') {
                if (i - begin != width)
                    raise_for("from_rows", "row ", height, " has ", i - begin, " pixels and the first one ", width,
                              "; give rows of the same length");
                begin = i + 1;
                height += i < rows.size();
            } else if (rows[i] == '1') {
                ++ones;
            } else if (rows[i] != '0') {
                raise_for("from_rows", "'", rows.substr(i, 1), "' in row ", height, "; give rows of 0 and 1 with /",
                          " between them");
            }
        }
        check_box("from_rows", static_cast<index_t>(width), static_cast<index_t>(height));
        if (ones == 0) raise_for("from_rows", "none of ", width * height, " pixels is 1; give at least one");
        return {static_cast<int>(width), static_cast<int>(height), [&](int x, int y) {
                    return rows[static_cast<std::size_t>(y) * (width + 1) + static_cast<std::size_t>(x)] == '1';
                }};
    }

    /// The same pixels of the box with the anchor in this column and row.
    /// @throws invalid_argument unless it lies in the box.
    structuring_element anchored(int column, int row) const {
        if (column < 0 || row < 0 || column >= width_ || row >= height_)
            raise_for("anchored", "column ", column, " and row ", row, " of a box of ", width_, " x ", height_,
                      " pixels; give a pixel of the box");
        structuring_element moved = *this;
        for (chord& c : moved.chords_) {
            c.dx += anchor_x_ - column;
            c.dy += anchor_y_ - row;
        }
        moved.anchor_x_ = column;
        moved.anchor_y_ = row;
        return moved;
    }

    /// The offsets (-dx, -dy): the box and its anchor turned by half a circle.
    structuring_element reflected() const {
        structuring_element turned = *this;
        turned.anchor_x_ = width_ - 1 - anchor_x_;
        turned.anchor_y_ = height_ - 1 - anchor_y_;
        std::size_t const n = chords_.size();
        for (std::size_t i = 0; i < n; ++i) {
            chord const& c = chords_[n - 1 - i];
            turned.chords_[i] = {1 - c.dx - c.length, -c.dy, c.length};
        }
        return turned;
    }

    int width() const { return width_; }   ///< of the box
    int height() const { return height_; } ///< of the box
    point anchor() const { return {anchor_x_, anchor_y_}; }

    /// The offsets as the longest chords, from the top, and those of a row from the left.
    std::vector<chord> const& chords() const { return chords_; }

    /// The number of offsets.
    int size() const {
        int n = 0;
        for (chord const& c : chords_) n += c.length;
        return n;
    }
    bool contains(int dx, int dy) const {
        for (chord const& c : chords_)
            if (c.dy == dy && dx >= c.dx && dx < c.dx + c.length) return true;
        return false;
    }
    /// The smallest rectangle of offsets that holds all.
    rect bounds() const {
        int left = chords_[0].dx, right = left;
        for (chord const& c : chords_) {
            left = std::min(left, c.dx);
            right = std::max(right, c.dx + c.length);
        }
        return {left, chords_.front().dy, right - left, chords_.back().dy - chords_.front().dy + 1};
    }
    /// Whether all offsets of bounds() belong to the set.
    bool is_rectangle() const { return size() == bounds().area(); }

    /// The box as text, which from_rows() reads.
    std::string to_rows() const {
        auto const w = static_cast<std::size_t>(width_), h = static_cast<std::size_t>(height_);
        std::string text((w + 1) * h - 1, '0');
        for (std::size_t y = 1; y < h; ++y) text[y * (w + 1) - 1] = '/';
        for (chord const& c : chords_)
            for (int i = 0; i < c.length; ++i)
                text[static_cast<std::size_t>(c.dy + anchor_y_) * (w + 1) +
                     static_cast<std::size_t>(c.dx + anchor_x_ + i)] = '1';
        return text;
    }

    /// Whether boxes, anchors and offsets are equal.
    friend bool operator==(structuring_element const&, structuring_element const&) = default;

private:
    template <class... Parts>
    [[noreturn]] static void raise_for(char const* maker, Parts const&... parts) {
        detail::raise("quoin::structuring_element::", maker, ": ", parts...);
    }
    static void check_box(char const* maker, index_t width, index_t height) {
        if (width < 1 || height < 1 || width > most_side || height > most_side)
            raise_for(maker, "a box of ", width, " x ", height, " pixels; give sides from 1 to ", most_side);
    }
    static void check_radius(char const* maker, int radius) {
        constexpr int most = most_side / 2;
        if (radius < 0 || radius > most) raise_for(maker, "a radius of ", radius, "; give one from 0 to ", most);
    }

    /// The pixels (x, y) of the box with has(x, y).
    template <class Has>
    structuring_element(int width, int height, Has const& has)
        : width_(width), height_(height), anchor_x_(width / 2), anchor_y_(height / 2) {
        for (int y = 0; y < height; ++y)
            for (int x = 0, end; x < width; x = end + 1) {
                for (end = x; end < width && has(end, y);) ++end;
                if (end > x) chords_.push_back({x - anchor_x_, y - anchor_y_, end - x});
            }
    }

    int width_, height_, anchor_x_, anchor_y_;
    std::vector<chord> chords_;
};

QUOIN_NAMESPACE_END
