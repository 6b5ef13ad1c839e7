// SPDX-License-Identifier: BSL-1.0
// tv: total variation denoising after Chambolle.
#pragma once

#include <quoin/filter/detail/flow.hpp>
#include <quoin/filter/detail/one_register.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A difference, or 0 if it is not finite: pixels outside of the image are NaN.
template <class V>
QUOIN_INLINE V finite_difference(V const& a, V const& b) {
    auto const d = a - b;
    return select(abs(d) <= V(std::numeric_limits<float>::max()), d, V(0.0f));
}

/// The two components of the dual variable, after a step from those before along the differences down and to the right.
template <class V>
struct dual_pair {
    V down, right;

    QUOIN_INLINE dual_pair next(V const& below, V const& beside, float slope) const {
        constexpr float tau = 0.25f;
        auto const shrink = V(1.0f) / (sqrt(below * below + beside * beside) * slope + 1.0f);
        return {(down - below * tau) * shrink, (right - beside * tau) * shrink};
    }
    /// The pixel f less the divergence, from the component above and that to the left.
    QUOIN_INLINE V primal(V const& f, V const& above, V const& left) const {
        return f + ((above - (down + right)) + left);
    }
};

/// Iterations of Chambolle's method for floats. The last one reads the dual variable alone, so there are `steps` of the
/// others, and as many pixels to each side.
struct total_variation {
    using vectorized = void;
    using channelwise = void;
    using default_border = no_flow_border;
    static constexpr char const* name = "tv"; // in traces

    int steps;
    float slope; // 1 / (4 weight)

    QUOIN_FN quoin::footprint footprint() const { return {steps, steps}; }

    /// Rows enter one by one. A step keeps its last row of the dual variable and of the pixels that this makes.
    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using V = std::remove_const_t<decltype(w(0, 0))>;
        constexpr int most = most_flow_steps - 1;
        int const n = 2 * steps + 1;
        V kept[3 * most * (most + 5)]{}, above(0.0f); // of a step what the next ones need
        dual_pair<V> p[2 * most + 1]{};
        for (int j = 0; j < n; ++j) {
            above = p[steps].down;
            for (int x = 0; x < n; ++x) p[x] = {V(0.0f), V(0.0f)};
            for (int t = 0; t < steps && 2 * t - 1 <= j; ++t) {
                int const first = max(t - 1, 0), end = n - t, size = n - 2 * t + 2;
                V* const down = kept + 3 * (t * (n + 2) - t * (t - 1)) - first;
                V *const right = down + size, *const pixel = right + size;
                V left = V(0.0f);
                for (int x = first; x < end; ++x) {
                    dual_pair<V> const entering = p[x], last{down[x], right[x]};
                    V const v = pixel[x];
                    pixel[x] = entering.primal(w(x - steps, max(j - t, 0) - steps), last.down, left);
                    p[x] = last.next(finite_difference(pixel[x], v), finite_difference(pixel[x + 1], v), slope);
                    down[x] = entering.down;
                    right[x] = entering.right;
                    left = entering.right;
                }
            }
        }
        V const left = steps > 0 ? p[max(steps - 1, 0)].right : V(0.0f);
        return p[steps].primal(w(0, 0), above, left);
    }

    static constexpr bool sweeps() { return true; }
    template <class>
    std::size_t sweep_size(index_t columns) const {
        return flow_lines::bytes(columns + 2 * steps, 3 * steps + 5);
    }
    template <class Lanes>
    void sweep(row_sweep<float> const& row, float* to) const {
        using one = one_register<Lanes, float>;
        using V = typename one::type;
        index_t const columns = row.columns + 2 * steps;
        flow_lines const lines(row.memory, columns);
        if (!row.follows) __builtin_memset(row.memory, 0, sweep_size<float>(row.columns));
        float* const above = lines.line(4); // the last row of the component down, at the end
        // Rows that are made of zeros are never read by those that are results.
        for (int j = row.follows ? steps : -steps; j <= steps; ++j) {
            float *down = lines.line(0), *right = lines.line(1), *next_down = lines.line(2),
                  *next_right = lines.line(3);
            for (index_t x = 0; x < columns; x += one::count) {
                one::store(above + x, one::load((steps % 2 == 0 ? down : next_down) + x));
                one::store(down + x, V(0.0f));
                one::store(right + x, V(0.0f));
            }
            for (int t = 0; t < steps; ++t) {
                float* const kept = lines.line(5 + 3 * t);
                advance<one>(row.line(max(j - t, -steps)) - steps, down, right, next_down, next_right, kept,
                             lines.pitch(), columns);
                swap_lines(down, next_down);
                swap_lines(right, next_right);
            }
            if (j < steps) continue;
            float const* const from = row.line(0);
            for (index_t x = 0; x < row.columns; x += one::count) {
                index_t const at = x + steps;
                dual_pair<V> const p{one::load(down + at), one::load(right + at)};
                one::store(to + x, p.primal(one::load(from + x), one::load(above + at), one::load(right + at - 1)));
            }
        }
    }

private:
    static void swap_lines(float*& a, float*& b) {
        float* const c = a;
        a = b;
        b = c;
    }
    template <class One>
    QUOIN_NOINLINE void advance(float const* from, float const* down, float const* right, float* next_down,
                                float* next_right, float* kept, index_t pitch, index_t columns) const {
        using V = typename One::type;
        float *const last_right = kept + pitch, *const pixel = last_right + pitch;
        for (index_t x = 0; x < columns; x += One::count) {
            dual_pair<V> const entering{One::load(down + x), One::load(right + x)};
            dual_pair<V> const last{One::load(kept + x), One::load(last_right + x)};
            auto const v = One::load(pixel + x), beside = One::load(pixel + x + 1);
            auto const below = entering.primal(One::load(from + x), last.down, One::load(right + x - 1));
            auto const next = last.next(finite_difference(below, v), finite_difference(beside, v), slope);
            One::store(pixel + x, below);
            One::store(kept + x, entering.down);
            One::store(last_right + x, entering.right);
            One::store(next_down + x, next.down);
            One::store(next_right + x, next.right);
        }
    }
};

} // namespace detail

/// The stage made by tv().
class tv_fn {
public:
    using expands = void;

    constexpr tv_fn(int iterations, double weight)
        : iterations_(detail::checked_flow_steps("tv", iterations)), weight_(weight) {
        if (!(weight >= 1e-3 && weight <= 1e6))
            detail::raise("quoin::tv: the weight is ", weight,
                          "; give one from 0.001 to 1000000, in units of the pixels");
    }

    template <class P>
    constexpr auto expand() const {
        using T = channel_t<P>;
        constexpr bool possible = detail::fits_float<T>;
        static_assert(possible,
                      "quoin::tv: channels must have 8 or 16 bits or be float; write convert_to<float> before "
                      "it");
        if constexpr (!possible) {
            return compose(); // one error message is enough
        } else {
            return detail::in_floats<T>(detail::total_variation{iterations_ - 1, static_cast<float>(0.25 / weight_)});
        }
    }

private:
    int iterations_;
    double weight_;
};

/// Local stages, 2 iterations - 1 pixels to a side. Each channel by itself, in float: total variation denoising, which
/// makes regions flat and keeps edges. It goes from f to the u that has the least |u - f|^2 / 2 + weight TV(u), where
/// TV is the sum of the lengths of the gradients; more iterations come closer. With p = q = 0 at first, for all pixels
/// at once:
///     u(x, y) = f(x, y) - p(x, y) - q(x, y) + p(x, y - 1) + q(x - 1, y)
///     the last iteration ends here, and u is the result
///     g = u(x, y + 1) - u(x, y);  h = u(x + 1, y) - u(x, y)
///     s = 1 + sqrt(g^2 + h^2) / (4 weight)
///     p = (p - g / 4) / s;  q = (q - h / 4) / s
/// The pixel type does not change; channels of 8 or 16 bits, or float. So `weight` is in units of the pixels: 0.1 of
/// scikit-image, which scales bytes to 0..1, is 25.5 for bytes.
///
/// Border: without an extend(), g and h are 0 where a pixel is outside of the image, and so are p and q there. Behind
/// an extend(), what that says is denoised as well. A constant is not saturated. g and h are also 0 where the
/// difference is infinite or NaN, so that NaN stays where it is.
///
/// Integers are rounded half up once, at the end. Cost: a root, a quotient and some 25 other operations in float a
/// pixel and iteration, on lines that stay in the cache, with 3 iterations + 2 floats a column besides the input's. On
/// the tile engine each pixel is computed by itself, in some 3 iterations^3 steps.
/// @throws invalid_argument unless iterations is in 1..32 and weight in 0.001..10^6.
///
/// A. Chambolle, "An Algorithm for Total Variation Minimization and Applications", Journal of Mathematical Imaging and
/// Vision 20, 2004.
constexpr tv_fn tv(int iterations, double weight) {
    return tv_fn(iterations, weight);
}

/// The catalogue's entry.
struct tv_entry : entry_of<tv_entry> {
    static constexpr operation about{
        .name = "tv",
        .about = "total variation denoising, N iterations of Chambolle's method",
        .parameters = {{.name = "N",
                        .type = parameter_type::integer,
                        .least = 1,
                        .most = detail::most_flow_steps,
                        .about = "iterations"},
                       {.name = "WEIGHT", .least = 1e-3, .most = 1e6, .about = "in units of the pixels"}},
        .rounding = "in float, half up once at the end; 32 bits: not possible",
        .floating = "float",
        .scikit_image = "skimage.restoration.denoise_tv_chambolle(image, WEIGHT, eps=0, max_num_iter=N), without an "
                        "extend, with bytes in 0..1"};
    template <class T>
    static constexpr bool takes = detail::fits_float<T>;
    static constexpr tv_fn stage(double const* values) { return tv(detail::whole<int>(values[0]), values[1]); }
};

QUOIN_NAMESPACE_END
