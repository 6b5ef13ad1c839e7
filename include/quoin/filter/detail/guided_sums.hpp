// SPDX-License-Identifier: BSL-1.0
// What guided and guided_by keep from row to row: sums over windows of pixels, and over windows of lines.
#pragma once

#include <quoin/core/image_alignment.hpp>
#include <quoin/filter/detail/tree_sums.hpp>
#include <quoin/pipe/sweep.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Sums of numbers K over squares of pixels.
template <class K>
struct guided_sums {
    std::byte* rows;      // of sums over rows
    K *columns, *windows; // the sums of the newest rows
    K* lines[4];          // of the newest row and the three before it, where these are no pixels

    /// The sums over `side` rows, of which the newest has this number.
    template <class Lanes>
    void add_lines(index_t count, int side, index_t number) const {
        K const* newest[4];
        for (int i = 0; i < 4; ++i) newest[i] = lines[(number - i) & 3];
        tree_columns<K>(rows, count, side).template add<Lanes>(number, newest, columns);
    }
};

/// Divides the memory of a sweep. Without memory it finds how much is needed.
class guided_memory {
public:
    constexpr explicit guided_memory(std::byte* memory) : memory_(memory) {}
    constexpr std::size_t size() const { return size_; }

    std::byte* bytes(std::size_t n) {
        std::byte* const at = memory_ == nullptr ? nullptr : memory_ + size_;
        size_ += (n + image_alignment - 1) / image_alignment * image_alignment;
        return at;
    }
    template <class K>
    void lines(K*& to, index_t columns, index_t count = 1) {
        to = reinterpret_cast<K*>(bytes(extreme_lines<K>::bytes(columns, count)));
    }
    /// Sums over pixels, of `windows` squares in a row.
    template <class K>
    void sums_of_pixels(guided_sums<K>& s, int side, index_t columns, index_t windows) {
        s.rows = bytes(tree_columns<K>::bytes(columns, side));
        lines(s.columns, columns);
        lines(s.windows, windows);
    }
    /// Sums over lines of sums along rows.
    template <class K>
    void sums_of_lines(guided_sums<K>& s, int side, index_t columns) {
        s.rows = bytes(tree_columns<K>::bytes(columns, side));
        lines(s.columns, columns);
        for (K*& line : s.lines) lines(line, columns);
    }

private:
    std::byte* memory_;
    std::size_t size_ = 0;
};

/// A row of slopes and offsets, before they are summed.
template <class N>
struct guided_row {
    N *slopes, *offsets, *scratch;

    void divide(guided_memory& memory, index_t columns) {
        memory.lines(scratch, columns + 1, 2);
        memory.lines(slopes, columns);
        memory.lines(offsets, columns);
    }
    /// Adds them to their sums over the squares that contain a pixel, as the line of this number.
    template <class Lanes>
    void add_to(guided_sums<N> const (&sums)[2], index_t columns, int side, index_t number) const {
        N const* const from[2] = {slopes, offsets};
        for (int i = 0; i < 2; ++i) {
            tree_sums_along<Lanes>(from[i], columns, side, scratch, sums[i].lines[number & 3]);
            sums[i].template add_lines<Lanes>(columns, side, number);
        }
    }
};

/// Calls add(dy, number) for the rows that enter the windows: the newest one, or all where the row above was not
/// computed. Rows are numbered from 0.
template <class T, class F>
void each_guided_row(row_sweep<T> const& row, int reach, index_t& number, F const& add) {
    if (!row.follows) number = -1;
    for (int newest = row.follows ? reach : -reach; newest <= reach; ++newest) add(newest, ++number);
}

} // namespace detail

QUOIN_NAMESPACE_END
