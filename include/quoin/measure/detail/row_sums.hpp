// SPDX-License-Identifier: BSL-1.0
// Sums over parts of rows: exact for integers, and in one order for floating point.
#pragma once

#include <quoin/measure/detail/reading.hpp>

#include <bit>

QUOIN_NAMESPACE_BEGIN

namespace detail {

__extension__ typedef __int128 i128;
__extension__ typedef unsigned __int128 u128;

/// The sum of the values of a register, in 64 bits.
template <class Lanes, class V>
QUOIN_INLINE auto total(V const& v) {
    using T = scalar_t<V>;
    using S = std::conditional_t<std::is_unsigned_v<T>, std::uint64_t, std::int64_t>;
    if constexpr (Lanes::count == 1) {
        return static_cast<S>(v);
    } else {
        alignas(64) T values[V::count];
        v.store(values);
        S sum = 0;
        for (T const value : values) sum += static_cast<S>(value);
        return sum;
    }
}

/// The sum of count integers of a part.
template <class Lanes, std::integral T>
QUOIN_NOINLINE std::int64_t row_sum(T const* p, index_t count) {
    std::int64_t sum = 0;
    index_t i = 0;
    if constexpr (Lanes::count > 1) {
        if constexpr (std::same_as<T, std::uint8_t>) {
            auto eights = sums_of_eight(typename Lanes::template type<T>(T(0)));
            for (; i + Lanes::count <= count; i += Lanes::count)
                eights += sums_of_eight(Lanes::template load_as<T>(p + i));
            sum = static_cast<std::int64_t>(total<Lanes>(eights));
        } else {
            using A = std::conditional_t<sizeof(T) <= 2, std::int32_t, std::int64_t>; // a part has at most 2^14 values
            typename Lanes::template type<A> values(A(0));
            for (; i + Lanes::count <= count; i += Lanes::count)
                values += convert<A>(Lanes::template load_as<T>(p + i));
            sum = total<Lanes>(values);
        }
    }
    for (; i < count; ++i) sum += p[i];
    return sum;
}

/// The sum of a[i] * b[i] for integers of 8 or 16 bits of a part.
template <class Lanes, std::integral T>
    requires(sizeof(T) <= 2)
QUOIN_NOINLINE std::int64_t row_product(T const* a, T const* b, index_t count) {
    std::int64_t sum = 0;
    index_t i = 0;
    if constexpr (Lanes::count > 1) {
        if constexpr (sizeof(T) == 1) {
            // 2^14 values make at most 2^9 additions of at most 2^17.
            typename Lanes::template type<std::int16_t> const zero(std::int16_t(0));
            auto pairs = pair_products(zero, zero);
            for (; i + Lanes::count <= count; i += Lanes::count)
                pairs += pair_products(Lanes::template load_as<std::int16_t>(a + i),
                                       Lanes::template load_as<std::int16_t>(b + i));
            sum = total<Lanes>(pairs);
        } else {
            // Products of 32 bits. Their halves are added apart, in 32 bits.
            using A = std::conditional_t<std::is_unsigned_v<T>, std::uint32_t, std::int32_t>;
            typename Lanes::template type<A> low(A(0)), high(A(0));
            for (; i + Lanes::count <= count; i += Lanes::count) {
                auto const product = Lanes::template load_as<A>(a + i) * Lanes::template load_as<A>(b + i);
                low += product & A(0xFFFF);
                high += product >> 16;
            }
            sum = static_cast<std::int64_t>(total<Lanes>(low)) + (static_cast<std::int64_t>(total<Lanes>(high)) << 16);
        }
    }
    for (; i < count; ++i) sum += std::int64_t{a[i]} * b[i];
    return sum;
}

/// Partial sums in double: that of column x goes to place x mod 64. So the order of additions is the same for any
/// number of lanes.
struct column_sums {
    alignas(64) double at[64] = {};

    /// Adds f(lane family, i) for i in 0..count-1, where i is column x + i. f returns lanes of double.
    template <class Lanes, class F>
    QUOIN_INLINE void add(index_t x, index_t count, F const& f) {
        index_t i = 0;
        if constexpr (Lanes::count > 1) {
            for (; i < count && (x + i) % Lanes::count != 0; ++i) add_at<scalar_lanes>(x + i, f(scalar_lanes{}, i));
            for (; i + Lanes::count <= count; i += Lanes::count) add_at<Lanes>(x + i, f(Lanes{}, i));
        }
        for (; i < count; ++i) add_at<scalar_lanes>(x + i, f(scalar_lanes{}, i));
    }
    double sum() const {
        double all = 0;
        for (double const each : at) all += each;
        return all;
    }

private:
    template <class Lanes, class V>
    QUOIN_INLINE void add_at(index_t x, V const& value) {
        double* const place = at + x % 64;
        Lanes::store(place, Lanes::template load_as<double>(place) + value);
    }
};

/// a / b for b > 0, correctly rounded to nearest, halves to even.
inline double rounded_ratio(i128 a, u128 b) {
    bool const negative = a < 0;
    u128 n = negative ? -static_cast<u128>(a) : static_cast<u128>(a);
    if (n == 0) return 0;
    auto const zeros_above = [](u128 v) {
        auto const high = static_cast<std::uint64_t>(v >> 64);
        return high != 0 ? std::countl_zero(high) : 64 + std::countl_zero(static_cast<std::uint64_t>(v));
    };
    int exponent = -zeros_above(n);
    n <<= -exponent;
    while (b >> 64 != 0 && (b & 1) == 0) b >>= 1, --exponent;
    u128 quotient = n / b;
    bool rest = n % b != 0;
    if (int const more = 64 - zeros_above(quotient); more > 0) {
        rest = rest || (quotient & ((u128{1} << more) - 1)) != 0;
        quotient >>= more;
        exponent += more;
    }
    // 63 bits or more, of which a double holds 53; the last one says whether there is a rest.
    double const whole = static_cast<double>(static_cast<std::uint64_t>(quotient) | static_cast<std::uint64_t>(rest));
    double const result = __builtin_ldexp(whole, exponent);
    return negative ? -result : result;
}

} // namespace detail

QUOIN_NAMESPACE_END
