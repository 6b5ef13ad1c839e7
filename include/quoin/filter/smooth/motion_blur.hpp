// SPDX-License-Identifier: BSL-1.0
// motion_blur: the mean along a line.
#pragma once

#include <quoin/core/detail/angle.hpp>
#include <quoin/core/error.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

inline constexpr int most_motion = 127;

/// The weights of a line, rows from the top and each from the left, that sum to 1.
template <class F>
struct motion_weights {
    static constexpr int most = 2 * (most_motion + 2); // two for each step along the nearer axis
    struct tap {
        std::int16_t dx, dy;
        F weight;
    };
    tap taps[most] = {};
    int count = 0;
    int columns = 0, rows = 0; // the reach

    motion_weights(double length, double angle) {
        double const quarters = floor(angle / 90);
        direction const d = turned(static_cast<index_t>(quarters), angle / 90 - quarters);
        bool const flat = abs(d.x) >= abs(d.y);
        double const slope = flat ? -d.y / d.x : -d.x / d.y; // rows go down
        double const half = (length - 1) / 2 * (flat ? abs(d.x) : abs(d.y));
        int const whole = static_cast<int>(half);
        double const end = half - whole, total = 2 * half + 1;
        for (int i = -whole - 1; i <= whole + 1; ++i) {
            double const weight = (i < -whole || i > whole ? end : 1) / total, place = i * slope;
            int const before = static_cast<int>(floor(place));
            double const behind = place - before;
            if (flat) {
                put(i, before, weight * (1 - behind));
                put(i, before + 1, weight * behind);
            } else {
                put(before, i, weight * (1 - behind));
                put(before + 1, i, weight * behind);
            }
        }
        for (int n = 1; n < count; ++n)
            for (int k = n; k > 0 && comes_before(taps[k], taps[k - 1]); --k) {
                tap const t = taps[k];
                taps[k] = taps[k - 1];
                taps[k - 1] = t;
            }
    }

private:
    static bool comes_before(tap const& a, tap const& b) { return a.dy != b.dy ? a.dy < b.dy : a.dx < b.dx; }
    void put(int dx, int dy, double weight) {
        if (!(weight > 1e-9)) return; // what is left of 0 by rounding
        taps[count++] = {static_cast<std::int16_t>(dx), static_cast<std::int16_t>(dy), static_cast<F>(weight)};
        columns = max(columns, abs(dx));
        rows = max(rows, abs(dy));
    }
};

/// The weighted sum over a line.
template <class T>
struct motion_sum {
    using vectorized = void;
    using channelwise = void;
    using F = std::conditional_t<sizeof(T) <= 2 || std::same_as<T, float>, float, double>;
    motion_weights<F> weights;
    QUOIN_FN quoin::footprint footprint() const { return {weights.columns, weights.rows}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        auto const value = [&](int i) QUOIN_LAMBDA_INLINE {
            auto const& t = weights.taps[i];
            return w.template at<F>(t.dx, t.dy) * t.weight;
        };
        auto sum = value(0);
        for (int i = 1; i < weights.count; ++i) sum = sum + value(i);
        return saturate<T>(sum);
    }
};

} // namespace detail

/// The stage made by motion_blur().
class motion_blur_fn {
public:
    using expands = void;

    constexpr motion_blur_fn(double length, double angle) : length_(length), angle_(angle) {
        if (!(length >= 1 && length <= detail::most_motion))
            detail::raise("quoin::motion_blur: the length ", length, " is not in [1, ", detail::most_motion,
                          "]; give one in pixels");
        if (!(angle >= -360 && angle <= 360))
            detail::raise("quoin::motion_blur: an angle of ", angle, " degrees; give one from -360 to 360");
    }

    template <class P>
    auto expand() const {
        using T = channel_t<P>;
        using sum = detail::motion_sum<T>;
        return compose(sum{detail::motion_weights<typename sum::F>(length_, angle_)});
    }

private:
    double length_, angle_;
};

/// Local stage. Each channel is the weighted mean along a line of this length, with the pixel in its middle, at an
/// angle in degrees counterclockwise: 0 is a row, 90 a column, and 45 rises to the right. The pixel type does not
/// change. Border: that of the last extend(), or reflect_101 without one.
///
/// The weights are those of a line that is drawn smoothly. Let m be the larger one of |cos| and |sin|, and h = (length
/// - 1) / 2 m. Steps i along the axis that is nearer have the weight 1 for |i| <= floor(h), and one more at each end
/// has h
/// - floor(h). At each step the line lies between two pixels of the other axis, which share the weight by their
/// distance. The weights are divided by their sum, 2 h + 1. So an odd whole length at 0 degrees is box(length, 1).
///
/// Sums in float, in double for 32-bit integers and f64: rows from the top, each from the left. Integers are rounded
/// half up, from within 0.001 (8 bits) or 0.1 (16 bits) of the real value, and saturated. Cost: at most 2 length m + 4
/// products per pixel.
/// @throws invalid_argument unless the length is in [1, 127] and the angle in [-360, 360].
constexpr motion_blur_fn motion_blur(double length, double angle = 0) {
    return motion_blur_fn(length, angle);
}

/// The catalogue's entry.
struct motion_blur_entry : entry_of<motion_blur_entry> {
    static constexpr operation about{
        .name = "motion_blur",
        .about = "the mean along a line through the pixel, as of a camera that moves",
        .parameters =
            {{.name = "LENGTH", .least = 1, .most = detail::most_motion, .about = "that of the line in pixels"},
             {.name = "ANGLE",
              .least = -360,
              .most = 360,
              .preset = "0",
              .about = "degrees, counterclockwise from a row"}},
        .rounding =
            "in float, 32 bits in double; half up once, from within 0.001 (8 bits) or 0.1 (16 bits) of the real "
            "value",
        .floating = "rows from the top, each from the left"};
    static constexpr motion_blur_fn stage(double const* values) { return motion_blur(values[0], values[1]); }
};

QUOIN_NAMESPACE_END
