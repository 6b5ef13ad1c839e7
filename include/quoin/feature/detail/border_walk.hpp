// SPDX-License-Identifier: BSL-1.0
// Walks along the borders of a mask from end to end of its runs, and writes their points.
#pragma once

#include <quoin/feature/detail/side_links.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// The steps to the eight pixels around one, in the order of OpenCV's chain codes: from the right counterclockwise.
inline constexpr std::int32_t step_x[8] = {1, 1, 0, -1, -1, -1, 0, 1};
inline constexpr std::int32_t step_y[8] = {0, -1, -1, -1, 0, 1, 1, 1};

/// Appends the points of one border: all pixels, or only those at which the direction changes.
template <bool Corners>
class border_writer {
public:
    border_writer(std::vector<point>& points, index_t x, index_t y)
        : points_(points), first_(points.size()), x_(x), y_(y) {}

    /// `count` steps in a direction.
    QUOIN_INLINE void move(int direction, index_t count) {
        if (count == 0) return;
        if constexpr (Corners) {
            if (direction != last_) points_.push_back({x_, y_});
        } else {
            for (index_t i = 0; i < count; ++i)
                points_.push_back({x_ + i * step_x[direction], y_ + i * step_y[direction]});
        }
        if (start_ < 0) start_ = direction;
        last_ = direction;
        x_ += count * step_x[direction];
        y_ += count * step_y[direction];
    }

    /// Behind the last step, which leads back to the first point. That one is no corner if the border goes straight on.
    void close() {
        if (start_ < 0) points_.push_back({x_, y_});
        else if (Corners && start_ == last_) points_.erase(points_.begin() + static_cast<std::ptrdiff_t>(first_));
    }

private:
    std::vector<point>& points_;
    std::size_t first_;
    index_t x_, y_;
    int start_ = -1;
    int last_ = -1;
};

/// Walks from side `start` of row y until it is there again. visit(side) is called for each side on the way. Clears the
/// links.
template <bool Corners, class Visit>
void walk_border(run_list const& runs, side_links& links, index_t start, index_t y, std::vector<point>& points,
                 Visit const& visit) {
    enum { right, up_right, up, up_left, left, down_left, down, down_right };
    // The column of a left side is that of its first pixel; that of a right side is the one behind the last pixel.
    auto const column = [&](index_t side) -> index_t {
        pixel_run const& run = runs.all[static_cast<std::size_t>(side / 2)];
        return side % 2 == 0 ? run.begin : run.end;
    };
    index_t side = start, x = column(start);
    border_writer<Corners> out(points, x - start % 2, y);
    do {
        std::int32_t const link = std::exchange(links[static_cast<std::size_t>(side)], 0);
        visit(side);
        bool const going_down = side % 2 == 0;
        side += link;
        index_t const next = column(side);
        if (going_down) {
            if (link == 1) {
                out.move(right, next - 1 - x);
            } else if (link == -1) { // over the run below to the one before
                out.move(down_left, 1);
                out.move(left, x - 1 - next);
                out.move(up_left, 1);
            } else if (next < x) {
                out.move(down_left, 1);
                out.move(left, x - 1 - next);
            } else if (next == x) {
                out.move(down, 1);
            } else {
                out.move(right, next - 1 - x);
                out.move(down_right, 1);
            }
        } else {
            if (link == -1) {
                out.move(left, x - 1 - next);
            } else if (link == 1) { // over the run above to the one behind
                out.move(up_right, 1);
                out.move(right, next - 1 - x);
                out.move(down_right, 1);
            } else if (next > x) {
                out.move(up_right, 1);
                out.move(right, next - 1 - x);
            } else if (next == x) {
                out.move(up, 1);
            } else {
                out.move(left, x - 1 - next);
                out.move(up_left, 1);
            }
        }
        x = next;
    } while (side != start);
    out.close();
}

} // namespace detail
QUOIN_NAMESPACE_END
