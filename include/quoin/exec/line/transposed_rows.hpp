// SPDX-License-Identifier: BSL-1.0
// Rows of a transposed image in the line engine. A band of rows of the result is a band of columns of the input, which
// is computed as a whole and kept.
#pragma once

#include <quoin/exec/line/line_ring.hpp>
#include <quoin/exec/line/source_rows.hpp>
#include <quoin/lanes/detail/transposed_pixels.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A band of the result: up to `side` rows, each channel of a row by itself. It is transposed in squares of `side`
/// pixels. The lines of the input come from a line_source. If they are rows in place, whole squares read them there.
template <class Lanes, class T>
class transposed_band {
public:
    static constexpr index_t side = tuning::transposed_rows;
    static_assert(side % Lanes::count == 0 && side % Lanes::template transposed_columns<T> == 0);

    constexpr transposed_band(rect region, bool mirrors_columns, bool mirrors_rows, int channels,
                              rows_in_place<T> in_place, line_memory* memory)
        : region_(region), mirrors_columns_(mirrors_columns), mirrors_rows_(mirrors_rows), channels_(channels),
          in_place_(in_place), from_(memory) {}

    constexpr extent size() const { return {region_.height, region_.width}; }
    constexpr index_t plane() const { return plane_; } ///< the distance from one channel of a row to the next

    /// Takes memory for these columns of the result.
    constexpr void prepare(interval columns) {
        constexpr index_t line = 64 / sizeof(T);
        columns_ = columns;
        plane_ = (columns.end - columns.begin + side + line - 1) / line * line;
        pitch_ = plane_ * channels_;
        if (pitch_ / line % 2 == 0) pitch_ += line; // or some of the rows would compete for few sets of a cache
        rows_.renew(from_, pitch_ * side);
        square_.renew(from_, side * side * channels_);
        held_ = {0, 0};
    }

    /// Row y of the result: pixel x of channel c is at [x + c * plane()]. Bands begin and end at multiples of `side`
    /// columns of the input, except at the first row that is asked for.
    constexpr T const* row(index_t y, line_source<T>& lines) {
        index_t const column = mirrors_columns_ ? region_.right() - 1 - y : region_.x + y;
        if (column < held_.begin || column >= held_.end) {
            bool const none = held_.begin == held_.end, falls = none ? mirrors_columns_ : column < held_.begin;
            index_t const begin = column / side * side;
            held_ = falls ? interval{max(begin, region_.x), column + 1}
                          : interval{column, min(begin + side, region_.right())};
            lines.prepare(held_);
            fill(lines);
        }
        return rows_.data() + (column - held_.begin) * pitch_ - columns_.begin;
    }

private:
    /// The rows of the input rise from square to square.
    QUOIN_NOINLINE constexpr void fill(line_source<T>& lines) {
        index_t const width = columns_.end - columns_.begin, squares = (width + side - 1) / side;
        for (index_t i = 0; i < squares; ++i) {
            index_t const x = (mirrors_rows_ ? squares - 1 - i : i) * side, count = min(side, width - x);
            index_t const first =
                mirrors_rows_ ? region_.bottom() - columns_.begin - x - count : region_.y + columns_.begin + x;
            if (in_place_.origin && count == side && held_.end - held_.begin == side) {
                prefetch(first + side);
                T const* const from = in_place_.row(mirrors_rows_ ? first + side - 1 : first) + held_.begin;
                index_t const stride = mirrors_rows_ ? -in_place_.stride : in_place_.stride;
                transpose(from, stride, rows_.data() + x, side);
            } else {
                for (index_t r = 0; r < count; ++r)
                    lines.fill(square_.data() + (mirrors_rows_ ? count - 1 - r : r) * side, side * side, held_,
                               first + r);
                for (int c = 0; c < channels_; ++c)
                    transpose(square_.data() + c * side * side, side, rows_.data() + x + c * plane_, count);
            }
        }
    }

    /// Rows of a square lie so far apart that the processor does not foresee the next square.
    constexpr void prefetch(index_t y) const {
        if (std::is_constant_evaluated() || Lanes::count == 1) return;
        for (index_t r = 0; r < side && y + r < region_.bottom(); ++r)
            for (index_t c = 0; c < side; c += 64 / index_t{sizeof(T)})
                __builtin_prefetch(in_place_.row(y + r) + held_.begin + c, 0, first_level);
    }

    /// Transposes the columns of the band in this number of rows, rounded up to whole blocks.
    constexpr void transpose(T const* from, index_t stride, T* to, index_t rows) const {
        constexpr index_t columns = Lanes::template transposed_columns<T>;
        for (index_t c = 0; c < held_.end - held_.begin; c += columns)
            for (index_t r = 0; r < rows; r += Lanes::count)
                Lanes::transpose(from + r * stride + c, stride, to + c * pitch_ + r, pitch_);
    }

    rect region_;
    bool mirrors_columns_, mirrors_rows_;
    int channels_;
    rows_in_place<T> in_place_;
    interval columns_{};
    interval held_{}; // columns of the input
    index_t plane_ = 0, pitch_ = 0;
    line_memory* from_;
    line_array<T> rows_;   // of the band
    line_array<T> square_; // of the input
};

/// The transposed rows of Upstream.
template <class Lanes, class Upstream>
class transposed_rows {
    using P = typename Upstream::pixel_type;

public:
    using pixel_type = P;
    static constexpr bool keeps_lines = true;
    static constexpr bool reads_in_place = false;

    constexpr transposed_rows(Upstream&& upstream, rect region, bool mirrors_columns, bool mirrors_rows,
                              rows_in_place<channel_t<P>> in_place, line_memory* memory)
        : lines_(as_lines<Lanes>(std::move(upstream), memory)),
          band_(region, mirrors_columns, mirrors_rows, channels_v<P>, in_place, memory) {}
    constexpr extent size() const { return band_.size(); }
    constexpr void prepare(interval c) { band_.prepare(c); }
    constexpr auto row(index_t y) { return line_cursor<Lanes, P>{band_.row(y, *lines_), band_.plane()}; }

private:
    owned<line_source<channel_t<P>>> lines_;
    transposed_band<Lanes, channel_t<P>> band_;
};

/// The transposed rows of an image_view whose pixels are moved as they lie there. A band of `side` rows of the result
/// is kept.
template <class Lanes, class P>
class transposed_view_rows {
    using T = channel_t<P>;
    static constexpr index_t side = tuning::transposed_rows, channels = channels_v<P>;
    static constexpr index_t block = 4; // pixels that are transposed together

public:
    using pixel_type = P;
    static constexpr bool keeps_lines = true, reads_in_place = false;

    constexpr transposed_view_rows(image_view<P const> const& view, bool mirrors_columns, bool mirrors_rows,
                                   line_memory* memory)
        : view_(view), mirrors_columns_(mirrors_columns), mirrors_rows_(mirrors_rows), memory_(memory) {}

    constexpr extent size() const { return {view_.height(), view_.width()}; }
    constexpr void prepare(interval columns) {
        constexpr index_t line = 64 / sizeof(T);
        columns_ = columns;
        index_t const most = (columns.end - columns.begin + side) * channels + Lanes::count * channels;
        pitch_ = (most + line - 1) / line * line;
        if (pitch_ / line % 2 == 0) pitch_ += line; // or some of the rows would compete for few sets of a cache
        rows_.renew(memory_, pitch_ * side);
        held_ = {0, 0};
    }
    constexpr auto row(index_t y) { return whole_cursor<Lanes, P>{band_row(y) - columns_.begin * channels, 0}; }

    /// Writes whole pixels to the memory of the result.
    template <class Writer>
    constexpr void write(Writer const& to, interval columns, index_t y)
        requires std::same_as<typename Writer::pixel_type, P> && requires(T* line) { to.stream(y, line, y); }
    {
        T const* const from = band_row(y) + (columns.begin - columns_.begin) * channels;
        index_t const count = columns.end - columns.begin;
        if (to.streaming) to.stream(columns.begin, from, count);
        else std::copy_n(from, count * channels, to.place(columns.begin));
    }

private:
    constexpr T const* band_row(index_t y) {
        index_t const column = mirrors_columns_ ? view_.width() - 1 - y : y;
        if (column < held_.begin || column >= held_.end) {
            bool const none = held_.begin == held_.end, falls = none ? mirrors_columns_ : column < held_.begin;
            index_t const begin = column / side * side;
            held_ = falls ? interval{begin, column + 1} : interval{column, min(begin + side, view_.width())};
            fill();
        }
        return rows_.data() + (column - held_.begin) * pitch_;
    }
    /// The row of the input that is column x of the result.
    constexpr index_t row_of(index_t x) const { return mirrors_rows_ ? view_.height() - 1 - x : x; }

    /// The rows of the input rise from square to square.
    QUOIN_NOINLINE constexpr void fill() {
        index_t const width = columns_.end - columns_.begin, squares = (width + side - 1) / side;
        for (index_t i = 0; i < squares; ++i) {
            index_t const x = (mirrors_rows_ ? squares - 1 - i : i) * side, count = min(side, width - x);
            T* const to = rows_.data() + x * channels;
            index_t done_columns = 0, done_rows = 0;
            if (!std::is_constant_evaluated()) {
                done_columns = (held_.end - held_.begin) / block * block;
                done_rows = count / block * block;
                index_t const stride = mirrors_rows_ ? -view_.stride() : view_.stride();
                // Four bytes behind a block are read where the view has them, and written where the next ones are
                // written later.
                index_t const wide_end = min(done_columns, view_.width() - held_.begin - block - 1);
                for (index_t r = 0; r < done_rows; r += block) {
                    prefetch(columns_.begin + x + r + (mirrors_rows_ ? -side : side));
                    T const* const from = view_.row(row_of(columns_.begin + x + r)) + held_.begin * channels;
                    T* const first = to + r * channels;
                    index_t c = 0;
                    if (r + block < count)
                        for (; c < wide_end; c += block)
                            transpose_pixels<true>(from + c * channels, stride, first + c * pitch_, pitch_);
                    for (; c < done_columns; c += block)
                        transpose_pixels<false>(from + c * channels, stride, first + c * pitch_, pitch_);
                }
            }
            for (index_t c = 0; c < held_.end - held_.begin; ++c)
                for (index_t r = c < done_columns ? done_rows : 0; r < count; ++r)
                    for (int k = 0; k < channels; ++k)
                        to[c * pitch_ + r * channels + k] =
                            view_.row(row_of(columns_.begin + x + r))[(held_.begin + c) * channels + k];
        }
    }

    /// Rows of a square lie so far apart that the processor does not foresee the next square.
    void prefetch(index_t x) const {
        index_t const y = row_of(x);
        if (min(y, row_of(x + block - 1)) < 0 || max(y, row_of(x + block - 1)) >= view_.height()) return;
        for (index_t r = 0; r < block; ++r)
            for (index_t i = 0; i < (held_.end - held_.begin) * channels; i += 64 / index_t{sizeof(T)})
                __builtin_prefetch(view_.row(row_of(x + r)) + held_.begin * channels + i, 0, second_level);
    }

    image_view<P const> view_;
    bool mirrors_columns_, mirrors_rows_;
    interval columns_{};
    interval held_{}; // columns of the input
    index_t pitch_ = 0;
    line_memory* memory_;
    line_array<T> rows_; // of the band
};

/// Whether transposed_view_rows has such rows.
template <class Lanes, class Rows>
inline constexpr bool moves_pixels = [] {
    using P = typename Rows::pixel_type;
    if constexpr (has_parts<Rows>) return Lanes::count > 1 && transposes_pixels<channel_t<P>, channels_v<P>>;
    else return false;
}();

/// The same for lines: pixels of several channels T.
template <class Lanes, class T>
class transposed_lines final : public line_source<T> {
public:
    transposed_lines(owned<line_source<T>> upstream, rect region, bool mirrors_columns, bool mirrors_rows, int channels,
                     rows_in_place<T> in_place, line_memory* memory)
        : line_source<T>({region.height, region.width}), upstream_(std::move(upstream)),
          band_(region, mirrors_columns, mirrors_rows, channels, in_place, memory), channels_(channels) {}

    void prepare(interval columns) override { band_.prepare(columns); }
    void fill(T* line, index_t plane, interval columns, index_t y) override {
        T const* const from = band_.row(y, *upstream_);
        for (int c = 0; c < channels_; ++c)
            store_steps<Lanes, T, false>(line_cursor<Lanes, T>{from + c * band_.plane(), 0},
                                         line + c * plane - columns.begin, 0, columns.begin, columns.end);
    }

private:
    owned<line_source<T>> upstream_;
    transposed_band<Lanes, T> band_;
    int channels_;
};

} // namespace detail

QUOIN_NAMESPACE_END
