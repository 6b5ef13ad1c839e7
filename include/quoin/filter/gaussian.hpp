// SPDX-License-Identifier: BSL-1.0
// gaussian: the blur of any sigma, separable.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/pipe/stage.hpp>
#include <quoin/view/correlate.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Half of a symmetric kernel, middle first, by value so that it travels to a device.
struct gaussian_weights {
    static constexpr int max_radius = 127;
    int radius = 0;
    std::int32_t fixed[max_radius + 1] = {}; // sum of all taps: 2^14 for u8, 2^16 for the wider integers
    double exact[max_radius + 1] = {};       // sum of all taps: 1
    std::int16_t row[2 * max_radius + 3] = {}; // for u8, both halves of fixed with the middle at max_radius + 1, then zeros
};

/// exp(x) for x <= 0, usable in constant expressions.
constexpr double exp_negative(double x) {
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

/// Samples of exp(-i^2 / (2 sigma^2)), divided by their sum; the fixed-point taps are rounded outside-in, what is left
/// over goes to the middle.
constexpr gaussian_weights make_gaussian_weights(double sigma, int radius, int bits) {
    gaussian_weights w;
    w.radius = radius;
    double total = 0;
    for (int i = 0; i <= radius; ++i) {
        w.exact[i] = exp_negative(-static_cast<double>(i) * i / (2 * sigma * sigma));
        total += i == 0 ? w.exact[i] : 2 * w.exact[i];
    }
    std::int32_t rest = std::int32_t{1} << bits;
    for (int i = radius; i >= 0; --i) {
        w.exact[i] /= total;
        if (i > 0) {
            w.fixed[i] = static_cast<std::int32_t>(w.exact[i] * (1 << bits) + 0.5);
            rest -= 2 * w.fixed[i];
        }
    }
    w.fixed[0] = rest;
    if (bits < 16)
        for (int i = -radius; i <= radius; ++i)
            w.row[gaussian_weights::max_radius + 1 + i] = static_cast<std::int16_t>(w.fixed[i < 0 ? -i : i]);
    return w;
}

/// One pass, along rows or along columns, of channels that were T in the image. u8: column sums keep 7 bits
/// behind the point in 16 bits, row sums lose them again; both sum in 32 bits. Other integers: integer weights in double,
/// which is exact for 16 bits. Floating point: in its own type, from the middle outwards.
template <class T, bool Rows>
struct gaussian_pass {
    using vectorised = void;
    using channelwise = void;
    gaussian_weights weights;

    QUOIN_FN quoin::footprint footprint() const {
        return Rows ? quoin::footprint{weights.radius, 0} : quoin::footprint{0, weights.radius};
    }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        if constexpr (std::same_as<T, std::uint8_t> && Rows) {
            return row_dot(w, weights.row + gaussian_weights::max_radius + 1, weights.radius).template scaled<21, T>();
        } else if constexpr (std::same_as<T, std::uint8_t>) {
            auto const k = [&](int i) QUOIN_LAMBDA_INLINE { return static_cast<std::int16_t>(weights.fixed[i]); };
            auto const tap = [&](int i) QUOIN_LAMBDA_INLINE { return at<std::uint8_t>(w, i); };
            auto sum = dot_start(tap(0), k(0), tap(0), 0);
            for (int i = 1; i <= weights.radius; ++i) sum.add(tap(-i), k(i), tap(i), k(i));
            return sum.template scaled<7>();
        } else if constexpr (std::integral<T>) {
            auto sum = at<double>(w, 0) * static_cast<double>(weights.fixed[0]);
            for (int i = 1; i <= weights.radius; ++i)
                sum = sum + (at<double>(w, -i) + at<double>(w, i)) * static_cast<double>(weights.fixed[i]);
            if constexpr (Rows) return saturate<T>(sum * (1.0 / 4294967296.0));
            else return sum;
        } else {
            auto sum = at<T>(w, 0) * static_cast<T>(weights.exact[0]);
            for (int i = 1; i <= weights.radius; ++i)
                sum = sum + (at<T>(w, -i) + at<T>(w, i)) * static_cast<T>(weights.exact[i]);
            return sum;
        }
    }

    /// A constant border stands outside the image, not outside the column sums.
    using outside_of = T;
    QUOIN_FN auto outside(T value) const {
        if constexpr (Rows) return gaussian_pass<T, false>{weights}(constant_window<T>{value});
        else return value;
    }

private:
    template <class U, class Window>
    static QUOIN_INLINE auto at(Window const& w, int i) {
        if constexpr (Rows) return w.template at<U>(i, 0);
        else return w.template at<U>(0, i);
    }
};

} // namespace detail

/// The closure made by gaussian().
class gaussian_fn {
public:
    using expands = void;

    constexpr explicit gaussian_fn(double sigma) : sigma_(sigma) {
        if (!(sigma > 0) || sigma > 42)
            detail::raise("quoin::gaussian: sigma ", sigma, " is not in (0, 42]; blur twice for more");
    }

    template <class P>
    constexpr auto expand() const {
        using T = channel_t<P>;
        int const whole = static_cast<int>(3 * sigma_);
        int const radius = whole < 3 * sigma_ ? whole + 1 : whole;
        auto const weights = detail::make_gaussian_weights(sigma_, radius, std::same_as<T, std::uint8_t> ? 14 : 16);
        return compose(detail::gaussian_pass<T, false>{weights}, detail::gaussian_pass<T, true>{weights});
    }

private:
    double sigma_;
};

/// Local, separable, each channel: the normalised kernel exp(-(i^2 + j^2) / (2 sigma^2)) over |i|, |j| <= r with
/// r = ceil(3 sigma), as columns and then rows. Same pixel type.
/// u8: weights of 14 bits that sum to 1 exactly, 32-bit sums, half up after each pass: within 1 of the real-valued filter,
/// and a constant image stays as it is. Other integers: weights of 16 bits, exact sums (i32: in double), rounded half up
/// once. Floating point: in the channel's type, from the middle tap outwards. Cost: 2 (2 r + 1) products a pixel.
/// @throws invalid_argument unless 0 < sigma <= 42.
constexpr gaussian_fn gaussian(double sigma) { return gaussian_fn(sigma); }

QUOIN_NAMESPACE_END
