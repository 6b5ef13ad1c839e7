// SPDX-License-Identifier: BSL-1.0
// Rows of a gathering stage in the line engine: each is computed into a line. evaluate() puts an image before a stage
// whose input is no view.
#pragma once

#include <quoin/exec/line/line_source.hpp>
#include <quoin/pipe/detail/pixel_line.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Writes these columns of row y of a gathering stage. A stage with row() writes them itself.
template <class View, class F, class Border>
constexpr void gather_row(View const& view, F const& f, Border const& border,
                          pixel_line<channel_t<typename View::pixel_type>> const& to, interval columns, index_t y) {
    if constexpr (requires { f.row(view, border, to, columns, y); }) f.row(view, border, to, columns, y);
    else
        for (index_t x = columns.begin; x < columns.end; ++x) to.put(x - columns.begin, f.at(view, border, x, y));
}

/// Rows of f over a view.
template <class Lanes, class View, class F, class Border>
class gathered_rows {
    using P = typename View::pixel_type;
    using T = channel_t<P>;

public:
    using pixel_type = P;
    static constexpr bool keeps_lines = true, reads_in_place = false;

    constexpr gathered_rows(View const& view, F const& f, Border const& border, line_memory* memory)
        : view_(view), f_(f), border_(border), memory_(memory), size_(f.result({view.width(), view.height()})) {}
    constexpr extent size() const { return size_; }
    constexpr void prepare(interval c) {
        columns_ = c;
        plane_ = 0;
    }
    constexpr auto row(index_t y) {
        T* const to = line();
        gather(to, plane_, columns_, y);
        return line_cursor<Lanes, P>{to - columns_.begin, plane_};
    }

    static constexpr bool copies() { return true; }
    /// Without a line of its own.
    constexpr void copy(T* line, index_t plane, interval columns, index_t y) { gather(line, plane, columns, y); }

    /// Writes whole pixels to the memory of the result. Stores that bypass the caches are of whole registers, so they
    /// are made of a line.
    template <class Writer>
    constexpr void write(Writer const& to, interval columns, index_t y)
        requires std::same_as<typename Writer::pixel_type, P> && requires(T* line) { to.stream(y, line, y); }
    {
        T* const at = to.streaming ? line() : to.place(columns.begin);
        gather_row(view_, f_, border_, pixel_line<T>{at, channels_v<P>, 1}, columns, y);
        if (to.streaming) to.stream(columns.begin, at, columns.end - columns.begin);
    }

private:
    constexpr void gather(T* line, index_t plane, interval columns, index_t y) const {
        gather_row(view_, f_, border_, pixel_line<T>{line, 1, plane}, columns, y);
    }
    /// Memory for these columns, taken when it is needed first.
    constexpr T* line() {
        if (plane_ == 0) {
            plane_ = columns_.end - columns_.begin + Lanes::count; // the last step of a row may reach beyond
            line_.renew(memory_, plane_ * channels_v<P>);
        }
        return line_.data();
    }

    View view_;
    F f_;
    [[no_unique_address]] Border border_;
    line_memory* memory_;
    extent size_;
    interval columns_{};
    index_t plane_ = 0;
    line_array<T> line_;
};

} // namespace detail

QUOIN_NAMESPACE_END
