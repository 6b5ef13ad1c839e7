// SPDX-License-Identifier: BSL-1.0
// lanes<T, N>: one channel of N neighboring pixels in SIMD registers, with the functions of arithmetic.hpp.
#pragma once

#include <quoin/core/detail/unrolled.hpp>
#include <quoin/lanes/arithmetic.hpp>
#include <quoin/lanes/detail/operations.hpp>

QUOIN_NAMESPACE_BEGIN

template <concepts::channel T, int N>
struct lanes_mask;

/// N values of type T in as many registers as they need. Every operator and function works value by value. Each value
/// is exactly that of the same operator or function on T, without integer promotion: T must hold the result.
template <concepts::stored_channel T, int N>
struct lanes {
    using value_type = T;
    using batch = xsimd::batch<T>;
    static constexpr int count = N;
    static constexpr int per_register = static_cast<int>(batch::size);
    static constexpr int registers = N / per_register;
    static_assert(N % per_register == 0);
    using in_register = lanes<T, per_register>; ///< those of one register

    batch reg[registers];

    lanes() = default;

    /// All N values equal `value`. The conversion is implicit, so that scalars and lanes mix in an expression.
    QUOIN_ALWAYS_INLINE lanes(T value) {
        detail::unrolled<registers>([&](auto i) QUOIN_LAMBDA_INLINE { reg[i] = batch(value); });
    }

    static QUOIN_ALWAYS_INLINE lanes load(T const* p) {
        return make([p](auto i) QUOIN_LAMBDA_INLINE { return batch::load_unaligned(p + i * per_register); });
    }
    QUOIN_ALWAYS_INLINE void store(T* p) const {
        detail::unrolled<registers>([&](auto i) QUOIN_LAMBDA_INLINE { reg[i].store_unaligned(p + i * per_register); });
    }

    /// The lanes whose register i is f(integral_constant<int, i>).
    template <class F>
    static QUOIN_ALWAYS_INLINE lanes make(F f) {
        return [&]<int... I>(std::integer_sequence<int, I...>) QUOIN_LAMBDA_INLINE {
            lanes result;
            ((result.reg[I] = f(std::integral_constant<int, I>{})), ...);
            return result;
        }(std::make_integer_sequence<int, registers>{});
    }

#define QUOIN_LANES_BINARY(OP)                                                                                         \
    friend QUOIN_ALWAYS_INLINE lanes operator OP(lanes const& a, lanes const& b) {                                     \
        return make([&](auto i) QUOIN_LAMBDA_INLINE { return batch(a.reg[i] OP b.reg[i]); });                          \
    }                                                                                                                  \
    friend QUOIN_ALWAYS_INLINE lanes& operator OP##=(lanes & a, lanes const& b) { return a = a OP b; }
    QUOIN_LANES_BINARY(+)
    QUOIN_LANES_BINARY(-)
    QUOIN_LANES_BINARY(*)
    QUOIN_LANES_BINARY(&)
    QUOIN_LANES_BINARY(|)
    QUOIN_LANES_BINARY(^)
#undef QUOIN_LANES_BINARY

    friend QUOIN_ALWAYS_INLINE lanes operator/(lanes const& a, lanes const& b) {
        return make([&](auto i) QUOIN_LAMBDA_INLINE { return detail::quotient(a.reg[i], b.reg[i]); });
    }
    friend QUOIN_ALWAYS_INLINE lanes& operator/=(lanes& a, lanes const& b) { return a = a / b; }

    friend QUOIN_ALWAYS_INLINE lanes operator-(lanes const& a) { return lanes(static_cast<T>(-0.0)) - a; }
    friend QUOIN_ALWAYS_INLINE lanes operator~(lanes const& a) {
        return make([&](auto i) QUOIN_LAMBDA_INLINE { return batch(~a.reg[i]); });
    }
    friend QUOIN_ALWAYS_INLINE lanes operator<<(lanes const& a, int shift) {
        return make([&](auto i) QUOIN_LAMBDA_INLINE { return batch(a.reg[i] << shift); });
    }
    friend QUOIN_ALWAYS_INLINE lanes operator>>(lanes const& a, int shift) {
        return make([&](auto i) QUOIN_LAMBDA_INLINE { return batch(a.reg[i] >> shift); });
    }

#define QUOIN_LANES_COMPARE(OP)                                                                                        \
    friend QUOIN_ALWAYS_INLINE lanes_mask<T, N> operator OP(lanes const& a, lanes const& b) {                          \
        return lanes_mask<T, N>::make([&](auto i) QUOIN_LAMBDA_INLINE { return a.reg[i] OP b.reg[i]; });               \
    }
    QUOIN_LANES_COMPARE(==)
    QUOIN_LANES_COMPARE(!=)
    QUOIN_LANES_COMPARE(<)
    QUOIN_LANES_COMPARE(<=)
    QUOIN_LANES_COMPARE(>)
    QUOIN_LANES_COMPARE(>=)
#undef QUOIN_LANES_COMPARE

    friend QUOIN_ALWAYS_INLINE lanes min(lanes const& a, lanes const& b) {
        return make([&](auto i) QUOIN_LAMBDA_INLINE { return detail::smaller(a.reg[i], b.reg[i]); });
    }
    friend QUOIN_ALWAYS_INLINE lanes max(lanes const& a, lanes const& b) {
        return make([&](auto i) QUOIN_LAMBDA_INLINE { return detail::larger(a.reg[i], b.reg[i]); });
    }
    friend QUOIN_ALWAYS_INLINE lanes abs(lanes const& a) {
        return make([&](auto i) QUOIN_LAMBDA_INLINE { return xsimd::abs(a.reg[i]); });
    }
    friend QUOIN_ALWAYS_INLINE lanes floor(lanes const& a)
        requires std::floating_point<T>
    {
        return make([&](auto i) QUOIN_LAMBDA_INLINE { return detail::rounded_down(a.reg[i]); });
    }
    friend QUOIN_ALWAYS_INLINE lanes sqrt(lanes const& a)
        requires std::floating_point<T>
    {
        return make([&](auto i) QUOIN_LAMBDA_INLINE { return detail::root(a.reg[i]); });
    }
    friend QUOIN_ALWAYS_INLINE lanes select(lanes_mask<T, N> const& m, lanes const& a, lanes const& b) {
        return make([&](auto i) QUOIN_LAMBDA_INLINE { return xsimd::select(m.reg[i], a.reg[i], b.reg[i]); });
    }
};

/// N values of half or bfloat16. They are loaded, stored and converted, and nothing else.
template <concepts::narrow_float T, int N>
struct lanes<T, N> {
    using value_type = T;
    static constexpr int count = N;
    static constexpr int per_register = lanes<std::uint16_t, N>::per_register;
    static constexpr int registers = lanes<std::uint16_t, N>::registers;

    lanes<std::uint16_t, N> bits;

    static QUOIN_ALWAYS_INLINE lanes load(T const* p) {
        return {lanes<std::uint16_t, N>::load(reinterpret_cast<std::uint16_t const*>(p))};
    }
    QUOIN_ALWAYS_INLINE void store(T* p) const { bits.store(reinterpret_cast<std::uint16_t*>(p)); }
};

template <concepts::stored_channel T, int N>
inline constexpr bool is_lanes<lanes<T, N>> = true;

template <concepts::channel U, concepts::channel T, int N>
    requires(sizeof(U) == sizeof(T))
QUOIN_ALWAYS_INLINE lanes<U, N> bits_as(lanes<T, N> const& x) {
    return lanes<U, N>::make([&](auto i) QUOIN_LAMBDA_INLINE { return xsimd::bitwise_cast<U>(x.reg[i]); });
}

/// The result of a comparison of lanes.
template <concepts::channel T, int N>
struct lanes_mask {
    using batch = xsimd::batch_bool<T>;
    static constexpr int registers = lanes<T, N>::registers;

    batch reg[registers];

    template <class F>
    static QUOIN_ALWAYS_INLINE lanes_mask make(F f) {
        return [&]<int... I>(std::integer_sequence<int, I...>) QUOIN_LAMBDA_INLINE {
            lanes_mask result;
            ((result.reg[I] = f(std::integral_constant<int, I>{})), ...);
            return result;
        }(std::make_integer_sequence<int, registers>{});
    }
    friend QUOIN_ALWAYS_INLINE lanes_mask operator&&(lanes_mask const& a, lanes_mask const& b) {
        return make([&](auto i) QUOIN_LAMBDA_INLINE { return a.reg[i] && b.reg[i]; });
    }
    friend QUOIN_ALWAYS_INLINE lanes_mask operator||(lanes_mask const& a, lanes_mask const& b) {
        return make([&](auto i) QUOIN_LAMBDA_INLINE { return a.reg[i] || b.reg[i]; });
    }
    friend QUOIN_ALWAYS_INLINE lanes_mask operator!(lanes_mask const& a) {
        return make([&](auto i) QUOIN_LAMBDA_INLINE { return !a.reg[i]; });
    }

    /// How many comparisons are true.
    QUOIN_ALWAYS_INLINE int count() const {
        int result = 0;
        for (int i = 0; i < registers; ++i) result += detail::count_of_true(reg[i]);
        return result;
    }

    /// A word whose bit i is set iff comparison i is true. N must be <= 64.
    QUOIN_ALWAYS_INLINE std::uint64_t bits() const {
        static_assert(N <= 64);
        std::uint64_t result = 0;
        for (int i = 0; i < registers; ++i)
            result |= static_cast<std::uint64_t>(reg[i].mask()) << (i * lanes<T, N>::per_register);
        return result;
    }
};

QUOIN_NAMESPACE_END
