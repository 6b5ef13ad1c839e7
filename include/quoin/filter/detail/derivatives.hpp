// SPDX-License-Identifier: BSL-1.0
// The kernels of derivatives, the stages of their values, and those of the lengths of gradients.
#pragma once

#include <quoin/pipe/kernel.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A column or a row of factors.
template <int N>
struct factors {
    int at[N];
};

/// The derivative of order 0, 1 or 2 over N pixels, smoothed: (1 + z)^(N - 1 - Order) (z - 1)^Order as a polynomial.
template <int Order, int N>
constexpr factors<N> smooth_derivative() {
    factors<N> result{{1}};
    for (int n = 1; n < N; ++n)
        for (int i = n, sign = n <= Order ? -1 : 1; i >= 0; --i)
            result.at[i] = sign * result.at[i] + (i > 0 ? result.at[i - 1] : 0);
    return result;
}

/// The kernel with the factors down[j] * along[i].
template <int N>
constexpr kernel<N, N> product(factors<N> down, factors<N> along) {
    kernel<N, N> result{};
    for (int j = 0; j < N; ++j)
        for (int i = 0; i < N; ++i) result.factor[j][i] = down.at[j] * along.at[i];
    return result;
}

/// The correlation with a kernel of 3 x 3 whose factors sum to 0, saturated to gradient_t.
template <auto K>
struct derivative {
    using vectorized = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint = K.footprint;

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return saturate<gradient_t<typename Window::channel_type>>(weighted_sum<K>(w));
    }
};

/// min(round(sqrt(x^2 + y^2)), 65535) of i32 values, divided by 2^shift before it is rounded. The float root may be off
/// by one. The root r of the sum of squares s is right if r^2 - r < s <= r^2 + r, so a wrong r is corrected by one.
template <class V>
QUOIN_INLINE auto rounded_length(V const& x, V const& y, int shift) {
    auto const square = [](V const& v) QUOIN_LAMBDA_INLINE {
        auto const u = convert<std::uint32_t>(min(abs(v), V(65535)));
        return u * u;
    };
    auto const xx = square(x), yy = square(y);
    using U = std::remove_cvref_t<decltype(xx)>;
    U const one(1u), most(65535u);
    U const sum = xx + yy;
    U const s = select(sum < xx, U(0xFFFFFFFFu), sum); // past 32 bits
    U const r = min(convert<std::uint32_t>(sqrt(convert<float>(s)) + 0.5f), most);
    U const rr = r * r;
    U const up = select(s > rr + r, r + one, r);
    U const root = min(select(s <= rr - r && r > U(0u), r - one, up), most);
    if (shift == 0) return root;
    U const whole = select(root * root > s, root - one, root); // a root that is rounded down can be rounded once more
    return U((whole + U(1u << (shift - 1))) >> shift);
}

/// sqrt(x^2 + y^2) / 2^shift of sums over channels T, rounded half up once and saturated to T. 16 bits: if there is a
/// shift or the sums of squares need more than 32 bits, these are below 2^52, so the root in double is on the right
/// side of each half.
template <class T, bool InDouble, class V>
QUOIN_INLINE auto gradient_length_of(V const& x, V const& y, int shift) {
    if constexpr (std::integral<T> && sizeof(T) <= 2 && !InDouble) {
        return saturate<T>(
            convert<std::int32_t>(rounded_length(convert<std::int32_t>(x), convert<std::int32_t>(y), shift)));
    } else {
        using F = std::conditional_t<std::floating_point<T>, T, double>;
        auto const fx = convert<F>(x), fy = convert<F>(y);
        return saturate<T>(sqrt(fx * fx + fy * fy) * (F(1) / static_cast<F>(1 << shift)));
    }
}

/// sqrt(gx^2 + gy^2) / 2^Shift of the sums gx and gy with two kernels of 3 x 3, rounded half up once, and saturated to
/// the type of channel.
template <auto Dx, auto Dy, int Shift = 0>
struct gradient_length {
    using vectorized = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint = Dx.footprint;

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using T = typename Window::channel_type;
        if constexpr (std::same_as<T, std::uint8_t> && Shift == 0)
            return rounded_hypot(byte_correlation<Dx, 0>(w), byte_correlation<Dy, 0>(w));
        else if constexpr (std::integral<T> && sizeof(T) == 1 && Shift != 0) {
            // Of sums of squares that float does not hold the result saturates.
            auto const x = convert<std::int32_t>(weighted_sum<Dx>(w)), y = convert<std::int32_t>(weighted_sum<Dy>(w));
            return saturate<T>(sqrt(convert<float>(x * x + y * y)) * (1.0f / (1 << Shift)));
        } else
            return gradient_length_of < T,
                   sizeof(T) == 2 && Shift != 0 > (weighted_sum<Dx>(w), weighted_sum<Dy>(w), Shift);
    }
};

/// The sums of the derivative of this order along rows, smoothed down columns, and of the one down columns, smoothed
/// along rows, over N x N pixels. Columns are summed one after the other: with all of them unrolled there would be more
/// code, and no more speed. So factors along rows are held by value, and can be copied to a device.
template <int N, int Order>
class wide_derivatives {
public:
    static constexpr int radius = N / 2;
    static constexpr quoin::footprint footprint{radius, radius};

    constexpr wide_derivatives() {
        for (int i = 0; i <= radius; ++i) {
            smooth_[i] = static_cast<std::int16_t>(smooth_derivative<0, N>().at[radius + i]);
            slope_[i] = static_cast<std::int16_t>(smooth_derivative<Order, N>().at[radius + i]);
        }
    }

protected:
    /// f(the sum with the derivative along rows, the one down columns). Integers of 8 and 16 bits: in 32 bits, those of
    /// 8 down columns in 16.
    template <class Window, class F>
    QUOIN_INLINE auto with_sums(Window const& w, F const& f) const {
        using A = wide_t<typename Window::channel_type>;
        using S = std::conditional_t<sizeof(A) == 2, std::int32_t, A>;
        auto const middle = column<A>(w, 0);
        using V = std::remove_cvref_t<decltype(middle.smooth)>;
        auto along = convert<S>(middle.smooth) * static_cast<S>(slope_[0]);
        auto down = convert<S>(middle.slope) * static_cast<S>(smooth_[0]);
        for (int i = 1; i <= radius; ++i) {
            auto const left = column<A>(w, -i), right = column<A>(w, i);
            V const both = Order == 1 ? V(right.smooth - left.smooth) : V(right.smooth + left.smooth);
            along = along + convert<S>(both) * static_cast<S>(slope_[i]);
            down = down + convert<S>(V(left.slope + right.slope)) * static_cast<S>(smooth_[i]);
        }
        return f(along, down);
    }

private:
    template <class V>
    struct column_sums {
        V smooth, slope;
    };
    template <class A, class Window>
    static QUOIN_INLINE auto column(Window const& w, int i) {
        auto const middle = w.template at<A>(i, 0);
        using V = std::remove_const_t<decltype(middle)>;
        constexpr A most = smooth_derivative<0, N>().at[radius], least = smooth_derivative<Order, N>().at[radius];
        column_sums<V> sums{V(middle * most), V(middle * least)};
        unrolled<radius>([&](auto n) QUOIN_LAMBDA_INLINE {
            constexpr int j = decltype(n)::value + 1;
            constexpr A smooth = smooth_derivative<0, N>().at[radius + j];
            constexpr A slope = smooth_derivative<Order, N>().at[radius + j];
            auto const up = w.template at<A>(i, -j), down = w.template at<A>(i, j);
            V const sum = V(up + down), other = Order == 1 ? V(down - up) : sum;
            sums.smooth = V(sums.smooth + V(sum * smooth));
            sums.slope = V(sums.slope + V(other * slope));
        });
        return sums;
    }

    std::int16_t smooth_[radius + 1] = {}, slope_[radius + 1] = {};
};

} // namespace detail

QUOIN_NAMESPACE_END
