// SPDX-License-Identifier: BSL-1.0
// Logarithms and powers in float. They consist of sums, products and shifts of bits, so scalars and lanes agree to the
// bit.
#pragma once

#include <quoin/core/numeric.hpp>
#include <quoin/lanes/arithmetic.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The sum of factor[i] t^i, from the last factor on.
template <class V, std::size_t Count>
QUOIN_INLINE V polynomial(V const& t, float const (&factors)[Count]) {
    V sum = V(factors[Count - 1]);
    for (std::size_t i = Count - 1; i-- > 0;) sum = sum * t + V(factors[i]);
    return sum;
}

/// A number x > 0 as 2^whole m: whole, and log2(m) in [-1/2, 1/2].
template <class V>
struct log2_parts {
    V whole, rest;
};

/// The polynomial is within 2^-27 of log2(1 + t) / t, and `rest` within 2 units in the last place.
template <class V>
QUOIN_INLINE log2_parts<V> log2_of(V const& x) {
    constexpr float least = 1.17549435e-38f; // below it numbers have fewer digits
    constexpr float smallest = 1.40129846e-45f;
    auto const tiny = x < V(least);
    // Where x <= 0 the result has no meaning, but differences of its bits must not overflow.
    auto const bits = bits_as<std::int32_t>(select(tiny, max(x, V(smallest)) * 16777216.0f, x));
    auto const exponent = (bits - std::int32_t{0x3f3504f3}) >> 23; // of m in [sqrt(1/2), sqrt(2))
    auto const t = bits_as<float>(bits - (exponent << 23)) - 1.0f;
    auto const whole = convert<float>(exponent);
    return {select(tiny, whole - 24.0f, whole),
            t * polynomial(t, {1.442695041e+00f, -7.213473515e-01f, 4.808982412e-01f, -3.606966495e-01f,
                               2.885673995e-01f, -2.396173944e-01f, 2.046007709e-01f, -1.910629752e-01f,
                               1.861741407e-01f, -1.099480556e-01f})};
}

/// 2^(whole + part), within 2 units in the last place if part is exact. `whole` is a whole number, and |part| at most
/// 2^20. Results below 2^-126 have fewer digits, and from 2^128 on they are infinite. A NaN as `part` gives any number.
template <class V>
QUOIN_INLINE V exp2_of(V const& whole, V const& part) {
    auto const more = floor(part + 0.5f);
    auto const value = polynomial(part - more, {1.000000001e+00f, 6.931472057e-01f, 2.402264689e-01f, 5.550328777e-02f,
                                                9.618488975e-03f, 1.339993118e-03f, 1.534580715e-04f});
    // Two factors, because results from 2^127.5 on and below 2^-126 have a power of two that is no float of its own.
    auto const exponent = convert<std::int32_t>(max(min(whole + more, V(254.0f)), V(-252.0f)));
    auto const half = exponent >> 1;
    return value * bits_as<float>((half + std::int32_t{127}) << 23) *
           bits_as<float>((exponent - half + std::int32_t{127}) << 23);
}

/// x^power for x > 0 and 0 < power <= 1000. The power has a front of 14 bits, so that its product with the exponent of
/// x is exact. The result is within 4 + 2 power units in the last place.
template <class V>
QUOIN_INLINE V power_of(V const& x, float power) {
    float const front = bits_as<float>(bits_as<std::int32_t>(power) & ~std::int32_t{0x3ff});
    auto const log = log2_of(x);
    auto const exponent = log.whole * front;
    auto const whole = floor(exponent + 0.5f);
    return exp2_of(whole, (exponent - whole) + (log.whole * (power - front) + log.rest * power));
}

} // namespace detail

QUOIN_NAMESPACE_END
