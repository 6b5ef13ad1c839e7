// SPDX-License-Identifier: BSL-1.0
// Rows of a gathering stage in the line engine: each is computed into a line. evaluate() puts an image before a stage
// whose input is no view.
#pragma once

#include <quoin/exec/line/line_source.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Writes these columns of row y of a gathering stage: channel c of column x goes to line[x - columns.begin + c *
/// plane].
template <class View, class F, class Border>
constexpr void gather_row(View const& view, F const& f, Border const& border,
                          channel_t<typename View::pixel_type>* line, index_t plane, interval columns, index_t y) {
    using P = std::remove_const_t<typename View::pixel_type>;
    if constexpr (requires { f.row(view, border, line, plane, columns, y); }) {
        f.row(view, border, line, plane, columns, y);
    } else {
        for (index_t x = columns.begin; x < columns.end; ++x) {
            P const p = f.at(view, border, x, y);
            for_each_channel<P>([&](auto c) {
                line[x - columns.begin + decltype(c)::value * plane] = get_channel<decltype(c)::value>(p);
            });
        }
    }
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
        plane_ = c.end - c.begin + Lanes::count; // the last step of a row may reach beyond
        line_.renew(memory_, plane_ * channels_v<P>);
    }
    constexpr auto row(index_t y) {
        gather_row(view_, f_, border_, line_.data(), plane_, columns_, y);
        return line_cursor<Lanes, P>{line_.data() - columns_.begin, plane_};
    }

    static constexpr bool copies() { return true; }
    /// Without a line of its own.
    constexpr void copy(T* line, index_t plane, interval columns, index_t y) {
        gather_row(view_, f_, border_, line, plane, columns, y);
    }

    /// Writes whole pixels to the memory of the result. Stores that bypass the caches are of whole registers, so they
    /// are made of a line.
    template <class Writer>
    constexpr void write(Writer const& to, interval columns, index_t y)
        requires std::same_as<typename Writer::pixel_type, P> &&
                 requires(F const& f, View const& v, Border const& border, T* line) {
                     f.write(v, border, line, columns, y);
                     to.stream(y, to.streaming ? line : to.place(y), y);
                 }
    {
        T* const at = to.streaming ? line_.data() : to.place(columns.begin);
        f_.write(view_, border_, at, columns, y);
        if (to.streaming) to.stream(columns.begin, at, columns.end - columns.begin);
    }

private:
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
