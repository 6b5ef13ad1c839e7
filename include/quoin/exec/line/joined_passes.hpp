// SPDX-License-Identifier: BSL-1.0
// Both passes of a resampling of bytes as one: first down columns, where a register holds most bytes, then along rows.
#pragma once

#include <quoin/core/image_alignment.hpp>
#include <quoin/exec/line/halved_colors.hpp>
#include <quoin/exec/line/line_source.hpp>
#include <quoin/lanes/scalar_lanes.hpp>

#include <bit>
#include <cstring>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Where the passes are not joined.
struct passes_apart {
    static constexpr std::nullptr_t line(int) { return nullptr; }
};

/// The passes are joined if that gives the same bytes: no sum of the first pass is rounded or saturated, and the
/// weights of both are small whole numbers times powers of two. Then the order does not matter. This holds for means of
/// areas with small fractions, for halving by linear interpolation, and for levels of pyramids.
template <class Lanes>
class joined_passes {
    using sums_type = typename Lanes::template tap_sums<std::int16_t, std::int16_t>;
    using sums_of_bytes = byte_sums<Lanes>;
    using colors = halved_colors<Lanes>;
    static constexpr index_t step = Lanes::count;
    // Sums down columns are those of byte_sum, whose factors are signed bytes.
    static constexpr std::int64_t most_down = 127, most_along = 32767;

public:
    /// Takes memory for these columns of the result, and returns whether the passes are joined. The first pass gives
    /// values up to most_between. The second divides by `whole`.
    template <class Weight>
    bool prepare(byte_columns const& columns, std::int64_t most_between, tap_table<Weight> const& rows, double whole,
                 interval results, int channels, line_memory* memory) {
        pass_ = columns;
        auto const prepared = [&](auto const& along) {
            return divide(along, most_between, rows, whole) && (take_weights(along, memory), true);
        };
        active_ = columns.input && rows.size <= rows.input &&
                  (columns.split_weights.size > 0 ? prepared(columns.split_weights) : prepared(columns.weights));
        if (!active_) return false;
        results_ = results;
        channels_ = channels;
        input_rows_ = rows.input;
        input_ = taps_.input_of(results);
        pass_.input->prepare(input_);
        sums_ = sums_type(taps_);
        choose_order(rows);
        if (order_ == order::down_first) {
            table_.renew(memory, sums_.bytes(results) / static_cast<index_t>(sizeof(aligned_bytes)));
            sums_.arrange(taps_, results, reinterpret_cast<std::byte*>(table_.data()));
        }
        index_t const inputs = input_.end - input_.begin;
        plane_ = aligned(inputs + 2 * step);
        result_plane_ = aligned(results.end - results.begin + step);
        bool const along = order_ == order::along_first;
        lines_.renew(memory, max((along ? 1 : rows.count) * plane_ * channels, along ? colors::kept : 0));
        between_.renew(memory, along ? max(rows.count * result_plane_ * channels, colors::kept)
                                     : aligned(inputs + sums_.slack() + step));
        result_.renew(memory, result_plane_ * channels);
        held_.renew(memory, rows.count);
        window_.renew(memory, (rows.count + 1) * channels);
        sums_of_.renew(memory, rows.count);
        factors_.renew(memory, rows.count + 1);
        for (index_t i = 0; i < rows.count; ++i) held_.data()[i] = -1;
        return true;
    }
    bool active() const { return active_; }

    /// Computes row y of the result. The observer sees that as a line of pass `pass`.
    template <class Weight>
    void move_to(index_t y, tap_table<Weight> const& rows, row_observer* observer, int pass) {
        int const used = rows.used[y];
        index_t const first = rows.first[y], inputs = input_.end - input_.begin, count = results_.end - results_.begin;
        int* const factors = factors_.data();
        for (int k = 0; k < used; ++k) {
            factors[k] = static_cast<int>(number(rows.weights_of(y)[k]) >> rows_shift_);
            if (order_ == order::along_first) sum_row(first + k, k, rows.count, observer, pass);
            else take_row(first + k, k, rows.count);
        }
        factors[used] = 0;
        if (order_ == order::along_first) {
            for (int c = 0; c < channels_; ++c)
                sums_of_bytes::divide_rows(sums_of_.data(), c * result_plane_, factors, used, quotient_.shift(),
                                           result_.data() + c * result_plane_, count);
            return;
        }
        later_rows const later = channels_ == 1 && y + 1 < rows.size
                                     ? ahead(first + used, rows.first[y + 1] + rows.used[y + 1])
                                     : later_rows{};
        observed_row const seen(observer, pass);
        for (int c = 0; c < channels_; ++c) {
            std::uint8_t const** const lines = window_.data() + c * (rows.count + 1);
            std::uint8_t* const to = result_.data() + c * result_plane_;
            if (order_ == order::at_once && used == 2) {
                sums_of_bytes::halve(lines[0], lines[1], later, to, count);
            } else {
                lines[used] = lines[0]; // for a last line without a partner
                sums_of_bytes::add_rows(lines, later, factors, used, between_.data(), inputs);
                divide_sums(to, count);
            }
        }
    }
    /// Computes these columns of row y of the result as pixels, if rows of pixels of three or four bytes are halved.
    /// Returns those, which lie in `to`, or if that is null in lines of this object; null if there is no way.
    template <class Weight>
    std::uint8_t const* pixels(index_t y, tap_table<Weight> const& rows, interval columns, std::uint8_t* to,
                               row_observer* observer, int pass) {
        if (!to) to = result_.data();
        if (order_ == order::along_first && channels_ == 3) return colors_of_row(y, rows, to, observer, pass);
        if (order_ != order::at_once || channels_ != 4 || rows.used[y] != 2) return nullptr;
        interval const in = taps_.input_of(columns);
        memory_read const a = pass_.input->memory(in, rows.first[y]), b = pass_.input->memory(in, rows.first[y] + 1);
        if (!a.is_view || !b.is_view) return nullptr;
        observed_row const seen(observer, pass);
        auto const* const from = static_cast<std::uint8_t const*>(a.data);
        auto const* const below = static_cast<std::uint8_t const*>(b.data);
        Lanes::halve_pixels(from, below, 2 * (below - from), to, columns.end - columns.begin);
        return to;
    }
    /// The line of a channel. Column x of the result is at [x].
    std::uint8_t const* line(int channel) const {
        return active_ ? result_.data() + channel * result_plane_ - results_.begin : nullptr;
    }

private:
    struct alignas(image_alignment) aligned_bytes {
        std::byte bytes[image_alignment];
    };
    static constexpr index_t aligned(index_t count) {
        constexpr index_t align = static_cast<index_t>(image_alignment);
        return (count + align - 1) / align * align;
    }

    static std::int64_t number(std::int16_t w) { return w; }
    static std::int64_t number(split_weight const& w) { return w.value(); }
    static std::int64_t number(double w) {
        auto const n = static_cast<std::int32_t>(w); // doubles are lengths of fewer than 2^31 parts
        return static_cast<double>(n) == w ? n : -1;
    }

    /// The powers of two that all weights have in common, and the largest sum of a result's weights without them.
    struct common {
        int shift = -1; // negative if the weights do not meet the conditions
        std::int64_t sum = 0;
    };
    template <class Weight>
    static common common_of(tap_table<Weight> const& table, int least_shift, std::int64_t most_sum) {
        std::int64_t any = 0, most = 0;
        auto const bytes = static_cast<std::size_t>(table.count) * sizeof(Weight);
        for (index_t i = 0; i < table.size; ++i) {
            if (i > 0 && std::memcmp(table.weights_of(i), table.weights_of(i - 1), bytes) == 0) continue;
            std::int64_t sum = 0;
            for (int k = 0; k < table.used[i]; ++k) {
                std::int64_t const n = number(table.weights_of(i)[k]);
                if (n < 0) return {};
                any |= n;
                sum += n;
            }
            most = max(most, sum);
            int const shift = std::countr_zero(static_cast<std::uint64_t>(any));
            if (any == 0 || shift < least_shift || most >> shift > most_sum) return {};
        }
        int const shift = std::countr_zero(static_cast<std::uint64_t>(any));
        return {shift, most >> shift};
    }
    template <class Along, class Down>
    bool divide(tap_table<Along> const& columns, std::int64_t most_between, tap_table<Down> const& rows, double whole) {
        common const down = common_of(rows, 0, most_down);
        if (down.shift < 0) return false;
        common const along = common_of(columns, pass_.shift, most_along);
        if (along.shift < 0 || 255 * (along.sum << (along.shift - pass_.shift)) > most_between) return false;
        columns_shift_ = along.shift;
        along_sum_ = along.sum;
        rows_shift_ = down.shift;
        whole_ = whole / static_cast<double>(std::int64_t{1} << (along.shift - pass_.shift + down.shift));
        quotient_ = byte_quotient(whole_);
        // Sums fit 32 bits.
        return whole_ == static_cast<double>(static_cast<std::int64_t>(whole_)) &&
               static_cast<double>(along.sum * down.sum) <= whole_;
    }
    template <class Weight>
    void take_weights(tap_table<Weight> const& columns, line_memory* memory) {
        weights_.renew(memory, columns.size * columns.count);
        for (index_t i = 0; i < columns.size; ++i)
            for (int k = 0; k < columns.used[i]; ++k)
                weights_.data()[i * columns.count + k] =
                    static_cast<std::int16_t>(number(columns.weights_of(i)[k]) >> columns_shift_);
        taps_ = {columns.size, columns.input, columns.count, columns.step,
                 false,        columns.first, columns.used,  weights_.data()};
    }

    /// What is done first. `at_once` halves by the mean of four bytes. `along_first` is for other weights that halve a
    /// row, if the sums of both passes fit 16 bits.
    enum class order { down_first, along_first, at_once };

    template <class Weight>
    void choose_order(tap_table<Weight> const& rows) {
        order_ = order::down_first;
        halving_ = halving_taps(taps_, results_);
        // A step reads whole pairs.
        pairs_ = (taps_.count + 1) / 2;
        while (halving_.results.end > halving_.results.begin &&
               2 * (halving_.results.end - 1) + halving_.from + 2 * pairs_ > input_.end)
            --halving_.results.end;
        bool const all = halving_.results.begin == results_.begin && halving_.results.end == results_.end;
        if (all && taps_.count == 2 && halving_.weights[0] == 1 && halving_.weights[1] == 1 && rows.count == 2 &&
            whole_ == 4) {
            order_ = order::at_once;
            for (index_t y = 0; y < rows.size; ++y)
                if (rows.used[y] != 2) order_ = order::down_first;
        } else if (2 * (halving_.results.end - halving_.results.begin) > results_.end - results_.begin &&
                   quotient_.by_shift() && 255.5 * whole_ < 65536 && along_sum_ <= most_down) {
            order_ = order::along_first;
        }
    }

    template <class Weight>
    std::uint8_t const* colors_of_row(index_t y, tap_table<Weight> const& rows, std::uint8_t* to,
                                      row_observer* observer, int pass) {
        if (results_.end - results_.begin < colors::least) return nullptr;
        int const used = rows.used[y];
        index_t const first = rows.first[y];
        std::uint8_t const** const lines = window_.data();
        int* const factors = factors_.data();
        for (int k = 0; k < used; ++k) {
            memory_read const read = pass_.input->memory(input_, first + k);
            if (!read.is_view) return nullptr;
            lines[k] = static_cast<std::uint8_t const*>(read.data) - 3 * input_.begin;
            factors[k] = static_cast<int>(number(rows.weights_of(y)[k]) >> rows_shift_);
        }
        lines[used] = lines[0];
        factors[used] = 0;
        later_rows later = y + 1 < rows.size ? ahead(first + used, rows.first[y + 1] + rows.used[y + 1]) : later_rows{};
        for (int k = 0; k < later.count; ++k) later.at[k] -= 3 * input_.begin;
        observed_row const seen(observer, pass);
        colors::write({lines, lines + rows.count + 1, factors, used}, later, taps_, halving_, results_,
                      quotient_.shift(), between_.data(), lines_.data(), to);
        return to;
    }

    /// Row `row` of the input becomes sums along the row, which are line k of the window.
    void sum_row(index_t row, int k, int count, row_observer* observer, int pass) {
        index_t const at = row % count;
        std::int16_t* const to = between_.data() + at * result_plane_ * channels_;
        sums_of_.data()[k] = to;
        if (held_.data()[at] == row) return;
        held_.data()[at] = row;
        std::uint8_t const* from = place(row);
        if (!from) {
            observed_row const seen(pass_.observer, pass_.pass);
            pass_.input->fill(lines_.data(), plane_, input_, row);
            from = lines_.data();
        }
        observed_row const seen(observer, pass);
        for (int c = 0; c < channels_; ++c)
            sum_pairs(from + c * plane_ - input_.begin, ahead(row + 2, row + 3, c, channels_),
                      to + c * result_plane_ - results_.begin);
    }

    void sum_pairs(std::uint8_t const* line, later_rows const& later, std::int16_t* to) const {
        interval const inside = halving_.results;
        auto const one_by_one = [&](index_t x, index_t end) {
            for (; x < end; ++x)
                to[x] = static_cast<std::int16_t>(tap_sum(line + taps_.first[x], taps_.weights_of(x), taps_.used[x]));
        };
        index_t const count = inside.end - inside.begin;
        if (count < step) return one_by_one(results_.begin, results_.end);
        one_by_one(results_.begin, inside.begin);
        one_by_one(inside.end, results_.end);
        std::uint8_t const* const from = line + 2 * inside.begin + halving_.from;
        sums_of_bytes::sum_pairs(from, halving_, pairs_, later, to + inside.begin, count);
    }

    /// Row `row` of the input, where it lies, if it is a line there.
    std::uint8_t const* place(index_t row) const {
        memory_read const read = pass_.input->memory(input_, row);
        return channels_ == 1 && read.is_line ? static_cast<std::uint8_t const*>(read.data) : nullptr;
    }

    /// Part `part` of `parts` of these rows.
    later_rows ahead(index_t begin, index_t end, int part = 0, int parts = 1) const {
        later_rows rows{};
        for (; begin < min(end, input_rows_) && rows.count < later_rows::most; ++begin) {
            memory_read const read = pass_.input->memory(input_, begin);
            if (!read.data) break;
            rows.bytes = read.bytes / parts;
            rows.at[rows.count++] = static_cast<std::uint8_t const*>(read.data) + rows.bytes * part;
        }
        return rows;
    }

    /// Row `row` of the input becomes line k of the window.
    void take_row(index_t row, int k, int count) {
        std::uint8_t const** const lines = window_.data() + k;
        if (channels_ == 1 && input_.end - input_.begin >= 2 * step) {
            lines[0] = place(row);
            if (lines[0]) return;
        }
        index_t const at = row % count;
        std::uint8_t* const line = lines_.data() + at * plane_ * channels_;
        for (int c = 0; c < channels_; ++c) lines[c * (count + 1)] = line + c * plane_;
        if (held_.data()[at] == row) return;
        observed_row const seen(pass_.observer, pass_.pass);
        pass_.input->fill(line, plane_, input_, row);
        held_.data()[at] = row;
    }

    QUOIN_NOINLINE void divide_sums(std::uint8_t* to, index_t count) const {
        std::int16_t const* const line = between_.data() - input_.begin;
        index_t const begin = results_.begin;
        sums_type const sums = sums_;
        quotient_.template write<Lanes>([&](index_t i) QUOIN_LAMBDA_INLINE { return sums(line, begin + i); }, to,
                                        count);
    }

    byte_columns pass_{};
    bool active_ = false;
    order order_ = order::down_first;
    halving_taps halving_;
    index_t input_rows_ = 0;
    int pairs_ = 0; // of weights of a result, rounded up
    int columns_shift_ = 0, rows_shift_ = 0, channels_ = 0;
    std::int64_t along_sum_ = 0; // the largest sum of a result's weights along rows
    double whole_ = 1;
    byte_quotient quotient_;
    interval results_{}, input_{};
    index_t plane_ = 0, result_plane_ = 0;
    tap_table<std::int16_t> taps_;
    sums_type sums_;
    line_array<std::int16_t> weights_;
    line_array<aligned_bytes> table_;
    line_array<std::uint8_t> lines_;          // of the input
    line_array<std::int16_t> between_;        // sums of one channel down columns, or of rows along rows
    line_array<std::int16_t const*> sums_of_; // the sums of the current row
    line_array<std::uint8_t> result_;         // a row
    line_array<index_t> held_;                // the row in each line
    line_array<std::uint8_t const*> window_;  // the lines of the current row
    line_array<int> factors_;
};

} // namespace detail

QUOIN_NAMESPACE_END
