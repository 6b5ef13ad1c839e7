// SPDX-License-Identifier: BSL-1.0
// Interpolation of RGB bytes without antialiasing. It reads the two pixels of each result where they lie, where the
// engine takes whole rows apart into channels first.
#pragma once

#include <quoin/exec/line/rows.hpp>
#include <quoin/lanes/detail/pixel_pairs.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Rows of the first pass, `Columns`: sums along rows of a view, for the second pass, `Rows`.
template <class Columns, class Rows>
class linear_columns final : public line_source<std::int16_t> {
public:
    linear_columns(image_view<rgb8 const> const& in, Columns const& pass, Rows const& rows, line_memory* memory)
        : line_source(result_extent(pass, in.size())), in_(in), pass_(pass), rows_(rows), memory_(memory) {}

    void prepare(interval columns) override {
        auto const taps = pass_.taps();
        weights_.renew(memory_, 2 * (columns.end - columns.begin));
        std::int16_t* to = weights_.data();
        for (index_t x = columns.begin; x < columns.end; ++x) {
            *to++ = taps.weights_of(x)[0];
            *to++ = taps.used[x] > 1 ? taps.weights_of(x)[1] : std::int16_t{0};
        }
    }
    void fill(std::int16_t* line, index_t plane, interval columns, index_t y) override {
        pixel_pairs const pairs{pass_.taps().first + columns.begin, weights_.data(), columns.end - columns.begin,
                                (row_behind(y) - y) * in_.stride()};
        sum_pixel_pairs(in_.row(y), in_.width(), pairs, pass_.rounding().shift, line, plane);
    }

private:
    /// The row that is needed next; y if there is none. Rows come in rising order.
    index_t row_behind(index_t y) {
        auto const taps = rows_.taps();
        while (result_ < taps.size && taps.first[result_] + taps.used[result_] <= y + 1) ++result_;
        return result_ == taps.size ? y : max(y + 1, taps.first[result_]);
    }

    image_view<rgb8 const> in_;
    Columns pass_;
    Rows rows_;
    line_memory* memory_;
    index_t result_ = 0; // whose inputs are needed next
    line_array<std::int16_t> weights_;
};

/// The same as evaluate_block() of `in | columns | rows | crop(part)`. The sink takes the columns of `part`.
template <class Lanes, class Columns, class Rows, class Sink>
void evaluate_linear(image_view<rgb8 const> const& in, Columns const& columns, Rows const& rows, rect part, rect block,
                     Sink const& sink, line_memory* memory) {
    using first_pass = linear_columns<Columns, Rows>;
    using second_pass = resampled_lines<Lanes, std::int16_t, Rows>;
    owned<line_source<std::int16_t>> lines(make_in<first_pass>(memory, in, columns, rows, memory), memory);
    resampled_rows<Lanes, rgb<std::int16_t>, Rows> result(second_pass(rows, std::move(lines), 3, memory));
    index_t const left = part.x + block.x, right = part.x + block.right();
    result.prepare({left, right});
    for (index_t y = block.y; y < block.bottom(); ++y)
        put_steps<Lanes, false>(result.row(part.y + y), sink.row(y), left, right);
}

} // namespace detail

QUOIN_NAMESPACE_END
