// SPDX-License-Identifier: BSL-1.0
// Stages that ask for what an engine has to give and compute next to nothing, with the same by plain loops: a wrong
// pixel in any place that they read shows.
#pragma once

#include "support/oracle.hpp"

#include <quoin/pipe/sweep.hpp>

#include <algorithm>

namespace test {

/// replicate, reflect or reflect_101, chosen while the test runs, so that a pipeline is compiled once for them; as much
/// a test that a border may have a state.
struct folding_border {
    static constexpr bool periodic = false, has_value = false;
    int which;
    char const* name() const { return which == 0 ? "replicate" : which == 1 ? "reflect" : "reflect_101"; }
    QUOIN_FN index_t operator()(index_t i, index_t n) const {
        return which == 0 ? quoin::replicate(i, n) : which == 1 ? quoin::reflect(i, n) : quoin::reflect_101(i, n);
    }
};
inline index_t outside(folding_border b, index_t i, index_t n) {
    return b.which == 0   ? outside(quoin::replicate, i, n)
           : b.which == 1 ? outside(quoin::reflect, i, n)
                          : outside(quoin::reflect_101, i, n);
}

/// f(border) for every border; five of them by three types.
template <class F>
void for_every_border(F const& f) {
    for (int which : {0, 1, 2}) f(folding_border{which});
    f(quoin::wrap);
    f(quoin::constant(77));
}
template <class Border>
std::string name_of(Border const& b) {
    if constexpr (std::is_same_v<Border, folding_border>) return b.name();
    else return Border::has_value ? "constant" : "wrap";
}

/// Of the four corners of the footprint, by one formula for numbers and lanes.
template <class V>
QUOIN_INLINE V of_corners(V const& a, V const& b, V const& c, V const& d) {
    using std::max, std::min; // of numbers; lanes have their own
    return max(min(a, b), min(c, d));
}

/// A local stage that knows its lopsided footprint at compile time.
struct lopsided_corners {
    using vectorized = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint{2, 1, 0, 1};
    QUOIN_INLINE auto operator()(auto const& w) const { return of_corners(w(-2, 0), w(1, 0), w(-2, 1), w(1, 1)); }
};

/// The same of a footprint that only the value knows.
struct corners {
    using vectorized = void;
    using channelwise = void;
    int left, right, up, down;
    quoin::footprint footprint() const { return {left, right, up, down}; }
    QUOIN_INLINE auto operator()(auto const& w) const {
        return of_corners(w(-left, -up), w(right, -up), w(-left, down), w(right, down));
    }
};

template <class P, class Border>
plain<P> cornered(plain<P> const& in, Border border, quoin::footprint r) {
    return local<quoin::channel_t<P>>(in, border, [&](auto const& at) {
        return of_corners(at(-r.left, -r.up), at(r.right, -r.up), at(-r.left, r.down), at(r.right, r.down));
    });
}

/// Sums over columns, each from the one above where that is known. T are the channels that it reads.
template <class T>
struct column_sum {
    using vectorized = void;
    using channelwise = void;
    static constexpr bool reads_above = true;
    int radius;
    quoin::footprint footprint() const { return {0, radius}; }
    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using S = std::int32_t;
        if constexpr (requires { w.above(); })
            if (w.knows_above())
                return quoin::convert<S>(w.above() + w.template at<S>(0, radius) - w.template at<S>(0, -radius - 1));
        auto sum = w.template at<S>(0, -radius);
        for (int j = 1 - radius; j <= radius; ++j) sum = quoin::convert<S>(sum + w.template at<S>(0, j));
        return sum;
    }
};

/// Sums over rows of those sums, by the sums over the whole row if it wants them. A constant stands outside the image.
template <class T>
struct row_sum {
    using vectorized = void;
    using channelwise = void;
    using row_sums = std::uint32_t;
    using outside_of = T;
    int radius;
    bool wants;
    quoin::footprint footprint() const { return {radius, 0}; }
    bool wants_row_sums() const { return wants; }
    std::int32_t outside(T value) const { return (2 * radius + 1) * std::int32_t{value}; }
    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using S = std::int32_t;
        if constexpr (requires { w.row_sum(0, 0); })
            if (wants) return quoin::convert<S>(w.row_sum(-radius, radius));
        auto sum = w.template at<S>(-radius, 0);
        for (int i = 1 - radius; i <= radius; ++i) sum = quoin::convert<S>(sum + w.template at<S>(i, 0));
        return sum;
    }
};

template <class P, class Border>
auto summed(plain<P> const& in, Border border, int radius) {
    return local<std::int32_t>(in, border, [radius](auto const& at) {
        std::int32_t sum = 0;
        for (int j = -radius; j <= radius; ++j)
            for (int i = -radius; i <= radius; ++i) sum += at(i, j);
        return sum;
    });
}

/// Sums over the columns of a window, plus its corners. A row is computed from the sums that the row above has left in
/// the memory, and from two lines, so a memory that is not that of the row above shows.
struct summed_columns {
    using vectorized = void;
    using channelwise = void;
    int left, right, up, down;
    bool wants = true;
    quoin::footprint footprint() const { return {left, right, up + 1, down}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using S = std::int32_t;
        auto sum = w.template at<S>(0, -up);
        for (int j = 1 - up; j <= down; ++j) sum = quoin::convert<S>(sum + w.template at<S>(0, j));
        return quoin::convert<S>(sum + (w.template at<S>(-left, down) - w.template at<S>(right, -up)));
    }

    bool sweeps() const { return wants; }
    template <class T>
    std::size_t sweep_size(quoin::index_t columns) const {
        return static_cast<std::size_t>(columns + 2) * sizeof(std::int32_t);
    }
    template <class Lanes, class T>
    void sweep(quoin::row_sweep<T> const& row, std::int32_t* to) const {
        auto* const sums = reinterpret_cast<std::int32_t*>(row.memory);
        for (quoin::index_t x = 0; x < row.columns; ++x) {
            if (row.follows) {
                sums[x] += std::int32_t{row.line(down)[x]} - std::int32_t{row.line(-up - 1)[x]};
            } else {
                sums[x] = 0;
                for (int j = -up; j <= down; ++j) sums[x] += std::int32_t{row.line(j)[x]};
            }
        }
        using I = typename Lanes::template type<std::int32_t>;
        for (quoin::index_t x = 0; x < row.columns; x += Lanes::count) { // reads and writes whole steps
            alignas(64) std::int32_t kept[Lanes::count] = {};
            for (quoin::index_t i = 0; i < quoin::min<quoin::index_t>(Lanes::count, row.columns - x); ++i)
                kept[i] = sums[x + i];
            I const a = Lanes::template load_as<std::int32_t>(row.line(down) + x - left);
            I const b = Lanes::template load_as<std::int32_t>(row.line(-up) + x + right);
            Lanes::store(to + x, Lanes::template load_as<std::int32_t>(kept) + (a - b));
        }
    }
};

/// A pointwise stage of all channels at once: the first becomes the last.
struct turned_channels {
    using vectorized = void;
    template <class P>
    QUOIN_INLINE P operator()(P const& p) const {
        return quoin::make_pixel<P>(
            [&](auto c) { return quoin::get_channel<(decltype(c)::value + 1) % quoin::channels_v<P>>(p); });
    }
};

} // namespace test
