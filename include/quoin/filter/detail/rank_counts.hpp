// SPDX-License-Identifier: BSL-1.0
// The value of a rank in square windows of bytes, by histograms of columns.
#pragma once

#include <quoin/lanes/detail/sixteen_counts.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Rows of the value of a rank in windows of `side` x `side` bytes (Perreault and Hébert, "Median Filtering in Constant
/// Time", IEEE Transactions on Image Processing 16, 2007). Each column has the running counts of the high digits of its
/// `side` bytes, and for each high digit those of the low digits. Running counts are added like counts, and the place
/// of a rank is found by one comparison of a register. A byte holds a count, since the side is at most 255.
class rank_counts {
public:
    /// The bytes of memory for `columns` results.
    static constexpr index_t bytes(index_t columns, int side) { return (columns + side - 1) * (17 * 16 + 1); }

    /// `memory` is that of bytes(columns, side), which keeps the counts from row to row.
    rank_counts(std::uint8_t* memory, index_t columns, int side)
        : columns_(columns), inputs_(columns + side - 1), side_(side), high_(memory), low_(memory + inputs_ * 16),
          gone_(low_ + inputs_ * 256) {}

    /// The next row of values of this rank, from 0. lines[j] is row j of the windows, whose first one begins at `left`.
    /// `follows`: the memory is as the row above has left it.
    void row(std::uint8_t const* const* lines, index_t left, int rank, bool follows, std::uint8_t* out) {
        if (follows) {
            replace(lines[side_ - 1] + left);
        } else {
            __builtin_memset(high_, 0, static_cast<std::size_t>(inputs_ * (17 * 16)));
            for (int j = 0; j < side_; ++j) count(lines[j] + left);
        }
        find(rank, out);
        __builtin_memcpy(gone_, lines[0] + left, static_cast<std::size_t>(inputs_));
    }

private:
    std::uint8_t* low(int high, index_t x) const { return low_ + (high * inputs_ + x) * 16; }

    QUOIN_NOINLINE void count(std::uint8_t const* line) {
        for (index_t x = 0; x < inputs_; ++x) {
            count_digit(high_ + x * 16, line[x] >> 4);
            count_digit(low(line[x] >> 4, x), line[x] & 15);
        }
    }
    /// Counts a line in place of the one that is gone.
    QUOIN_NOINLINE void replace(std::uint8_t const* line) {
        for (index_t x = 0; x < inputs_; ++x) {
            int const value = line[x], gone = gone_[x];
            replace_digit(high_ + x * 16, gone >> 4, value >> 4);
            discount_digit(low(gone >> 4, x), gone & 15);
            count_digit(low(value >> 4, x), value & 15);
        }
    }
    QUOIN_NOINLINE void find(int rank, std::uint8_t* out) const {
        sixteen_counts high, lows[16];
        index_t next[16]; // the window for which a digit's sums are
        for (auto& x : next) x = -2 * side_;
        for (int i = 0; i < side_ - 1; ++i) high.add(high_ + i * 16);
        for (index_t x = 0; x < columns_; ++x) {
            high.add(high_ + (x + side_ - 1) * 16);
            int const digit = high.first_above(rank);
            int const rest = rank - high.before(digit);
            high.subtract(high_ + x * 16);
            sixteen_counts sums = lows[digit];
            index_t at = next[digit];
            if (2 * (x - at) > side_) {
                sums = {};
                for (int i = 0; i < side_; ++i) sums.add(low(digit, x + i));
            } else {
                std::uint8_t const* const p = low(digit, 0);
                for (; at < x; ++at) {
                    sums.add(p + (at + side_) * 16);
                    sums.subtract(p + at * 16);
                }
            }
            next[digit] = x;
            lows[digit] = sums;
            out[x] = static_cast<std::uint8_t>(digit * 16 + sums.first_above(rest));
        }
    }

    index_t columns_, inputs_;
    int side_;
    std::uint8_t *high_, *low_, *gone_; // the line that the windows have left
};

} // namespace detail

QUOIN_NAMESPACE_END
