// SPDX-License-Identifier: BSL-1.0
// guided: smooths where the image varies little, and keeps its edges.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/filter/detail/guided_sums.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Two numbers that are summed together.
template <class V, class W>
struct guided_pair {
    V first;
    W second;
    friend QUOIN_INLINE guided_pair operator+(guided_pair const& x, guided_pair const& y) {
        return {V(x.first + y.first), W(x.second + y.second)};
    }
};

/// The slope and the offset of a line.
template <class V>
using guided_line = guided_pair<V, V>;

/// The guided filter of channels T. Sums over windows of `sum` and `square_sum` are exact for integers. A line is that
/// of the least squares in a window.
template <class T>
class guided_of {
public:
    using vectorized = void;
    using channelwise = void;
    static constexpr int most_radius = 63;

    QUOIN_FN guided_of(int radius, double eps)
        : radius_(radius), side_(2 * radius + 1), count_(static_cast<float>(side_ * side_)),
          eps_(static_cast<number>(eps * (double{count_} * double{count_}))) {}
    QUOIN_FN quoin::footprint footprint() const { return {2 * radius_, 2 * radius_}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using S = std::remove_cvref_t<decltype(w.template at<sum>(0, 0))>;
        using Q = std::remove_cvref_t<decltype(squared(w(0, 0)))>;
        using sums = guided_pair<S, Q>;
        sums columns[4 * most_radius + 1]{};
        auto const total = tree_sum(side_, [&](int j) QUOIN_LAMBDA_INLINE {
            for (int i = 0; i <= 4 * radius_; ++i)
                columns[i] = tree_sum(side_, [&](int k) QUOIN_LAMBDA_INLINE {
                    int const dx = i - 2 * radius_, dy = j + k - 2 * radius_;
                    return sums{w.template at<sum>(dx, dy), squared(w(dx, dy))};
                });
            return tree_sum(side_, [&](int i) QUOIN_LAMBDA_INLINE {
                return line_of(tree_sum(side_, [&](int k) QUOIN_LAMBDA_INLINE { return columns[i + k]; }));
            });
        });
        return mean(total, w(0, 0));
    }

    constexpr bool sweeps() const { return true; }
    template <class U>
    std::size_t sweep_size(index_t columns) const {
        return kept(nullptr, columns, *this).size;
    }
    template <class Lanes, class U>
    void sweep(row_sweep<U> const& row, T* to) const {
        kept const k(row.memory, row.columns, *this);
        each_guided_row(row, 2 * radius_, *k.number,
                        [&](int newest, index_t number_of_row) { add_row<Lanes>(row, k, newest, number_of_row, to); });
    }

private:
    static constexpr bool is_byte = sizeof(T) == 1;
    using sum = std::conditional_t<std::integral<T>, std::int32_t, double>;
    using square_sum = std::conditional_t<is_byte, std::int32_t, double>;
    using number = std::conditional_t<is_byte, float, double>;

    /// What a sweep keeps.
    struct kept {
        index_t wide, middle; // columns of sums over rows, and of lines
        index_t* number;      // of the newest row
        sum* sum_scratch;
        square_sum* square_scratch;
        guided_sums<sum> values;
        guided_sums<square_sum> squares;
        guided_row<float> row;
        guided_sums<float> lines[2]; // slopes and offsets
        std::size_t size;

        kept(std::byte* bytes, index_t columns, guided_of const& f)
            : wide(columns + 4 * f.radius_), middle(columns + 2 * f.radius_) {
            guided_memory memory(bytes);
            number = reinterpret_cast<index_t*>(memory.bytes(sizeof(index_t)));
            memory.lines(sum_scratch, wide + 1, 2);
            memory.lines(square_scratch, wide + 1, 2);
            memory.sums_of_pixels(values, f.side_, wide, middle);
            memory.sums_of_pixels(squares, f.side_, wide, middle);
            row.divide(memory, middle);
            for (auto& l : lines) memory.sums_of_lines(l, f.side_, columns);
            size = memory.size();
        }
    };

    /// The squares of a line.
    struct square {
        template <class Lanes, class S, class From>
        static QUOIN_INLINE auto load(From const* p) {
            return squared(Lanes::template load_as<T>(p));
        }
    };

    template <class Lanes, class U>
    void add_row(row_sweep<U> const& row, kept const& k, int newest, index_t number_of_row, T* to) const {
        U const* lines[4];
        for (int i = 0; i < 4; ++i) lines[i] = row.line(max(newest - i, -2 * radius_)) - 2 * radius_;
        tree_columns<sum>(k.values.rows, k.wide, side_).template add<Lanes>(number_of_row, lines, k.values.columns);
        tree_columns<square_sum>(k.squares.rows, k.wide, side_)
            .template add<Lanes, square>(number_of_row, lines, k.squares.columns);
        index_t const line = number_of_row - 2 * radius_;
        if (line < 0) return;

        tree_sums_along<Lanes>(k.values.columns, k.middle, side_, k.sum_scratch, k.values.windows);
        tree_sums_along<Lanes>(k.squares.columns, k.middle, side_, k.square_scratch, k.squares.windows);
        make_lines<Lanes>(k);
        k.row.template add_to<Lanes>(k.lines, row.columns, side_, line);
        if (line >= 2 * radius_) make_means<Lanes>(row, k, to);
    }
    template <class Lanes>
    QUOIN_NOINLINE void make_lines(kept const& k) const {
        for (index_t x = 0; x < k.middle; x += Lanes::count) {
            auto const s = Lanes::template load_as<sum>(k.values.windows + x);
            auto const q = Lanes::template load_as<square_sum>(k.squares.windows + x);
            auto const l =
                line_of(guided_pair<std::remove_const_t<decltype(s)>, std::remove_const_t<decltype(q)>>{s, q});
            Lanes::store(k.row.slopes + x, l.first);
            Lanes::store(k.row.offsets + x, l.second);
        }
    }
    template <class Lanes, class U>
    QUOIN_NOINLINE void make_means(row_sweep<U> const& row, kept const& k, T* to) const {
        for (index_t x = 0; x < row.columns; x += Lanes::count) {
            auto const slope = Lanes::template load_as<float>(k.lines[0].columns + x);
            guided_line<std::remove_const_t<decltype(slope)>> const total{
                slope, Lanes::template load_as<float>(k.lines[1].columns + x)};
            Lanes::store(to + x, mean(total, Lanes::template load_as<T>(row.line(0) + x)));
        }
    }

    template <class V>
    static QUOIN_INLINE auto squared(V const& v) {
        using half = std::conditional_t<std::is_signed_v<T>, std::int16_t, std::uint16_t>;
        if constexpr (is_byte) {
            auto const h = convert<half>(v);
            return convert<std::int32_t>(std::remove_const_t<decltype(h)>(h * h));
        } else if constexpr (std::integral<T>) {
            auto const d = convert<double>(convert<std::int32_t>(v));
            return d * d;
        } else {
            auto const d = convert<double>(v);
            return d * d;
        }
    }

    /// The line of a window with these sums. Its variance times the square of the number of pixels is count_ * q - s *
    /// s, which is exact for integers of 8 bits.
    template <class S, class Q>
    QUOIN_INLINE auto line_of(guided_pair<S, Q> const& of) const {
        S const& s = of.first;
        Q const& q = of.second;
        auto const spread = [&]() QUOIN_LAMBDA_INLINE {
            auto const n = double{count_};
            if constexpr (is_byte) {
                using U = std::remove_cvref_t<decltype(convert<std::uint32_t>(s))>;
                U const us = convert<std::uint32_t>(s), uq = convert<std::uint32_t>(q);
                if (side_ <= most_short_side)
                    return convert<float>(
                        convert<std::int32_t>(U(U(uq * U(static_cast<std::uint32_t>(side_ * side_))) - U(us * us))));
                auto const ds = convert<double>(s);
                return convert<float>(convert<double>(q) * n - ds * ds);
            } else {
                auto const ds = convert<double>(s);
                return q * n - ds * ds;
            }
        }();
        using V = std::remove_const_t<decltype(spread)>;
        V const some = select(spread > V(number(0)), spread, V(number(0))); // rounding makes it negative, too
        V const slope = some / (some + V(eps_));
        V const middle = convert<number>(s) / V(static_cast<number>(count_));
        auto const a = convert<float>(slope);
        using F = std::remove_const_t<decltype(a)>;
        return guided_line<F>{a, convert<float>(V(middle - convert<number>(a) * middle))};
    }
    template <class F, class V>
    QUOIN_INLINE auto mean(guided_line<F> const& total, V const& v) const {
        return saturate<T>(F(F(total.first * float_of_pixel(v) + total.second) / F(count_)));
    }
    template <class V>
    static QUOIN_INLINE auto float_of_pixel(V const& v) {
        if constexpr (std::integral<T>) return convert<float>(convert<std::int32_t>(v));
        else return v;
    }

    /// Up to this side the variance of bytes times the fourth power of it fits 31 bits.
    static constexpr int most_short_side = 19;

    int radius_, side_;
    float count_;
    number eps_;
};

} // namespace detail

/// The stage made by guided().
class guided_fn {
public:
    using expands = void;

    constexpr guided_fn(int radius, double eps) : radius_(radius), eps_(eps) {
        constexpr int most = detail::guided_of<float>::most_radius;
        if (radius < 1 || radius > most) detail::raise("quoin::guided: the radius ", radius, " is not in 1..", most);
        if (!(eps >= 1e-12 && eps <= 1e12))
            detail::raise("quoin::guided: eps ", eps, " is not in [1e-12, 1e12]; give a variance of pixels");
    }

    template <class P>
    constexpr auto expand() const {
        using T = channel_t<P>;
        constexpr bool possible = detail::fits_float<T>;
        static_assert(possible, "quoin::guided: pixels must be integers of 8 or 16 bits, or float; put convert_to "
                                "before it");
        if constexpr (possible) return compose(detail::guided_of<T>(radius_, eps_));
        else return compose(); // one error message is enough
    }

private:
    int radius_;
    double eps_;
};

/// Local stage, the guided filter with the image as its own guide. In each square of 2 radius + 1 pixels with the mean
/// m and the variance s of its pixels, a = s / (s + eps) and b = (1 - a) m. Each channel is A v + B, where v is the
/// pixel and A, B are the means of a and b over the squares that contain it. So what varies much more than eps stays,
/// and what varies less becomes a mean; eps is a variance, in squared values of channels. Channels apart, of 8 or 16
/// bits, or float; the pixel type does not change. Border: that of the last extend(), or reflect_101 without one, of
/// the image; the squares of pixels outside count, too.
///
/// Sums of v and v^2 are exact for integers, and in double for float. a and b are rounded to float, as are their sums
/// in the order of box(), and the result. So integers are rounded half up from within 0.001 (8 bits) or 0.1 (16 bits)
/// of the real value, and saturated; float is within 2e-6 of the largest value in reach. Equal pixels stay as they are.
/// A pixel that is no number or infinite reaches 2 radius far.
///
/// Cost: on the line engine about 8 log2(2 radius + 1) additions a pixel, and two divisions. It keeps about 8 radius
/// rows of sums of four to eight bytes. On the tile engine about 100 radius^3 additions.
/// @throws invalid_argument unless the radius is in 1..63 and eps in [1e-12, 1e12].
/// Source: K. He, J. Sun, X. Tang, Guided image filtering, ECCV 2010.
constexpr guided_fn guided(int radius, double eps) {
    return guided_fn(radius, eps);
}

/// The catalogue's entry.
struct guided_entry : entry_of<guided_entry> {
    static constexpr operation about{
        .name = "guided",
        .about = "smooths where squares of pixels vary less than EPS, and keeps edges",
        .parameters = {{.name = "RADIUS",
                        .type = parameter_type::integer,
                        .least = 1,
                        .most = detail::guided_of<float>::most_radius,
                        .about = "the squares have 2 RADIUS + 1 pixels a side"},
                       {.name = "EPS", .least = 1e-12, .most = 1e12, .about = "a variance, in squared values"}},
        .rounding = "exact sums, float behind them; half up once, from within 0.001 (8 bits) or 0.1 (16 bits) of the "
                    "real value, saturated; 32 bits: not possible",
        .floating = "sums of values and squares in double, of slopes and offsets in float",
        .opencv = "cv::ximgproc::guidedFilter(src, src, dst, RADIUS, EPS)"};
    template <class T>
    static constexpr bool takes = detail::fits_float<T>;
    static constexpr guided_fn stage(double const* values) { return guided(detail::whole<int>(values[0]), values[1]); }
};

QUOIN_NAMESPACE_END
