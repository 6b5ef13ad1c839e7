// SPDX-License-Identifier: BSL-1.0
// Conversions between lanes of different types: widening, narrowing with saturation, and integer to floating point and
// back. The values are those of convert, saturate, scale_down and rounded_hypot in arithmetic.hpp.
#pragma once

#include <quoin/lanes/detail/half_instructions.hpp>
#include <quoin/lanes/lanes.hpp>

#include QUOIN_LANES_BACKEND

#include <cstring>

QUOIN_NAMESPACE_BEGIN

namespace detail {

template <class T, int Count>
struct vector_of {
    typedef T type __attribute__((vector_size(Count * sizeof(T))));
};
template <class T, int Count>
using vector_t = typename vector_of<T, Count>::type;

template <class T>
using batch_vector = vector_t<T, static_cast<int>(xsimd::batch<T>::size)>;

template <class T>
QUOIN_ALWAYS_INLINE batch_vector<T> to_vector(xsimd::batch<T> const& b) {
    return (batch_vector<T>)(b.data);
}
template <class T>
QUOIN_ALWAYS_INLINE xsimd::batch<T> to_batch(batch_vector<T> v) {
    return xsimd::batch<T>((typename xsimd::batch<T>::register_type)(v));
}

template <class T, int First, int Whole, int... I>
QUOIN_ALWAYS_INLINE vector_t<T, sizeof...(I)> part_of(vector_t<T, Whole> v, std::integer_sequence<int, I...>) {
    return __builtin_shufflevector(v, v, (First + I)...);
}

/// The values of a from index First on, then the first values of b.
template <int First, class T>
QUOIN_ALWAYS_INLINE xsimd::batch<T> across(xsimd::batch<T> const& a, xsimd::batch<T> const& b) {
    return [&]<int... I>(std::integer_sequence<int, I...>) QUOIN_LAMBDA_INLINE {
        return to_batch<T>(__builtin_shufflevector(to_vector(a), to_vector(b), (First + I)...));
    }(std::make_integer_sequence<int, static_cast<int>(xsimd::batch<T>::size)>{});
}

/// The values of v in reverse order.
template <class T>
QUOIN_ALWAYS_INLINE xsimd::batch<T> reversed(xsimd::batch<T> const& v) {
    constexpr int n = static_cast<int>(xsimd::batch<T>::size);
    return [&]<int... I>(std::integer_sequence<int, I...>) QUOIN_LAMBDA_INLINE {
        return to_batch<T>(__builtin_shufflevector(to_vector(v), to_vector(v), (n - 1 - I)...));
    }(std::make_integer_sequence<int, n>{});
}

/// The running sums v[0], v[0] + v[1], v[0] + v[1] + v[2], ...
template <class T, int Reach = 1>
QUOIN_ALWAYS_INLINE xsimd::batch<T> running_sums(xsimd::batch<T> const& v) {
    constexpr int n = static_cast<int>(xsimd::batch<T>::size);
    if constexpr (Reach >= n) {
        return v;
    } else {
        auto const moved = [&]<int... I>(std::integer_sequence<int, I...>) QUOIN_LAMBDA_INLINE {
            return __builtin_shufflevector(to_vector(v), batch_vector<T>{}, (I >= Reach ? I - Reach : n + I)...);
        }(std::make_integer_sequence<int, n>{});
        return running_sums<T, 2 * Reach>(v + to_batch<T>(moved));
    }
}

template <class T>
QUOIN_ALWAYS_INLINE xsimd::batch<T> last_everywhere(xsimd::batch<T> const& v) {
    constexpr int n = static_cast<int>(xsimd::batch<T>::size);
    return [&]<int... I>(std::integer_sequence<int, I...>) QUOIN_LAMBDA_INLINE {
        return to_batch<T>(__builtin_shufflevector(to_vector(v), to_vector(v), (I - I + n - 1)...));
    }(std::make_integer_sequence<int, n>{});
}

// Conversions of one register by the compiler's vector conversion. The backend overloads them with faster ones, with
// constraints, for the pairs of types that filters use.

template <class U, class T>
QUOIN_ALWAYS_INLINE xsimd::batch<U> convert_register(xsimd::batch<T> const& a) {
    return to_batch<U>(__builtin_convertvector(to_vector(a), batch_vector<U>));
}

template <class U, int I, class T>
QUOIN_ALWAYS_INLINE xsimd::batch<U> widen_part(xsimd::batch<T> const& a) {
    constexpr int to = static_cast<int>(xsimd::batch<U>::size), from = static_cast<int>(xsimd::batch<T>::size);
    auto const part = part_of<T, I * to, from>(to_vector(a), std::make_integer_sequence<int, to>{});
    return to_batch<U>(__builtin_convertvector(part, vector_t<U, to>));
}

template <class U, class T>
QUOIN_ALWAYS_INLINE xsimd::batch<U> widen_load(T const* p) {
    vector_t<T, static_cast<int>(xsimd::batch<U>::size)> part;
    std::memcpy(&part, p, sizeof(part));
    return to_batch<U>(__builtin_convertvector(part, batch_vector<U>));
}

template <class U, class T, class... Rest>
QUOIN_ALWAYS_INLINE xsimd::batch<U> join_converted(xsimd::batch<T> const& first, Rest const&... rest) {
    constexpr int from = static_cast<int>(xsimd::batch<T>::size);
    alignas(64) U values[xsimd::batch<U>::size];
    int k = 0;
    auto const put = [&](xsimd::batch<T> const& a) QUOIN_LAMBDA_INLINE {
        auto const part = __builtin_convertvector(to_vector(a), vector_t<U, from>);
        std::memcpy(values + from * k++, &part, sizeof(part));
    };
    put(first);
    (put(rest), ...);
    return xsimd::batch<U>::load_aligned(values);
}

/// x > low ? x : low. The result is low if x is NaN.
template <class T, int N>
QUOIN_ALWAYS_INLINE lanes<T, N> raised(lanes<T, N> const& x, T low) {
    return lanes<T, N>::make([&](auto i) QUOIN_LAMBDA_INLINE { return raised(x.reg[i], xsimd::batch<T>(low)); });
}

/// Every value of x as a U. Registers are split or joined according to the sizes of T and U.
template <class U, class T, int N>
QUOIN_ALWAYS_INLINE lanes<U, N> convert_registers(lanes<T, N> const& x) {
    constexpr int from = lanes<T, N>::per_register;
    constexpr int to = lanes<U, N>::per_register;
    return lanes<U, N>::make([&](auto i) QUOIN_LAMBDA_INLINE {
        constexpr int n = decltype(i)::value;
        if constexpr (from == to) {
            return convert_register<U>(x.reg[n]);
        } else if constexpr (from > to) {
            return widen_part<U, n % (from / to)>(x.reg[n / (from / to)]);
        } else {
            return [&]<int... K>(std::integer_sequence<int, K...>) QUOIN_LAMBDA_INLINE {
                return join_converted<U>(x.reg[n * (to / from) + K]...);
            }(std::make_integer_sequence<int, to / from>{});
        }
    });
}

/// Signed 16 bits to u8, or i32 to 16 bits, with saturation, through the packing of the instruction set.
template <class U, class T, int N>
QUOIN_ALWAYS_INLINE lanes<U, N> pack_lanes(lanes<T, N> const& x) {
    return lanes<U, N>::make(
        [&](auto i) QUOIN_LAMBDA_INLINE { return pack(std::type_identity<U>{}, x.reg[2 * i], x.reg[2 * i + 1]); });
}

} // namespace detail

template <concepts::stored_channel U, concepts::stored_channel T, int N>
QUOIN_ALWAYS_INLINE lanes<U, N> convert(lanes<T, N> const& x);

namespace detail {

/// scalar_bits for lanes.
template <int N>
struct lane_bits {
    using type = lanes<std::int32_t, N>;
    static QUOIN_ALWAYS_INLINE lanes<float, N> as_float(type const& b) {
        return lanes<float, N>::make([&](auto i) QUOIN_LAMBDA_INLINE { return xsimd::bitwise_cast<float>(b.reg[i]); });
    }
    static QUOIN_ALWAYS_INLINE type as_bits(lanes<float, N> const& v) {
        return type::make([&](auto i) QUOIN_LAMBDA_INLINE { return xsimd::bitwise_cast<std::int32_t>(v.reg[i]); });
    }
    static QUOIN_ALWAYS_INLINE type chosen(lanes_mask<std::int32_t, N> const& m, type const& a, type const& b) {
        return select(m, a, b);
    }
};

template <class Format, int N>
QUOIN_ALWAYS_INLINE lanes<float, N> widened(lanes<narrow_float<Format>, N> const& x) {
    if constexpr (has_instructions_for<Format>)
        return lanes<float, N>::make([&](auto i)
                                         QUOIN_LAMBDA_INLINE { return half_to_float<i % 2>(x.bits.reg[i / 2]); });
    else return lane_bits<N>::as_float(Format::template widened<lane_bits<N>>(convert<std::int32_t>(x.bits)));
}

template <class Format, int N>
QUOIN_ALWAYS_INLINE lanes<narrow_float<Format>, N> narrowed(lanes<float, N> const& x) {
    if constexpr (has_instructions_for<Format>)
        return {lanes<std::uint16_t, N>::make(
            [&](auto i) QUOIN_LAMBDA_INLINE { return float_to_half(x.reg[2 * i], x.reg[2 * i + 1]); })};
    else return {convert<std::uint16_t>(Format::template narrowed<lane_bits<N>>(lane_bits<N>::as_bits(x)))};
}

} // namespace detail

/// The bits of each float.
template <int N>
QUOIN_ALWAYS_INLINE lanes<std::int32_t, N> bits_of(lanes<float, N> const& x) {
    return detail::lane_bits<N>::as_bits(x);
}

/// The floats with these bits.
template <int N>
QUOIN_ALWAYS_INLINE lanes<float, N> float_of(lanes<std::int32_t, N> const& bits) {
    return detail::lane_bits<N>::as_float(bits);
}

/// f(a, b, c), one register after the other; see by_registers in arithmetic.hpp.
template <class F, concepts::channel T, int N>
QUOIN_ALWAYS_INLINE auto by_registers(F const& f, lanes<T, N> const& a, lanes<T, N> const& b, lanes<T, N> const& c) {
    using part = lanes<T, lanes<T, N>::per_register>;
    using U = typename std::remove_cvref_t<decltype(f(part{}, part{}, part{}).first)>::value_type;
    static_assert(sizeof(U) == sizeof(T));
    three<lanes<U, N>> result;
    detail::unrolled<lanes<T, N>::registers>([&](auto i) QUOIN_LAMBDA_INLINE {
        constexpr int n = decltype(i)::value;
        part x, y, z;
        x.reg[0] = a.reg[n];
        y.reg[0] = b.reg[n];
        z.reg[0] = c.reg[n];
        auto const r = f(x, y, z);
        result.first.reg[n] = r.first.reg[0];
        result.second.reg[n] = r.second.reg[0];
        result.third.reg[n] = r.third.reg[0];
    });
    return result;
}

/// Every value as a U, as static_cast does. The values must fit.
template <concepts::stored_channel U, concepts::stored_channel T, int N>
QUOIN_ALWAYS_INLINE lanes<U, N> convert(lanes<T, N> const& x) {
    constexpr bool small_int = std::integral<T> && sizeof(T) < 4;
    if constexpr (std::same_as<U, T>) {
        // Copied as a whole, registers went through memory in halves.
        if constexpr (concepts::narrow_float<T>) return x;
        else return lanes<T, N>::make([&](auto i) QUOIN_LAMBDA_INLINE { return x.reg[decltype(i)::value]; });
    } else if constexpr (concepts::narrow_float<T>) {
        return convert<U>(detail::widened(x));
    } else if constexpr (concepts::narrow_float<U>) {
        return detail::narrowed<typename U::format>(convert<float>(x));
    } else if constexpr (std::floating_point<U> && small_int) {
        return convert<U>(convert<std::int32_t>(x));
    } else if constexpr (std::floating_point<T> && std::integral<U> && sizeof(U) < 4) {
        return convert<U>(convert<std::int32_t>(x));
    } else if constexpr (std::unsigned_integral<T> && (sizeof(T) == 2 || sizeof(T) == 4) && std::integral<U> &&
                         sizeof(U) < sizeof(T)) {
        return convert<U>(convert<std::make_signed_t<T>>(x)); // a value that fits has the same bits, and can be packed
    } else if constexpr (std::same_as<T, std::int16_t> && std::same_as<U, std::uint8_t>) {
        return detail::pack_lanes<U>(x);
    } else if constexpr (std::same_as<T, std::int32_t> && std::integral<U> && sizeof(U) == 2) {
        return detail::pack_lanes<U>(x);
    } else if constexpr (std::same_as<T, std::int32_t> && std::same_as<U, std::uint8_t>) {
        return convert<U>(convert<std::int16_t>(x));
    } else {
        return detail::convert_registers<U>(x);
    }
}

namespace detail {

/// A half, or below_half for values that are not negative: x + half_towards(x) rounds to no other whole number.
template <std::floating_point T, int N>
QUOIN_ALWAYS_INLINE lanes<T, N> half_towards(lanes<T, N> const& x) {
    using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    return lanes<T, N>::make([&](auto i) QUOIN_LAMBDA_INLINE {
        auto const sign = xsimd::bitwise_cast<bits>(x.reg[i]) >> static_cast<int>(sizeof(T) * 8 - 1);
        // The next number is a half.
        return xsimd::bitwise_cast<T>(xsimd::bitwise_cast<bits>(xsimd::batch<T>(below_half<T>)) + sign);
    });
}

/// floor(x + 0.5) of the exact sum, where conversion to a U truncates.
template <std::integral U, std::floating_point T, int N>
QUOIN_ALWAYS_INLINE lanes<T, N> half_up(lanes<T, N> const& x) {
    if constexpr (std::is_unsigned_v<U>) return x + below_half<T>; // of -0.5 it is below 0, too
    else if constexpr (has_halves_of<U, T>) return floor(x + half_towards(x));
    else {
        lanes<T, N> const down = floor(x);
        return down + select(x - down >= T(0.5), lanes<T, N>(T(1)), lanes<T, N>(T(0)));
    }
}

} // namespace detail

/// Every value as a U, clamped to the range of U. Floating-point values: see saturate in arithmetic.hpp.
template <concepts::stored_channel U, concepts::stored_channel T, int N>
QUOIN_ALWAYS_INLINE lanes<U, N> saturate(lanes<T, N> const& x) {
    using limits = std::numeric_limits<U>;
    if constexpr (std::same_as<U, T> || std::floating_point<U> || concepts::narrow_float<U>) {
        return convert<U>(x);
    } else if constexpr (concepts::narrow_float<T>) {
        return saturate<U>(detail::widened(x));
    } else if constexpr (std::floating_point<T>) {
        auto const clamped = [](auto const& v) QUOIN_LAMBDA_INLINE {
            using F = scalar_t<std::remove_cvref_t<decltype(v)>>;
            return min(detail::raised(v, static_cast<F>(limits::min())), lanes<F, N>(static_cast<F>(limits::max())));
        };
        if constexpr (detail::has_halves_of<U, T>) {
            return convert<U>(clamped(detail::half_up<U>(x)));
        } else {
            static_assert(std::same_as<T, float> && sizeof(U) == 4, "quoin: no exact clamp of this conversion");
            if constexpr (std::is_unsigned_v<U>) return convert<U>(clamped(detail::half_up<U>(convert<double>(x))));
            else return convert<U>(clamped(convert<double>(detail::half_up<U>(x))));
        }
    } else if constexpr (std::same_as<T, std::int16_t> && std::same_as<U, std::uint8_t>) {
        return detail::pack_lanes<U>(x);
    } else if constexpr (std::same_as<T, std::int32_t> && sizeof(U) == 2) {
        return detail::pack_lanes<U>(x);
    } else if constexpr (std::same_as<T, std::int32_t> && std::same_as<U, std::uint8_t>) {
        return saturate<U>(saturate<std::int16_t>(x));
    } else {
        lanes<T, N> clamped = x;
        if constexpr (std::is_signed_v<T> && (std::is_unsigned_v<U> || sizeof(U) < sizeof(T)))
            clamped = max(clamped, lanes<T, N>(static_cast<T>(limits::min())));
        if constexpr (sizeof(U) < sizeof(T) || (sizeof(U) == sizeof(T) && std::is_unsigned_v<T>))
            clamped = min(clamped, lanes<T, N>(static_cast<T>(limits::max())));
        return convert<U>(clamped);
    }
}

/// x / 2^Shift. Integers are rounded half up, and floating-point numbers are exact.
template <int Shift, concepts::channel T, int N>
QUOIN_ALWAYS_INLINE lanes<T, N> scale_down(lanes<T, N> const& x) {
    if constexpr (std::floating_point<T>) return x * lanes<T, N>(T(1) / static_cast<T>(std::int64_t{1} << Shift));
    else return (x + lanes<T, N>(static_cast<T>(T(1) << (Shift - 1)))) >> Shift;
}

/// sqrt(a^2 + b^2), rounded to nearest, as in arithmetic.hpp.
template <int N>
QUOIN_ALWAYS_INLINE lanes<std::int16_t, N> rounded_hypot(lanes<std::int16_t, N> const& a,
                                                         lanes<std::int16_t, N> const& b) {
    return lanes<std::int16_t, N>::make([&](auto i)
                                            QUOIN_LAMBDA_INLINE { return detail::rounded_hypot(a.reg[i], b.reg[i]); });
}

QUOIN_NAMESPACE_END
