// SPDX-License-Identifier: BSL-1.0
// The sums over the pixels of a component.
#pragma once

#include <quoin/core/geometry.hpp>

#include <cstdint>
#include <cstring>
#include <limits>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Sums over boxes of pixels, in any order. They are exact while twice the sum of the columns, or of the rows, is below
/// 2^63. This holds for any component of fewer than 2^31 pixels, and for one of 2^20 x 2^20.
struct component_sums {
    index_t area = 0;
    index_t twice_x = 0; // twice the sum of the columns
    index_t twice_y = 0;
    index_t component = 0; // the index of the component
    // The left and the upper side are stored as `last` minus the coordinate, followed by the right and the lower side.
    // So all four are combined by the maximum.
    std::int32_t reach[4] = {};

    static constexpr std::int32_t last = std::numeric_limits<std::int32_t>::max();

    /// Adds the pixels x0 <= x < x1, y0 <= y < y1.
    void add_box(std::int32_t x0, std::int32_t y0, std::int32_t x1, std::int32_t y1) {
        index_t const pixels = (index_t{x1} - x0) * (index_t{y1} - y0);
        add({pixels, pixels * (index_t{x0} + x1 - 1), pixels * (index_t{y0} + y1 - 1), 0,
             {last - x0, last - y0, x1, y1}});
    }
    /// Adds other sums. The index of the component does not change.
    void add(component_sums const& other) {
        area += other.area;
        twice_x += other.twice_x;
        twice_y += other.twice_y;
        extend(other.reach);
    }
    void extend(std::int32_t const* other) {
        // Compilers make one instruction of a loop in some places and sixteen in others.
        typedef std::int32_t sides __attribute__((vector_size(16)));
        sides mine, theirs;
        std::memcpy(&mine, reach, sizeof mine);
        std::memcpy(&theirs, other, sizeof theirs);
        mine = mine > theirs ? mine : theirs;
        std::memcpy(reach, &mine, sizeof mine);
    }
    constexpr rect box() const {
        index_t const left = last - reach[0];
        index_t const top = last - reach[1];
        return {left, top, reach[2] - left, reach[3] - top};
    }
};

/// The sums of the 16 boxes begin[k] <= x < end[k], top <= y < bottom[k], for add_to. A box that is not added may have
/// any numbers. The fixed count lets compilers vectorize the loops.
class sums_of_boxes {
public:
    static constexpr int count = 16;

    sums_of_boxes(std::int32_t const* begin, std::int32_t const* end, std::int32_t const* bottom, std::int32_t top) {
        // The arithmetic is unsigned, because numbers that are no box may overflow.
        auto const wide = [](std::int32_t i) { return static_cast<std::uint64_t>(index_t{i}); };
        for (int k = 0; k < count; ++k) {
            area_[k] = (wide(end[k]) - wide(begin[k])) * (wide(bottom[k]) - wide(top));
            twice_x_[k] = area_[k] * (wide(begin[k]) + wide(end[k]) - 1);
            twice_y_[k] = area_[k] * (wide(top) + wide(bottom[k]) - 1);
        }
        for (int k = 0; k < count; ++k) {
            reach_[k][0] = static_cast<std::int32_t>(std::uint32_t{component_sums::last} -
                                                     static_cast<std::uint32_t>(begin[k]));
            reach_[k][1] = component_sums::last - top;
            reach_[k][2] = end[k];
            reach_[k][3] = bottom[k];
        }
    }
    void add_to(component_sums& sums, int k) const {
        sums.area += static_cast<index_t>(area_[k]);
        sums.twice_x += static_cast<index_t>(twice_x_[k]);
        sums.twice_y += static_cast<index_t>(twice_y_[k]);
        sums.extend(reach_[k]);
    }

private:
    std::uint64_t area_[count];
    std::uint64_t twice_x_[count];
    std::uint64_t twice_y_[count];
    std::int32_t reach_[count][4];
};

} // namespace detail
QUOIN_NAMESPACE_END
