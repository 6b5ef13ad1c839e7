// SPDX-License-Identifier: BSL-1.0
// The dense stages of canny: how strong an edge is and where it points, and whether it is the strongest one across.
#pragma once

#include <quoin/filter/edge/sobel.hpp>
#include <quoin/mask/to_bits.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The strength of an edge, and the sector of its gradient: 0 along rows, 1 along columns, 2 along the diagonal that
/// falls to the right, 3 along the other one.
template <class T>
struct edge_strength {
    T strength, sector;
};

/// The type of the derivatives of channels T over 3 x 3 pixels, or more with Wide; and of strengths, which are sums of
/// absolute values, or with Squares sums of squares, and exact for integers.
template <class T, bool Wide>
using edge_slope = std::conditional_t<std::floating_point<T>, T,
                                      std::conditional_t<sizeof(T) == 1 && !Wide, std::int16_t, std::int32_t>>;
template <class T, bool Wide, bool Squares>
using edge_number = std::conditional_t<std::floating_point<T> || !Squares, edge_slope<T, Wide>,
                                       std::conditional_t<sizeof(T) == 1, std::int32_t, double>>;

/// floor(x tan(22.5 degrees)) for x >= 0, with 13573 / 2^15 for the tangent; floating point is not rounded down.
template <class V>
QUOIN_INLINE V tangent_of(V const& x) {
    using T = scalar_t<V>;
    if constexpr (std::floating_point<T>) {
        return x * T(13573.0 / 32768);
    } else if constexpr (sizeof(T) == 2) { // x <= 1020: 13573 is 256 * 53 + 5, and 53 x fits 16 bits
        auto const u = convert<std::uint16_t>(x);
        using U = std::remove_const_t<decltype(u)>;
        return convert<T>(U((U(u * U(std::uint16_t{53})) + U(U(u * U(std::uint16_t{5})) >> 8)) >> 7));
    } else {
        return V((x >> 15) * V(T(13573)) + ((V(x & V(T(32767))) * V(T(13573))) >> 15));
    }
}

/// The strength and the sector of an edge with the derivatives x and y, which are of type G.
template <class G, class W, class V>
QUOIN_INLINE auto edge_of(V const& x, V const& y, bool squares) {
    V const ax = abs(x), ay = abs(y), q = tangent_of(ax);
    auto const left = x < V(G(0)), up = y < V(G(0));
    V const diagonal = select((left && up) || !(left || up), V(G(2)), V(G(3)));
    // With q for q + a part of 1, since ay and ax + ax are whole.
    V const sector = select(ay <= q, V(G(0)), select(ay - ax - ax > q, V(G(1)), diagonal));
    if constexpr (std::same_as<G, W>) {
        return edge_strength<V>{squares ? V(ax * ax + ay * ay) : V(ax + ay), sector};
    } else {
        auto const wx = convert<W>(ax), wy = convert<W>(ay);
        using U = std::remove_const_t<decltype(wx)>;
        return edge_strength<U>{U(wx * wx + wy * wy), convert<W>(sector)};
    }
}

/// The first stage, over 3 x 3 pixels.
template <class T, class W>
struct edge_strengths {
    using vectorized = void;
    static constexpr quoin::footprint footprint{1, 1};
    bool squares;

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using G = edge_slope<T, false>;
        return edge_of<G, W>(convert<G>(weighted_sum<sobel_dx>(w)), convert<G>(weighted_sum<sobel_dy>(w)), squares);
    }
};

/// The first stage, over 5 x 5 or 7 x 7 pixels. Derivatives over 7 are divided by 16; integers are rounded, halves to
/// even, as OpenCV does.
template <class T, class W, int N>
struct wide_edge_strengths : wide_derivatives<N, 1> {
    using vectorized = void;
    bool squares;

    constexpr explicit wide_edge_strengths(bool s) : squares(s) {}

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using G = edge_slope<T, true>;
        return this->with_sums(w, [this](auto const& x, auto const& y) QUOIN_LAMBDA_INLINE {
            if constexpr (N == 5) return edge_of<G, W>(x, y, squares);
            else return edge_of<G, W>(sixteenth(x), sixteenth(y), squares);
        });
    }

private:
    template <class V>
    static QUOIN_INLINE V sixteenth(V const& v) {
        if constexpr (std::floating_point<scalar_t<V>>) return v * V(scalar_t<V>(0.0625f));
        else return V((v + V(7) + V((v >> 4) & V(1))) >> 4);
    }
};

/// The second stage: 0, or 1 for a pixel whose strength is above `low` and the greatest one across the edge, or 2 if it
/// is also above `high`. Of equal neighbors along a row or a column, the first one has the edge.
template <class W>
struct strongest_across {
    using vectorized = void;
    static constexpr quoin::footprint footprint{1, 1};
    W low, high;

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        auto const here = w(0, 0);
        auto const m = here.strength, sector = here.sector;
        using V = std::remove_const_t<decltype(m)>;
        auto const at = [&](int dx, int dy) QUOIN_LAMBDA_INLINE { return w(dx, dy).strength; };
        auto const row = sector == V(W(0)), column = sector == V(W(1)), falling = sector == V(W(2));
        V const before = select(row, at(-1, 0), select(column, at(0, -1), select(falling, at(-1, -1), at(1, -1))));
        V const after = select(row, at(1, 0), select(column, at(0, 1), select(falling, at(1, 1), at(-1, 1))));
        auto const strongest = m > before && (m > after || (m == after && (row || column)));
        V const grade = select(m > V(high), V(W(2)), V(W(1)));
        return convert<std::uint8_t>(select(strongest && m > V(low), grade, V(W(0))));
    }
};

/// Sets a bit of `weak` for each value above 0, and one of `strong` for each above 1.
template <class Lanes>
struct grade_sink {
    bit_sink<Lanes, std::uint8_t> weak, strong;

    struct writer {
        typename bit_sink<Lanes, std::uint8_t>::writer weak, strong;
        QUOIN_INLINE void put(index_t x, lane_pixel<Lanes, std::uint8_t> const& v, int count = Lanes::count) const {
            weak.put(x, v, count);
            using V = lane_pixel<Lanes, std::uint8_t>;
            strong.put(x, V(v & V(std::uint8_t{2})), count);
        }
    };
    QUOIN_INLINE writer row(index_t y) const { return {weak.row(y), strong.row(y)}; }
};

} // namespace detail

QUOIN_NAMESPACE_END
