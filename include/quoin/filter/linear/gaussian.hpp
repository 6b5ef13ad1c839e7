// SPDX-License-Identifier: BSL-1.0
// gaussian: the separable Gaussian blur, by its definition.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/pipe/kernel.hpp>
#include <quoin/pipe/operation.hpp>

#include <optional>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A symmetric kernel, held by value so that it can be copied to a device. The fixed-point weight of tap i is high_i *
/// unit + low_i; the unit is gaussian_unit. Pair i of either has the parts of the taps i - 1 and i, as dot_factors
/// packs them, and 0 beyond the radius. A larger radius than max_radius has exact weights alone.
struct gaussian_weights {
    static constexpr int max_radius = 127, max_exact_radius = 168;
    int radius = 0;
    std::int32_t highs[2 * max_radius + 2] = {}, lows[2 * max_radius + 2] = {};
    double exact[max_exact_radius + 1] = {}; // from the middle; sum of all taps: 1

    QUOIN_FN std::int32_t const* high() const { return highs + max_radius; }
    QUOIN_FN std::int32_t const* low() const { return lows + max_radius; }
};

/// exp(x) for x <= 0, usable in constant expressions.
constexpr double exp_negative(double x) {
    if (x < -746) return 0;
    int halvings = 0;
    while (x < -0.5) {
        x /= 2;
        ++halvings;
    }
    double term = 1, sum = 1;
    for (int k = 1; k < 30; ++k) sum += term *= x / k;
    while (halvings-- > 0) sum *= sum;
    return sum;
}

/// Samples of exp(-i^2 / (2 sigma^2)) from the middle to the radius, divided by the sum of all taps.
constexpr void sample_gaussian(double sigma, int radius, double* to) {
    double total = 0;
    for (int i = 0; i <= radius; ++i) {
        to[i] = i == 0 ? 1 : exp_negative(-static_cast<double>(i) * i / (2 * sigma * sigma));
        total += i == 0 ? to[i] : 2 * to[i];
    }
    for (int i = 0; i <= radius; ++i) to[i] /= total;
}

/// The samples, and in fixed point. There they sum to 2^14 * unit: outer taps are rounded, and the middle tap takes the
/// remainder. Low parts are at most unit / 2 from 0.
constexpr gaussian_weights make_gaussian_weights(double sigma, int radius, int unit) {
    gaussian_weights w;
    w.radius = radius;
    sample_gaussian(sigma, radius, w.exact);
    if (radius > gaussian_weights::max_radius) return w;
    std::int32_t const one = 16384 * unit;
    std::int32_t fixed[gaussian_weights::max_radius + 2] = {one};
    for (int i = radius; i > 0; --i) {
        fixed[i] = static_cast<std::int32_t>(w.exact[i] * one + 0.5);
        fixed[0] -= 2 * fixed[i];
    }
    auto const high = [&](int i) { return static_cast<std::int16_t>((fixed[i] + unit / 2) / unit); };
    auto const low = [&](int i) { return static_cast<std::int16_t>(fixed[i] - high(i) * unit); };
    for (int i = -radius; i <= radius + 1; ++i) {
        int const before = i > 0 ? i - 1 : 1 - i, here = i > 0 ? i : -i;
        w.highs[gaussian_weights::max_radius + i] = dot_factors(high(before), high(here));
        w.lows[gaussian_weights::max_radius + i] = dot_factors(low(before), low(here));
    }
    return w;
}

/// ceil(cut sigma), in pixels.
constexpr int gaussian_radius(double sigma, double cut) {
    int const whole = static_cast<int>(cut * sigma);
    return whole < cut * sigma ? whole + 1 : whole;
}

/// The weighted sum, from the middle tap outwards, with weights of type A: `middle` is the input of tap 0, and pair(i)
/// the sum of those of the taps -i and i.
template <class A, class V, class Pair>
QUOIN_INLINE auto exact_sum(gaussian_weights const& weights, V const& middle, Pair const& pair) {
    auto sum = middle * static_cast<A>(weights.exact[0]);
    for (int i = 1; i <= weights.radius; ++i) sum = sum + pair(i) * static_cast<A>(weights.exact[i]);
    return sum;
}

/// The weighted sum over a column of bytes, with high parts, and if LowBits > 0 with low ones, divided by 2^LowBits.
template <int LowBits, class Row>
QUOIN_INLINE auto byte_column_dot(gaussian_weights const& weights, Row const& row) {
    auto const middle = row(0);
    using V = std::remove_const_t<decltype(middle)>;
    V const none(std::uint8_t{0});
    auto sum = dot_empty(middle), low_sum = sum;
    auto const add = [&](int i, V const& a, V const& b, V const& c, V const& d) QUOIN_LAMBDA_INLINE {
        auto const sums = sums_of_two(a, b, c, d);
        sum.add(sums, weights.high()[i]);
        if constexpr (LowBits > 0) low_sum.add(sums, weights.low()[i]);
    };
    add(1, middle, none, row(-1), row(1));
    int const r = weights.radius;
    int i = 2;
    for (; i < r; i += 2) add(i + 1, row(-i), row(i), row(-i - 1), row(i + 1));
    if (i == r) add(i + 1, row(-i), row(i), none, none);
    if constexpr (LowBits > 0) sum.template add_shifted<LowBits>(low_sum);
    return sum;
}

/// The arithmetic in which the taps of channels T are summed.
template <class T>
inline constexpr bool gaussian_in_bytes = std::same_as<T, std::uint8_t>;
template <class T>
inline constexpr bool gaussian_in_16_bits = std::integral<T> && sizeof(T) == 2;
/// Where the kernel for channels T is cut.
template <class T>
constexpr int gaussian_radius_of(double sigma) {
    constexpr double narrow = 3;
    if constexpr (gaussian_in_bytes<T>)
        return min(gaussian_radius(sigma, sigma <= narrow ? 3 : 3.5), gaussian_weights::max_radius);
    else return gaussian_radius(sigma, gaussian_in_16_bits<T> ? 3 : 4);
}
/// 2^7 if the weights have low parts, else 1.
template <class T>
inline constexpr int gaussian_unit = gaussian_in_16_bits<T> ? 128 : 1;

/// The first pass, along columns, of channels T. u8 becomes i16 with 7 fractional bits. 16-bit channels become i16, and
/// u16 is stored less 2^15. i32 becomes double. Floating point keeps its type.
template <class T>
struct gaussian_columns {
    using vectorized = void;
    using channelwise = void;
    gaussian_weights weights;

    QUOIN_FN quoin::footprint footprint() const { return {0, weights.radius}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        if constexpr (gaussian_in_bytes<T>) {
            return byte_column_dot<0>(weights, [&](int i) QUOIN_LAMBDA_INLINE { return w(0, i); }).template scaled<7>();
        } else if constexpr (gaussian_in_16_bits<T>) {
            auto const tap = [&](int i) QUOIN_LAMBDA_INLINE { return as_signed(w(0, i)); };
            auto sum = dot_empty(tap(0)), low_sum = sum;
            int const r = weights.radius;
            for (int i = -r; i <= r; i += 2) {
                auto const a = tap(i), b = tap(i < r ? i + 1 : r);
                sum.add_pair(a, b, weights.high()[i + 1]);
                low_sum.add_pair(a, b, weights.low()[i + 1]);
            }
            sum.template add_shifted<7>(low_sum);
            return sum.template scaled<14>();
        } else {
            using A = std::conditional_t<std::floating_point<T>, T, double>;
            return exact_sum<A>(weights, w.template at<A>(0, 0), [&](int i) QUOIN_LAMBDA_INLINE {
                return w.template at<A>(0, -i) + w.template at<A>(0, i);
            });
        }
    }
};

/// The second pass, along rows, over the result of gaussian_columns<T>.
template <class T>
struct gaussian_rows {
    using vectorized = void;
    using channelwise = void;
    gaussian_weights weights, weights_of_columns;

    QUOIN_FN quoin::footprint footprint() const { return {weights.radius, 0}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        if constexpr (gaussian_in_bytes<T>) {
            return row_dot<0>(w, weights.high(), weights.low(), weights.radius, 1 << 20).template shifted<21, T>();
        } else if constexpr (gaussian_in_16_bits<T>) {
            return row_dot<7>(w, weights.high(), weights.low(), weights.radius,
                              (1 << 13) + signed_offset<T> * (1 << 14))
                .template shifted<14, T>();
        } else {
            using A = std::conditional_t<std::floating_point<T>, T, double>;
            return saturate<T>(exact_sum<A>(weights, w.template at<A>(0, 0), [&](int i) QUOIN_LAMBDA_INLINE {
                return w.template at<A>(-i, 0) + w.template at<A>(i, 0);
            }));
        }
    }

    /// A constant border is defined for pixels; outside the image the second pass reads the column sum of the constant.
    using outside_of = T;
    QUOIN_FN auto outside(T value) const { return gaussian_columns<T>{weights_of_columns}(constant_window<T>{value}); }
};

} // namespace detail

/// The stage made by gaussian().
class gaussian_fn {
public:
    using expands = void;

    constexpr gaussian_fn(double sigma_x, double sigma_y) : x_(sigma_x), y_(sigma_y) {
        for (double const sigma : {sigma_x, sigma_y})
            if (!(sigma > 0) || sigma > 42)
                detail::raise("quoin::gaussian: sigma ", sigma, " is not in (0, 42]; use wide_gaussian for more");
    }

    template <class P>
    constexpr auto expand() const {
        using T = channel_t<P>;
        return compose(detail::gaussian_columns<T>{weights<T>(y_)},
                       detail::gaussian_rows<T>{weights<T>(x_), weights<T>(y_)});
    }

private:
    template <class T>
    static constexpr detail::gaussian_weights weights(double sigma) {
        return detail::make_gaussian_weights(sigma, detail::gaussian_radius_of<T>(sigma), detail::gaussian_unit<T>);
    }

    double x_, y_;
};

/// Local stage, separable. Each channel is convolved with the kernel exp(-i^2 / (2 sigma_x^2) - j^2 / (2 sigma_y^2))
/// over |i| <= ceil(c sigma_x) and |j| <= ceil(c sigma_y); sigma_y is sigma_x if left out. c is 3 for u8 up to sigma 3
/// and for 16 bits, 3.5 for u8 beyond, but at most 127 pixels, and 4 for all others. The kernel is normalized. There
/// are two passes: columns, then rows. The pixel type does not change. Border: that of the last extend(), or
/// reflect_101 without one. What is cut off is, of a range of 255, at most 1.33 where c is 3, 0.18 where it is 3.5 and
/// 0.031 where it is 4 (docs/approximations.md).
///
/// u8 channels have weights of 14 bits that sum to exactly 1, and 32-bit sums. Both passes round half up, and 7
/// fractional bits are kept between them. The result is within 1 of the real-valued filter, and a constant image does
/// not change. u16 and i16 channels have weights of 21 bits and whole numbers between the passes; the result is within
/// 2. i32 channels are computed in double and rounded half up once. Floating point: computed in the channel's type,
/// from the middle tap outwards. Cost: 2 r_x + 2 r_y + 2 products per pixel, which wide_gaussian() saves beyond 6.
/// @throws invalid_argument unless 0 < sigma <= 42, for both.
constexpr gaussian_fn gaussian(double sigma_x, std::optional<double> sigma_y = {}) {
    return gaussian_fn(sigma_x, sigma_y.value_or(sigma_x));
}

QUOIN_NAMESPACE_END
