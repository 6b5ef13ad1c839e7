// SPDX-License-Identifier: BSL-1.0
// Copies of rows with the pixels of a border beside them.
#pragma once

#include <quoin/geometry/detail/sampling.hpp>
#include <quoin/pipe/detail/pixel_line.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Coordinates from i on and before end, as a border gives them, that rise or fall by the same step.
struct border_run {
    index_t first, step, length;

    template <class Border>
    static constexpr border_run of(Border const& border, index_t i, index_t end, index_t n) {
        if (i >= 0 && i < n) return {i, 1, min(n, end) - i};
        index_t const first = coordinate_or_border(border, i, n), most = (i < 0 ? min(end, index_t{0}) : end) - i;
        bool fills = std::same_as<Border, replicate_border>;
        if constexpr (requires { border.fills(); }) fills = border.fills();
        if (first < 0 || fills) return {first, 0, most};
        // Steps of one go on to the first or the last coordinate.
        constexpr bool turns = std::same_as<Border, reflect_border> || std::same_as<Border, reflect_101_border> ||
                               std::same_as<Border, wrap_border> || requires { border.chosen(i, n); };
        index_t const step = turns && most > 1 ? coordinate_or_border(border, i + 1, n) - first : 0;
        if (step == 1) return {first, 1, min(n - first, most)};
        if (step == -1) return {first, -1, min(first + 1, most)};
        return {first, 0, 1};
    }
};

/// Writes the pixels in these columns, also outside of v, of row y, which is in v or -1 for the constant.
template <class View, class Border>
constexpr void put_bordered(pixel_line<channel_t<typename View::pixel_type>> const line, View const v,
                            Border const& border, interval columns, index_t y) {
    for (index_t x = columns.begin; x < columns.end;) {
        border_run run = border_run::of(border, x, columns.end, v.width());
        if (y < 0) run = {-1, 0, columns.end - x}; // all are the constant
        index_t const at = x - columns.begin;
        if (run.step == 0) line.fill(at, run.length, pixel_or_constant(v, border, run.first, y));
        else if (run.step > 0) line.copy(at, run.length, v, run.first, y);
        else
            for (index_t k = 0; k < run.length; ++k) line.put(at + k, v.load(run.first - k, y));
        x += run.length;
    }
}

} // namespace detail

QUOIN_NAMESPACE_END
