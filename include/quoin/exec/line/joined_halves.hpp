// SPDX-License-Identifier: BSL-1.0
// Both passes that halve an image of 16 bits or of floats as one: the means of four pixels.
#pragma once

#include <quoin/core/image_alignment.hpp>
#include <quoin/exec/line/line_source.hpp>
#include <quoin/lanes/detail/halving_taps.hpp>

#include <concepts>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The passes are joined where both have two inputs for each result, two apart, with the same weight 1 or 1/2. Sums of
/// integers are exact in any type. A sum of floats in double is rounded alike with any power of two as a weight. So
/// both areas and linear interpolation are (a + b + c + d) / 4 of two pixels of a row and the two below.
template <class Lanes, class T>
class joined_halves {
    static constexpr index_t step = Lanes::count;

public:
    /// Takes memory for these columns of the result, and returns whether the passes are joined. The second one divides
    /// by `whole`.
    bool prepare(number_columns const& columns, tap_table<double> const& rows, double whole, interval results,
                 int channels, line_memory* memory) {
        pass_ = columns;
        if constexpr (std::same_as<T, float>) input_lines_ = columns.floats;
        else input_lines_ = columns.shorts;
        active_ = input_lines_ && halves(columns.weights, results) * halves(rows, {0, rows.size}) * 4 == whole;
        if (!active_) return false;
        results_ = results;
        channels_ = channels;
        input_rows_ = rows.input;
        input_ = {2 * results.begin, 2 * results.end};
        input_lines_->prepare(input_);
        plane_ = aligned(input_.end - input_.begin + 2 * step);
        result_plane_ = aligned(results.end - results.begin + step);
        lines_.renew(memory, 2 * plane_ * channels);
        result_.renew(memory, result_plane_ * channels);
        return true;
    }
    bool active() const { return active_; }

    /// Computes row y of the result. The observer sees that as a line of pass `pass`.
    void move_to(index_t y, row_observer* observer, int pass) {
        T const* const a = row(2 * y, lines_.data());
        T const* const b = row(2 * y + 1, lines_.data() + plane_ * channels_);
        observed_row const seen(observer, pass);
        for (int c = 0; c < channels_; ++c)
            halve(a + c * plane_, b + c * plane_, later(2 * y + 2), later(2 * y + 3),
                  result_.data() + c * result_plane_, results_.end - results_.begin);
    }
    /// The line of a channel. Column x of the result is at [x].
    T const* line(int channel) const {
        return active_ ? result_.data() + channel * result_plane_ - results_.begin : nullptr;
    }

private:
    static constexpr index_t aligned(index_t count) {
        constexpr index_t align = static_cast<index_t>(image_alignment / sizeof(T));
        return (count + align - 1) / align * align;
    }

    /// The weight of both inputs of each of these results, if they halve; else 0.
    static double halves(tap_table<double> const& table, interval results) {
        halving_sums<double> const all(table, results);
        double const w = all.weights[0];
        bool const good = all.used == 2 && all.from == 0 && w == all.weights[1] && (w == 1 || w == 0.5) &&
                          all.results.begin == results.begin && all.results.end == results.end;
        return good ? w : 0;
    }

    /// The first input of row y: where it lies, if it is a line there, or in `line`.
    T const* row(index_t y, T* line) const {
        if (channels_ == 1 && results_.end - results_.begin >= step) {
            memory_read const read = input_lines_->memory(input_, y);
            if (read.is_line) return static_cast<T const*>(read.data);
        }
        observed_row const seen(pass_.observer, pass_.pass);
        input_lines_->fill(line, plane_, input_, y);
        return line;
    }
    /// A row that is read later where it lies.
    T const* later(index_t y) const {
        if (channels_ > 1 || y >= input_rows_) return nullptr;
        return static_cast<T const*>(input_lines_->memory(input_, y).data);
    }

    static QUOIN_NOINLINE void halve(T const* a, T const* b, T const* next_a, T const* next_b, T* to, index_t count) {
        index_t x = 0;
        for (; x + step <= count; x += step) {
            for (index_t i = 0; next_a && next_b && i < 2 * step; i += 64 / index_t{sizeof(T)}) {
                __builtin_prefetch(next_a + 2 * x + i, 0, second_level);
                __builtin_prefetch(next_b + 2 * x + i, 0, second_level);
            }
            Lanes::store(to + x, Lanes::means_of_four(a + 2 * x, b + 2 * x));
        }
        // The last step overlaps the one before, or is a part of the only one.
        if (x < count) {
            x = max<index_t>(count - step, 0);
            Lanes::store(to + x, Lanes::means_of_four(a + 2 * x, b + 2 * x));
        }
    }

    number_columns pass_{};
    line_source<T>* input_lines_ = nullptr;
    bool active_ = false;
    int channels_ = 0;
    index_t input_rows_ = 0;
    interval results_{}, input_{};
    index_t plane_ = 0, result_plane_ = 0;
    line_array<T> lines_;  // two rows of the input
    line_array<T> result_; // a row
};

} // namespace detail

QUOIN_NAMESPACE_END
