// SPDX-License-Identifier: BSL-1.0
// The least and the greatest values of rectangles.
#pragma once

#include <quoin/core/tuning.hpp>
#include <quoin/filter/detail/ordered_bits.hpp>
#include <quoin/lanes/arithmetic.hpp>
#include <quoin/pipe/sweep.hpp>

#include <limits>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Integers in whose order the channels T are compared. Those of floating point order -0 before 0, and put NaN,
/// whatever its sign, where it is chosen before all others. So the chosen value does not depend on the order of
/// comparisons.
template <class T, bool Greatest>
struct extremum {
    using key = T;
    template <class V>
    static QUOIN_INLINE V key_of(V const& v) {
        return v;
    }
    template <class V>
    static QUOIN_INLINE V value_of(V const& k) {
        return k;
    }
    template <class V>
    static QUOIN_INLINE V of(V const& a, V const& b) {
        if constexpr (Greatest) return max(a, b);
        else return min(a, b);
    }
};
template <std::floating_point T, bool Greatest>
struct extremum<T, Greatest> {
    using key = ordered_t<T>;
    static constexpr key magnitude = std::numeric_limits<key>::max();
    static constexpr key infinity = sizeof(T) == 4 ? key{0x7f800000} : static_cast<key>(0x7ff0000000000000);

    template <class V>
    static QUOIN_INLINE auto key_of(V const& v) {
        auto const k = ordered_bits(bits_as<key>(v));
        using K = std::remove_const_t<decltype(k)>;
        if constexpr (Greatest) return select(k < K(~infinity), K(magnitude), k);
        else return select(k > K(infinity), K(~magnitude), k);
    }
    template <class K>
    static QUOIN_INLINE auto value_of(K const& k) {
        return bits_as<T>(ordered_bits(k));
    }
    template <class K>
    static QUOIN_INLINE K of(K const& a, K const& b) {
        if constexpr (Greatest) return max(a, b);
        else return min(a, b);
    }
};

/// Memory for lines of values K, which a sweep keeps.
template <class K>
struct extreme_lines {
    static constexpr index_t room = 64; ///< for the last step of lanes

    /// The values from one line to the next. Lines at a distance near a multiple of a page would compete for the same
    /// sets of the first-level cache.
    static constexpr index_t pitch(index_t columns) {
        constexpr index_t align = 64 / static_cast<index_t>(sizeof(K)), page = 4096 / static_cast<index_t>(sizeof(K));
        constexpr index_t apart = tuning::lines_apart / static_cast<index_t>(sizeof(K));
        index_t const n = (columns + 2 * room + align - 1) / align * align;
        index_t const near = (n + apart) % page;
        return n > page / 2 && near < 2 * apart ? n + 2 * apart - near : n;
    }
    static constexpr std::size_t bytes(index_t columns, index_t lines) {
        return static_cast<std::size_t>(pitch(columns) * lines) * sizeof(K);
    }
};

/// What a stage of extremes of T reads and makes: the extreme itself.
template <class T>
struct extreme_alone {
    using input = T;
    static constexpr bool reads_pixel = false;
    static QUOIN_FN T outside(T value) { return value; }
    template <class V>
    static QUOIN_INLINE V compared(V const& v) {
        return v;
    }
    template <class V>
    static QUOIN_INLINE V result(V const& extreme, V const&) {
        return extreme;
    }
};

/// to[x] = f of from[x], from[x + offset], ... for as many offsets as Parts, and 0 <= x < count.
template <class Lanes, class Order, int Parts, class K>
QUOIN_NOINLINE void join_shifted(K const* from, K* to, index_t count, index_t const (&offsets)[4]) {
    index_t const a = offsets[1], b = offsets[2], c = offsets[3];
    for (index_t x = 0; x < count; x += Lanes::count) {
        auto all = Lanes::template load_as<K>(from + x);
        if constexpr (Parts > 1) all = Order::of(all, Lanes::template load_as<K>(from + x + a));
        if constexpr (Parts > 2) all = Order::of(all, Lanes::template load_as<K>(from + x + b));
        if constexpr (Parts > 3) all = Order::of(all, Lanes::template load_as<K>(from + x + c));
        Lanes::store(to + x, all);
    }
}

/// The keys of what Ends reads.
template <class Lanes, class Order, class Ends, class From, class K>
QUOIN_NOINLINE void make_keys(From const* from, K* to, index_t count) {
    for (index_t x = 0; x < count; x += Lanes::count)
        Lanes::store(to + x, Order::key_of(Ends::compared(Lanes::template load_as<From>(from + x))));
}

/// The extreme of each `side` neighbors of a row: to[x] is that of from[x] ... from[x + side - 1], for 0 <= x < count.
/// Extremes of few neighbors are joined to those of up to four times as many. `scratch` has two lines for count + side
/// columns. Up to a step is read behind the last value of `from` that is needed.
template <class Lanes, class Order, class Ends, class From, class K>
void extremes_along(From const* from, K* to, index_t count, int side, K* scratch) {
    index_t const pitch = extreme_lines<K>::pitch(count + side);
    K const* last; // the line of extremes of `span` neighbors
    int line = 0;
    if constexpr (std::same_as<From, K>) {
        last = from;
    } else {
        make_keys<Lanes, Order, Ends>(from, scratch, count + side - 1);
        last = scratch;
        line = 1;
    }
    for (index_t span = 1;; line ^= 1) {
        index_t const ratio = (side + span - 1) / span;
        index_t const parts = ratio <= 4 ? ratio : ratio <= 9 ? 3 : 4;
        index_t const next = min<index_t>(side, parts * span);
        K* const out = next == side ? to : scratch + line * pitch;
        index_t offsets[4] = {0, span, 2 * span, 3 * span};
        offsets[parts - 1] = next - span;
        index_t const n = count + side - next;
        if (parts == 1) join_shifted<Lanes, Order, 1>(last, out, n, offsets);
        else if (parts == 2) join_shifted<Lanes, Order, 2>(last, out, n, offsets);
        else if (parts == 3) join_shifted<Lanes, Order, 3>(last, out, n, offsets);
        else join_shifted<Lanes, Order, 4>(last, out, n, offsets);
        if (next == side) return;
        last = out;
        span = next;
    }
}

/// The extremes of as many rows as `rows`, line by line, of values K.
///
/// Source: M. van Herk 1992, J. Gil and M. Werman 1993. As many consecutive windows as a window has rows share a row.
/// Each is a tail of the rows up to that one, and a head of the rows behind it. A line whose tail is not needed any
/// more takes the next row.
template <class Order, class K>
class extremes_down {
public:
    static constexpr std::size_t bytes(index_t columns, int rows) {
        return extreme_lines<K>::bytes(columns, rows + 1) + 64;
    }
    extremes_down(std::byte* memory, index_t columns, int rows)
        : phase_(reinterpret_cast<int*>(memory)), head_(reinterpret_cast<K*>(memory + 64)),
          pitch_(extreme_lines<K>::pitch(columns)), columns_(columns), rows_(rows) {}

    /// Line i of those that are filled before begin().
    K* line(int i) const { return head_ + (1 + i) * pitch_; }
    /// The line for the row that enters, before next().
    K* entering() const { return line(*phase_); }

    /// Calls put(x, extremes) for each step, of the first window, whose rows are in the lines.
    template <class Lanes, class Put>
    void begin(Put const& put) const {
        *phase_ = 0;
        make_tails<Lanes>(put);
    }
    /// The same for the window that begins one row further down.
    template <class Lanes, class Put>
    void next(Put const& put) const {
        int const heads = ++*phase_;
        if (heads == rows_) begin<Lanes>(put);
        else if (heads == 1) join<Lanes, true>(line(0), line(1), put);
        else join<Lanes, false>(line(heads - 1), line(heads), put);
    }

private:
    template <class Lanes, class Put>
    QUOIN_NOINLINE void make_tails(Put const put) const {
        for (index_t x = 0; x < columns_; x += Lanes::count) {
            K* at = line(rows_ - 1) + x;
            auto tail = Lanes::template load_as<K>(at);
            for (int i = rows_ - 1; i > 0; --i) {
                at -= pitch_;
                tail = Order::of(tail, Lanes::template load_as<K>(at));
                Lanes::store(at, tail);
            }
            put(x, tail);
        }
    }
    template <class Lanes, bool First, class Put>
    QUOIN_NOINLINE void join(K const* row, K const* tail, Put const put) const {
        K* const head = head_;
        for (index_t x = 0; x < columns_; x += Lanes::count) {
            auto rows = Lanes::template load_as<K>(row + x);
            if constexpr (!First) rows = Order::of(rows, Lanes::template load_as<K>(head + x));
            Lanes::store(head + x, rows);
            put(x, Order::of(rows, Lanes::template load_as<K>(tail + x)));
        }
    }

    int* phase_; // the rows of the head
    K* head_;
    index_t pitch_, columns_;
    int rows_;
};

/// The extreme of a rectangle around a pixel, or what Ends makes of it and of the pixel.
template <class T, bool Greatest, class Ends = extreme_alone<T>, class Order = extremum<T, Greatest>>
struct extreme_of_rectangle {
    using vectorized = void;
    using channelwise = void;
    using default_border = std::conditional_t<Greatest, lowest_border, highest_border>;
    using order = Order;
    using key = typename order::key;
    static constexpr char const* name = Greatest ? "dilate" : "erode"; // in traces
    int left, right, up, down;

    QUOIN_FN quoin::footprint footprint() const { return {left, right, up, down}; }
    /// A border is defined for channels of the image.
    using outside_of = T;
    QUOIN_FN auto outside(T value) const { return Ends::outside(value); }
    QUOIN_FN int width() const { return left + 1 + right; }
    QUOIN_FN int height() const { return up + 1 + down; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        auto const at = [&](int i, int j) QUOIN_LAMBDA_INLINE { return order::key_of(Ends::compared(w(i, j))); };
        auto const all = [&]() QUOIN_LAMBDA_INLINE {
            if (left == 1 && right == 1 && up == 1 && down == 1) { // most rectangles that do not sweep
                auto const three = [&](int j) QUOIN_LAMBDA_INLINE {
                    return order::of(order::of(at(-1, j), at(0, j)), at(1, j));
                };
                return order::of(order::of(three(-1), three(0)), three(1));
            }
            auto k = at(0, 0);
            for (int j = -up; j <= down; ++j)
                for (int i = -left; i <= right; ++i) k = order::of(k, at(i, j));
            return k;
        };
        return Ends::result(order::value_of(all()), w(0, 0));
    }

    /// Keys that are not the input are made once for a row.
    static constexpr bool makes_keys = !std::same_as<typename Ends::input, key>;
    QUOIN_FN bool sweeps() const { return makes_keys || width() * height() > tuning::extrema_window; }
    template <class>
    std::size_t sweep_size(index_t columns) const {
        return extremes_down<order, key>::bytes(columns, height()) + extreme_lines<key>::bytes(columns + width(), 2);
    }
    template <class Lanes, class R>
    void sweep(row_sweep<typename Ends::input> const& row, R* to) const {
        sweep_with<Lanes>(row, [to, pixels = row.line(0)](index_t x, auto const& extreme) QUOIN_LAMBDA_INLINE {
            if constexpr (Ends::reads_pixel)
                Lanes::store(to + x, Ends::result(extreme, Lanes::template load_as<typename Ends::input>(pixels + x)));
            else Lanes::store(to + x, extreme);
        });
    }
    /// Calls put(x, extremes) for each step of the row.
    template <class Lanes, class Put>
    void sweep_with(row_sweep<typename Ends::input> const& row, Put const& put) const {
        index_t const n = row.columns;
        extremes_down<order, key> const rows(row.memory, n, height());
        key* const scratch = reinterpret_cast<key*>(row.memory + extremes_down<order, key>::bytes(n, height()));
        auto const along = [&](int dy, key* line) {
            extremes_along<Lanes, order, Ends>(row.line(dy) - left, line, n, width(), scratch);
        };
        auto const put_value = [put](index_t x, auto const& k) QUOIN_LAMBDA_INLINE { put(x, order::value_of(k)); };
        if (row.follows) {
            along(down, rows.entering());
            rows.template next<Lanes>(put_value);
        } else {
            for (int j = -up; j <= down; ++j) along(j, rows.line(j + up));
            rows.template begin<Lanes>(put_value);
        }
    }
};

/// Sides of a rectangle, of which the pixel itself is the one in column width / 2 and row height / 2.
struct rectangle_sides {
    static constexpr int most = 511;
    int width, height;

    constexpr rectangle_sides(char const* name, int w, int h) : width(w), height(h) {
        if (w < 1 || h < 1 || w > most || h > most)
            raise("quoin::", name, ": a rectangle of ", w, " x ", h, " pixels; give sides from 1 to ", most);
    }
};

/// The extreme of the rectangle, or of the one that is turned by half a circle.
template <class T, bool Greatest, class Ends = extreme_alone<T>>
QUOIN_FN extreme_of_rectangle<T, Greatest, Ends> make_extreme(rectangle_sides s, bool turned) {
    int const left = turned ? (s.width - 1) / 2 : s.width / 2, up = turned ? (s.height - 1) / 2 : s.height / 2;
    return {left, s.width - 1 - left, up, s.height - 1 - up};
}

} // namespace detail

QUOIN_NAMESPACE_END
