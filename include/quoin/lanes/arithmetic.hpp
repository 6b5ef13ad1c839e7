// SPDX-License-Identifier: BSL-1.0
// The arithmetic of filters, for one scalar. lanes.hpp has the same functions for many pixels at once, so a filter is
// written only once. Every function gives the same value for a scalar and for a lane.
#pragma once

#include <quoin/core/numeric.hpp>

#include <bit>

QUOIN_NAMESPACE_BEGIN

namespace detail {
template <class V>
struct scalar_of {
    using type = V;
};
template <class V>
    requires is_lanes<V>
struct scalar_of<V> {
    using type = typename V::value_type;
};
} // namespace detail

/// The channel type of a scalar or of lanes.
template <concepts::channel_value V>
using scalar_t = typename detail::scalar_of<V>::type;

/// x as a U, as static_cast does. The value must fit.
template <concepts::stored_channel U, concepts::stored_channel T>
QUOIN_INLINE U convert(T x) {
    return static_cast<U>(x);
}

/// The bits of x as a U of the same size.
template <concepts::channel U, concepts::channel T>
    requires(sizeof(U) == sizeof(T))
QUOIN_INLINE U bits_as(T x) {
    return std::bit_cast<U>(x);
}

/// a < b ? a : b. So the result is b if one of them is NaN or both are zeros, as with the instructions of x86-64.
template <class T>
    requires std::is_arithmetic_v<T>
QUOIN_INLINE T min(T a, T b) {
    return a < b ? a : b;
}

/// a > b ? a : b. So the result is b if one of them is NaN or both are zeros.
template <class T>
    requires std::is_arithmetic_v<T>
QUOIN_INLINE T max(T a, T b) {
    return a > b ? a : b;
}

template <class T>
    requires std::is_arithmetic_v<T>
QUOIN_INLINE T abs(T x) {
    return x > T(0) ? x : static_cast<T>(T(0) - x); // +0 for both zeros
}

/// a if the condition holds, else b.
template <class T>
    requires std::is_arithmetic_v<T>
QUOIN_INLINE T select(bool condition, T a, T b) {
    return condition ? a : b;
}

/// The largest integer <= x.
template <std::floating_point T>
QUOIN_INLINE T floor(T x) {
    if (__builtin_is_constant_evaluated()) {
        if (!(x > T(-9.0e15) && x < T(9.0e15))) return x;
        T const whole = static_cast<T>(static_cast<std::int64_t>(x));
        return whole > x ? whole - T(1) : whole == x ? x : whole; // -0 stays -0
    }
    // <cmath> is not included, because it is a tenth of the compile time of the umbrella header.
    if constexpr (sizeof(T) == sizeof(float)) return __builtin_floorf(x);
    else return __builtin_floor(x);
}

/// The correctly rounded square root, and NaN below 0.
template <std::floating_point T>
QUOIN_INLINE T sqrt(T x) {
    if (__builtin_is_constant_evaluated()) {
        if (x < T(0)) return std::numeric_limits<T>::quiet_NaN();
        if (!(x > T(0) && x <= highest<T>)) return x;
        QUOIN_WIDEST_FLOAT root = x;
        for (int i = 0; i < 2000; ++i) {
            QUOIN_WIDEST_FLOAT const next = (root + x / root) / 2;
            if (next == root) break;
            root = next;
        }
        return static_cast<T>(root);
    }
    if constexpr (sizeof(T) == sizeof(float)) return __builtin_sqrtf(x);
    else return __builtin_sqrt(x);
}

namespace detail {

/// The largest T below a half. floor(x + below_half) is half up for every x except -0.5, if |x| is small enough for T
/// to have halves. With a half instead, x = below_half would become 1.
template <std::floating_point T>
inline constexpr T below_half = T(0.5) - std::numeric_limits<T>::epsilon() / 4;

/// Whether T has halves up to the bounds of U.
template <class U, class T>
inline constexpr bool has_halves_of = sizeof(U) * 8 < std::numeric_limits<T>::digits;

} // namespace detail

/// x as a U, clamped to the range of U. Floating point to integer is half up, floor(x + 0.5) of the exact sum. NaN
/// becomes the smallest value of U. To a floating-point U it is a plain conversion; from and to half and bfloat16 it
/// goes through float.
template <concepts::stored_channel U, concepts::stored_channel T>
QUOIN_INLINE U saturate(T x) {
    if constexpr (std::same_as<U, T> || std::floating_point<U> || concepts::narrow_float<U>) {
        return static_cast<U>(x);
    } else if constexpr (concepts::narrow_float<T>) {
        return saturate<U>(static_cast<float>(x));
    } else if constexpr (std::floating_point<T>) {
        constexpr U low = lowest<U>, high = highest<U>;
        if (!(x > static_cast<T>(low))) return low;
        if (x >= static_cast<T>(high)) return high;
        if constexpr (detail::has_halves_of<U, T>) {
            return static_cast<U>(x == T(-0.5) ? T(0) : floor(x + detail::below_half<T>));
        } else {
            T const down = floor(x);
            return static_cast<U>(down + static_cast<T>(x - down >= T(0.5)));
        }
    } else {
        constexpr U low = lowest<U>, high = highest<U>;
        if constexpr (std::is_signed_v<T>) {
            if (static_cast<std::int64_t>(x) < static_cast<std::int64_t>(low)) return low;
            if (x < T(0)) return static_cast<U>(x);
        }
        return static_cast<std::uint64_t>(x) > static_cast<std::uint64_t>(high) ? high : static_cast<U>(x);
    }
}

/// x / 2^Shift. Integers are rounded half up (an arithmetic shift after adding half), and floating-point numbers are
/// exact.
template <int Shift, class T>
    requires std::is_arithmetic_v<T>
QUOIN_INLINE T scale_down(T x) {
    static_assert(Shift > 0 && Shift < 31);
    if constexpr (std::floating_point<T>) return x * (T(1) / static_cast<T>(std::int64_t{1} << Shift));
    else return static_cast<T>((x + (T(1) << (Shift - 1))) >> Shift);
}

/// The bits of a float.
QUOIN_INLINE std::int32_t bits_of(float x) {
    return __builtin_bit_cast(std::int32_t, x);
}

/// The float with these bits.
QUOIN_INLINE float float_of(std::int32_t bits) {
    return __builtin_bit_cast(float, bits);
}

/// Three scalars or lanes.
template <class V>
struct three {
    V first, second, third;
};

/// f(a, b, c), a three. Of lanes it is computed for one register after the other, so that long computations keep their
/// values in registers. The numbers in the result are as wide as those of a, b and c.
template <class F, class T>
    requires std::is_arithmetic_v<T>
QUOIN_INLINE auto by_registers(F const& f, T a, T b, T c) {
    return f(a, b, c);
}

/// sqrt(a^2 + b^2) for |a|, |b| <= 23170, rounded to nearest. The result is exact up to 1,500 and saturates at 32767.
QUOIN_INLINE std::int16_t rounded_hypot(std::int16_t a, std::int16_t b) {
    // Halves round to even, as in the instructions for lanes: above 2,047 a float root can be exactly a half although
    // the true root is only close to it.
    float const root = sqrt(static_cast<float>(a * a + b * b));
    int const whole = static_cast<int>(root);
    float const over = root - static_cast<float>(whole);
    return static_cast<std::int16_t>(min(whole + (over > 0.5f || (over == 0.5f && whole % 2 == 1)), 32767));
}

QUOIN_NAMESPACE_END
