// SPDX-License-Identifier: BSL-1.0
// anisotropic: the diffusion of Perona and Malik, which smooths and keeps edges.
#pragma once

#include <quoin/filter/detail/flow.hpp>
#include <quoin/filter/detail/one_register.hpp>

#include <numbers>

QUOIN_NAMESPACE_BEGIN

/// How fast values flow between neighbors that differ by d: exp(-(d / k)^2), which prefers strong edges, or
/// 1 / (1 + (d / k)^2), which prefers large regions.
enum class conductance { exponential, rational };

namespace detail {

/// What flows from a neighbor that is larger by d, before the rate. It is odd: the neighbor loses what the pixel gets.
template <bool Rational>
struct edge_flow {
    float factor; // 1 / k^2, or -log2(e) / k^2

    template <class V>
    QUOIN_INLINE V operator()(V const& d) const {
        auto const square = d * d * factor;
        if constexpr (Rational) {
            return d / (square + 1.0f);
        } else {
            // 2^part times a power of two, which is added to the exponent.
            auto const power = max(square, V(-125.0f));
            constexpr float shifts = 12582912.0f; // 1.5 2^23: a sum with it has no fraction
            auto const whole = power + shifts;
            auto const part = power - (whole - shifts);
            auto const g =
                ((((part * 1.338130254e-03f + 9.666368515e-03f) * part + 5.550381014e-02f) * part + 2.402234904e-01f) *
                     part +
                 6.931471806e-01f) *
                    part +
                1.0f;
            return d * bits_as<float>(bits_as<std::int32_t>(g) + (bits_as<std::int32_t>(whole) << 23));
        }
    }
};

/// Iterations of the diffusion of floats.
struct diffusion {
    using vectorized = void;
    using channelwise = void;
    using default_border = reflect_border;             // no difference, and so no flow, over the edge of the image
    static constexpr char const* name = "anisotropic"; // in traces

    int steps;
    float factor, rate;
    bool rational;

    QUOIN_FN quoin::footprint footprint() const { return {steps, steps}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        if (rational) return in_window(w, edge_flow<true>{factor});
        return in_window(w, edge_flow<false>{factor});
    }

    static constexpr bool sweeps() { return true; }
    template <class>
    std::size_t sweep_size(index_t columns) const {
        return flow_lines::bytes(columns + 2 * steps, 2 * steps + 2);
    }
    template <class Lanes>
    void sweep(row_sweep<float> const& row, float* to) const {
        if (rational) sweep_rows<Lanes>(row, to, edge_flow<true>{factor});
        else sweep_rows<Lanes>(row, to, edge_flow<false>{factor});
    }

private:
    /// Rows enter one by one. From an entering row and the one before, each step makes the row before as the next step
    /// needs it. So it keeps its last row, and what flowed into that from the row above.
    template <class Window, class Flow>
    QUOIN_INLINE auto in_window(Window const& w, Flow const& flow) const {
        using V = std::remove_const_t<decltype(w(0, 0))>;
        constexpr int most = most_flow_steps;
        int const n = 2 * steps + 1;
        V kept[2 * most * (most + 3)]{}, entering[2 * most + 2]{}; // of a step what the next ones need
        for (int j = 0; j < n; ++j) {
            for (int x = 0; x < n; ++x) entering[x] = w(x - steps, j - steps);
            for (int t = 0; t < steps && 2 * t <= j; ++t) {
                V* const last = kept + 2 * (t * (n + 1) - t * (t - 1)) - t;
                V* const above = last + n + 1 - 2 * t;
                V from_left(0.0f);
                for (int x = t; x < n - t; ++x) {
                    V const v = last[x];
                    V const from_right = flow(last[x + 1] - v), from_below = flow(entering[x] - v);
                    last[x] = entering[x];
                    entering[x] = v + ((from_below - above[x]) + (from_right - from_left)) * rate;
                    above[x] = from_below;
                    from_left = from_right;
                }
            }
        }
        return entering[steps];
    }

    template <class Lanes, class Flow>
    QUOIN_NOINLINE void sweep_rows(row_sweep<float> const& row, float* to, Flow const flow) const {
        using one = one_register<Lanes, float>;
        index_t const columns = row.columns + 2 * steps;
        flow_lines const lines(row.memory, columns);
        float* const entering = lines.line(0);
        if (!row.follows) __builtin_memset(row.memory, 0, sweep_size<float>(row.columns));
        // Rows that are made of zeros are never read by those that are results.
        for (int j = row.follows ? steps : -steps; j <= steps; ++j) {
            float const* const from = row.line(j) - steps;
            for (index_t x = 0; x < columns; x += one::count) one::store(entering + x, one::load(from + x));
            for (int t = 0; t < steps; ++t)
                advance<one>(entering, lines.line(1), lines.line(2 + 2 * t), lines.line(3 + 2 * t), columns, flow);
        }
        for (index_t x = 0; x < row.columns; x += one::count) one::store(to + x, one::load(entering + steps + x));
    }
    template <class One, class Flow>
    QUOIN_NOINLINE void advance(float* entering, float* right, float* last, float* above, index_t columns,
                                Flow const flow) const {
        for (index_t x = 0; x < columns; x += One::count)
            One::store(right + x, flow(One::load(last + x + 1) - One::load(last + x)));
        for (index_t x = 0; x < columns; x += One::count) {
            auto const v = One::load(last + x), below = One::load(entering + x);
            auto const from_below = flow(below - v);
            One::store(last + x, below);
            One::store(entering + x,
                       v + ((from_below - One::load(above + x)) + (One::load(right + x) - One::load(right + x - 1))) *
                               rate);
            One::store(above + x, from_below);
        }
    }
};

} // namespace detail

/// The stage made by anisotropic().
class anisotropic_fn {
public:
    using expands = void;

    constexpr anisotropic_fn(int iterations, double k, conductance rule, double rate)
        : iterations_(detail::checked_flow_steps("anisotropic", iterations)), k_(k), rule_(rule), rate_(rate) {
        if (!(k >= 1e-3 && k <= 1e6))
            detail::raise("quoin::anisotropic: k is ", k, "; give a difference of pixels from 0.001 to 1000000");
        if (!(rate > 0 && rate <= 0.25))
            detail::raise("quoin::anisotropic: the rate ", rate, " is not in (0, 1/4], where iterations are stable");
    }

    template <class P>
    constexpr auto expand() const {
        using T = channel_t<P>;
        constexpr bool possible = detail::fits_float<T>;
        static_assert(possible, "quoin::anisotropic: channels must have 8 or 16 bits or be float; write "
                                "convert_to<float> before it");
        if constexpr (!possible) {
            return compose(); // one error message is enough
        } else {
            bool const rational = rule_ == conductance::rational;
            double const scale = rational ? 1.0 : -std::numbers::log2e;
            return detail::in_floats<T>(detail::diffusion{iterations_, static_cast<float>(scale / (k_ * k_)),
                                                          static_cast<float>(rate_), rational});
        }
    }

private:
    int iterations_;
    double k_;
    conductance rule_;
    double rate_;
};

/// Local stages, 2 iterations + 1 pixels to a side. Each channel by itself, in float, iterations times for all pixels
/// at once:
///     flow(d) = d exp(-(d / k)^2), or d / (1 + (d / k)^2) with conductance::rational
///     u(x, y) += rate ((flow(below - u) - flow(u - above)) + (flow(right - u) - flow(u - left)))
/// So values flow between neighbors that differ by less than about k, in units of the pixels, and hardly over edges
/// that are higher. The pixel type does not change; channels of 8 or 16 bits, or float.
///
/// Border: that of the last extend(), which is diffused as well; `reflect` without one, by which nothing flows over the
/// edge of the image. A constant is not saturated. Of floats, a stage of m iterations behind one of n has the result of
/// one of m + n with the border `reflect`.
///
/// Integers are rounded half up once, at the end. exp(-(d / k)^2) is computed by a polynomial, within 2^-20 of itself,
/// and no less than 2^-125. A NaN or an infinite value spreads to its four neighbors in each iteration. Cost: some 45
/// operations in float a pixel and iteration (exponential), on lines that stay in the cache, with 2 iterations + 2
/// floats a column besides those of the input. On the tile engine each pixel is computed by itself, in some 3
/// iterations^3 steps.
/// @throws invalid_argument unless iterations is in 1..32, k in 0.001..10^6 and rate in (0, 1/4].
///
/// P. Perona, J. Malik, "Scale-space and edge detection using anisotropic diffusion", IEEE Transactions on Pattern
/// Analysis and Machine Intelligence 12, 1990.
constexpr anisotropic_fn anisotropic(int iterations, double k, conductance rule = conductance::exponential,
                                     double rate = 0.25) {
    return anisotropic_fn(iterations, k, rule, rate);
}

/// The catalogue's entry.
struct anisotropic_entry : entry_of<anisotropic_entry> {
    static constexpr operation about{
        .name = "anisotropic",
        .about = "diffusion that keeps edges higher than K, after Perona and Malik",
        .parameters = {{.name = "N",
                        .type = parameter_type::integer,
                        .least = 1,
                        .most = detail::most_flow_steps,
                        .about = "iterations"},
                       {.name = "K", .least = 1e-3, .most = 1e6, .about = "a difference of pixels"},
                       {.name = "RULE",
                        .type = parameter_type::choice,
                        .preset = "exponential",
                        .choices = "exponential rational",
                        .about = "exp(-(d / K)^2), or 1 / (1 + (d / K)^2)"},
                       {.name = "RATE", .least = 1e-3, .most = 0.25, .preset = "0.25", .about = "of one iteration"}},
        .rounding = "in float, half up once at the end; 32 bits: not possible",
        .floating = "float; exp within 2^-20 of itself"};
    template <class T>
    static constexpr bool takes = detail::fits_float<T>;
    static constexpr anisotropic_fn stage(double const* values) {
        return anisotropic(detail::whole<int>(values[0]), values[1],
                           static_cast<conductance>(detail::whole<int>(values[2])), values[3]);
    }
};

QUOIN_NAMESPACE_END
