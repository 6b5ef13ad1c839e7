// SPDX-License-Identifier: BSL-1.0
// Powers and roots in float for conversions of colors: polynomials, with the same bits for scalars and lanes.
#pragma once

#include <quoin/filter/detail/colors.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The polynomial with these 3, 5, 7 or 8 coefficients, the one without x first. Pairs are added before they are
/// multiplied by powers (G. Estrin, 1960): sums of sums wait less for each other.
template <class V>
QUOIN_INLINE V polynomial(V const& x, float a, float b, float c) {
    return (x * c + b) * x + a;
}
template <class V>
QUOIN_INLINE V polynomial(V const& x, float a, float b, float c, float d, float e) {
    V const square = x * x;
    return (x * b + a) + ((x * d + c) + square * e) * square;
}
template <class V>
QUOIN_INLINE V polynomial(V const& x, float a, float b, float c, float d, float e, float f, float g) {
    V const square = x * x;
    return ((x * b + a) + (x * d + c) * square) + ((x * f + e) + square * g) * (square * square);
}
template <class V>
QUOIN_INLINE V polynomial(V const& x, float a, float b, float c, float d, float e, float f, float g, float h) {
    V const square = x * x;
    return ((x * b + a) + (x * d + c) * square) + ((x * f + e) + (x * h + g) * square) * (square * square);
}

/// x = mantissa 2^exponent with 1 <= mantissa < 2, for a normal x > 0.
template <class V>
struct binary {
    decltype(bits_of(std::declval<V>())) exponent;
    V mantissa;

    QUOIN_INLINE explicit binary(V const& x)
        : exponent((bits_of(x) >> 23) - 127), mantissa(float_of((bits_of(x) & 0x7fffff) | 0x3f800000)) {}
};

/// mantissa^2.4 and mantissa^(1 / 2.4), within 2^-25 of the real value but for the rounding of the sums.
template <class V>
QUOIN_INLINE V mantissa_to_light(V const& m) {
    return polynomial(m, 0.015572184696793556f, -0.11551541090011597f, 0.7217283844947815f, 0.45351487398147583f,
                      -0.0892687663435936f, 0.015226272866129875f, -0.001257547177374363f);
}
template <class V>
QUOIN_INLINE V mantissa_to_stored(V const& m) {
    return polynomial(m, 0.3295367956161499f, 1.1676745414733887f, -0.9067323207855225f, 0.6451600193977356f,
                      -0.3212127983570099f, 0.10318346321582794f, -0.019174421206116676f, 0.0015648480039089918f);
}

/// 2^(p exponent) times a number, where p is high + low and exponent times high is exact.
template <class V, class I>
QUOIN_INLINE V times_power_of_2(V const& number, I const& exponent, float high, float low) {
    V const e = convert<float>(exponent), y = e * high, whole = floor(y + 0.5f), rest = (y - whole) + e * low;
    V const power = polynomial(rest, 1.0f, 0.6931471824645996f, 0.24022646248340607f, 0.05550328642129898f,
                               0.009618489071726799f, 0.0013399930903688073f, 0.0001534580223960802f);
    return float_of(bits_of(number * power) + (convert<std::int32_t>(whole) << 23));
}

/// The largest number of which powers are computed. Larger ones and infinity give infinity, and NaN stays NaN.
inline constexpr float largest_base = 1125899906842624.0f; // 2^50

/// The light of a stored value of sRGB (IEC 61966-2-1): c / 12.92 for c <= 0.04045, else ((c + 0.055) / 1.055)^2.4.
template <class V>
QUOIN_INLINE V light_of(V const& c) {
    V const base = min(max(c, V(0.04045f)), V(largest_base)) * (1 / 1.055f) + 0.055f / 1.055f;
    binary<V> const b(base);
    V const power = times_power_of_2(mantissa_to_light(b.mantissa), b.exponent, 2.39990234375f, 9.765625e-05f);
    V const bright = select(c <= V(largest_base), power, c * highest<float>);
    return select(c <= V(0.04045f), c * (1 / 12.92f), bright);
}

/// Its inverse: 12.92 l for l <= 0.0031308, else 1.055 l^(1 / 2.4) - 0.055.
template <class V>
QUOIN_INLINE V stored_of(V const& l) {
    binary<V> const b(min(max(l, V(0.0031308f)), V(largest_base)));
    V const power =
        times_power_of_2(mantissa_to_stored(b.mantissa), b.exponent, 0.416748046875f, -8.138020833331483e-05f);
    V const bright = select(l <= V(largest_base), power * 1.055f - 0.055f, l * highest<float>);
    return select(l <= V(0.0031308f), l * 12.92f, bright);
}

/// light_of() for 0 <= c <= 1. There the base has an exponent of -4 to 0, and 2^(0.4 exponent) is a polynomial of it.
template <class V>
QUOIN_INLINE V light_of_share(V const& c) {
    V const base = c * (1 / 1.055f) + 0.055f / 1.055f;
    binary<V> const b(base);
    V const power = polynomial(V(convert<float>(b.exponent)), 1.0f, 0.2770499289035797f, 0.03799065575003624f,
                               0.003225679276511073f, 0.00014324096264317632f);
    V const bright = float_of(bits_of(mantissa_to_light(b.mantissa) * power) + (b.exponent << 24));
    return select(c <= V(0.04045f), c * (1 / 12.92f), bright);
}

/// The cube root of a normal t > 0: the reciprocal root by a line through its logarithm, within 3.5 %, and two steps,
/// of the fourth and of the second order, towards the root of 1 - t r^3.
template <class V>
QUOIN_INLINE V cube_root(V const& t) {
    using I = decltype(bits_of(t));
    V const first = convert<float>(bits_of(t)) * (-1.0f / 3) + 1419910442.0f;
    V const r = float_of(I(convert<std::int32_t>(first)));
    V const e = V(1.0f) - t * r * (r * r);
    V const s = r + r * e * polynomial(e, 1.0f / 3, 2.0f / 9, 14.0f / 81);
    V const f = V(1.0f) - t * s * (s * s);
    V const u = s + s * f * (1.0f / 3);
    return t * u * u;
}

/// x within 0..1; NaN becomes 0.
template <class V>
QUOIN_INLINE V share_of_white(V const& x) {
    return min(max(x, V(0.0f)), V(1.0f));
}

/// A channel in parts of white, or floating point as it is; and a channel of U with that share, integers rounded half
/// up and saturated.
template <class V>
QUOIN_INLINE auto part_of_white(V const& v) {
    using T = scalar_t<V>;
    if constexpr (std::floating_point<T>) return v;
    else return convert<float>(v) * (1.0f / static_cast<float>(white<T>));
}
template <class U, class V>
QUOIN_INLINE auto from_part_of_white(V const& part) {
    if constexpr (std::floating_point<U>) return part;
    else return saturate<U>(part * static_cast<float>(white<U>));
}

/// by_registers() of the color in parts of white: f(red, green, blue) gives three floats.
template <class P, class F>
QUOIN_INLINE auto of_parts(P const& p, F const& f) {
    using traits = pixel_traits<P>;
    return by_registers(f, part_of_white(get_channel<traits::red>(p)), part_of_white(get_channel<traits::green>(p)),
                        part_of_white(get_channel<traits::blue>(p)));
}

} // namespace detail

QUOIN_NAMESPACE_END
