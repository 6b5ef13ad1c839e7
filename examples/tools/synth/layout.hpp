// SPDX-License-Identifier: BSL-1.0
// A random chip layer as drawn: wires, corners, tees, pads and vias on a grid.
#pragma once

#include "random.hpp"

#include <algorithm>
#include <vector>

namespace examples {

/// The rectangles of the layer: disjoint, in raster order of their top-left corners. Those of one shape (an L
/// or a T) touch; different shapes are at least 3 grid steps apart, and as far from the border.
class layout {
public:
    static constexpr quoin::index_t grid = 4; ///< pixels
    static constexpr quoin::index_t gap = 3;  ///< grid steps

    layout(quoin::extent size, std::uint64_t seed)
        : random_(seed), columns_(size.width / grid), rows_(size.height / grid),
          taken_(static_cast<std::size_t>(columns_ * rows_)) {
        // Some tries for every area of an average wire: denser than that they mostly fail.
        quoin::index_t const tries = columns_ * rows_ / 40;
        for (quoin::index_t i = 0; i < tries; ++i) try_shape();
        std::sort(rectangles_.begin(), rectangles_.end(), [](quoin::rect const& a, quoin::rect const& b) {
            return a.y != b.y ? a.y < b.y : a.x < b.x;
        });
    }

    std::vector<quoin::rect> const& rectangles() const { return rectangles_; }
    quoin::index_t shapes() const { return shapes_; }

private:
    using shape = std::vector<quoin::rect>;

    void try_shape() {
        quoin::index_t const kind = random_.within(0, 9);
        if (kind < 4) try_place(wire());
        else if (kind < 6) try_place(corner());
        else if (kind < 7) try_place(tee());
        else if (kind < 8) try_place({{0, 0, random_.within(10, 24), random_.within(10, 24)}});
        else try_place({{0, 0, 4, 4}});
    }

    quoin::index_t thickness() { return random_.within(3, 6); }
    quoin::index_t length() { return random_.within(12, 60); }

    shape wire() {
        quoin::index_t const l = length(), t = thickness();
        return random_.within(0, 1) == 0 ? shape{{0, 0, l, t}} : shape{{0, 0, t, l}};
    }
    /// A horizontal bar with a vertical one under its left or right end, or over it.
    shape corner() {
        quoin::index_t const l = length(), t = thickness(), down = length(), s = thickness();
        quoin::index_t const x = random_.within(0, 1) == 0 ? 0 : l - s;
        return random_.within(0, 1) == 0 ? shape{{0, 0, l, t}, {x, t, s, down}}
                                         : shape{{x, 0, s, down}, {0, down, l, t}};
    }
    shape tee() {
        quoin::index_t const l = length(), t = thickness(), down = length(), s = thickness();
        quoin::index_t const x = random_.within(0, l - s);
        return {{0, 0, l, t}, {x, t, s, down}};
    }

    /// Moves the shape to a random place, and keeps it if nothing is near.
    void try_place(shape parts) {
        quoin::index_t right = 0, bottom = 0;
        for (quoin::rect const& p : parts) {
            right = std::max(right, p.right());
            bottom = std::max(bottom, p.bottom());
        }
        quoin::index_t const most_x = columns_ - gap - right, most_y = rows_ - gap - bottom;
        if (most_x < gap || most_y < gap) return;
        quoin::index_t const x = random_.within(gap, most_x), y = random_.within(gap, most_y);
        for (quoin::rect& p : parts) p = {p.x + x, p.y + y, p.width, p.height};
        for (quoin::rect const& p : parts)
            if (any_taken({p.x - gap, p.y - gap, p.width + 2 * gap, p.height + 2 * gap})) return;
        ++shapes_;
        for (quoin::rect const& p : parts) {
            take(p);
            rectangles_.push_back({p.x * grid, p.y * grid, p.width * grid, p.height * grid});
        }
    }

    bool any_taken(quoin::rect const& r) const {
        for (quoin::index_t y = r.y; y < r.bottom(); ++y) {
            auto const row = taken_.begin() + y * columns_;
            if (std::find(row + r.x, row + r.right(), true) != row + r.right()) return true;
        }
        return false;
    }
    void take(quoin::rect const& r) {
        for (quoin::index_t y = r.y; y < r.bottom(); ++y)
            std::fill_n(taken_.begin() + y * columns_ + r.x, r.width, true);
    }

    random_sequence random_;
    quoin::index_t columns_, rows_;
    std::vector<bool> taken_;
    std::vector<quoin::rect> rectangles_;
    quoin::index_t shapes_ = 0;
};

} // namespace examples
