// SPDX-License-Identifier: BSL-1.0
// Copies of rows with the pixels of a border beside them.
#pragma once

#include <quoin/geometry/detail/sampling.hpp>

#include <algorithm>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A line of pixels of v, channel c of the first at `to + c * plane`.
template <class View>
struct line_of_planes {
    using P = std::remove_const_t<typename View::pixel_type>;
    View v;
    channel_t<P>* to;
    index_t plane;

    constexpr void put(index_t at, P const& p) const {
        for_each_channel<P>([&](auto c) { to[at + decltype(c)::value * plane] = get_channel<decltype(c)::value>(p); });
    }
    constexpr void fill(index_t at, index_t count, P const& p) const {
        for_each_channel<P>([&](auto c) {
            std::fill_n(to + at + decltype(c)::value * plane, count, get_channel<decltype(c)::value>(p));
        });
    }
    /// Copies those of row y from column x on.
    constexpr void copy(index_t at, index_t count, index_t x, index_t y) const {
        if constexpr (is_image_view<View>) {
            constexpr int channels = channels_v<P>;
            channel_t<P> const* const from = v.row(y) + x * channels;
            if constexpr (channels == 1) {
                std::copy_n(from, count, to + at);
            } else {
                for (int c = 0; c < channels; ++c)
                    for (index_t i = 0; i < count; ++i) to[at + i + c * plane] = from[i * channels + c];
            }
        } else if constexpr (requires { v.row(0, y); }) {
            for (int c = 0; c < channels_v<P>; ++c) std::copy_n(v.row(c, y) + x, count, to + at + c * plane);
        } else {
            for (index_t i = 0; i < count; ++i) put(at + i, v.load(x + i, y));
        }
    }
};
/// The same of pixels as they lie in an image_view.
template <class Q>
struct line_of_pixels {
    using P = std::remove_const_t<Q>;
    static constexpr index_t channels = channels_v<P>;
    image_view<Q> v;
    channel_t<P>* to;

    constexpr void put(index_t at, P const& p) const {
        channel_t<P>* const first = to + at * channels;
        for_each_channel<P>([&](auto c) { first[decltype(c)::value] = get_channel<decltype(c)::value>(p); });
    }
    constexpr void fill(index_t at, index_t count, P const& p) const {
        constexpr index_t some = 32; // then copies of more and more of them
        for (index_t i = 0; i < (channels == 1 ? count : min(some, count)); ++i) put(at + i, p);
        if constexpr (channels > 1)
            for (index_t done = some; done < count; done *= 2) {
                channel_t<P>* const first = to + at * channels;
                std::copy_n(first, min(done, count - done) * channels, first + done * channels);
            }
    }
    constexpr void copy(index_t at, index_t count, index_t x, index_t y) const {
        std::copy_n(v.row(y) + x * channels, count * channels, to + at * channels);
    }
};

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
template <class Line, class View, class Border>
constexpr void put_bordered(Line const line, View const v, Border const& border, interval columns, index_t y) {
    for (index_t x = columns.begin; x < columns.end;) {
        border_run run = border_run::of(border, x, columns.end, v.width());
        if (y < 0) run = {-1, 0, columns.end - x}; // all are the constant
        index_t const at = x - columns.begin;
        if (run.step == 0) line.fill(at, run.length, pixel_or_constant(v, border, run.first, y));
        else if (run.step > 0) line.copy(at, run.length, run.first, y);
        else
            for (index_t k = 0; k < run.length; ++k) line.put(at + k, v.load(run.first - k, y));
        x += run.length;
    }
}

} // namespace detail

QUOIN_NAMESPACE_END
