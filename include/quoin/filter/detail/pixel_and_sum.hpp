// SPDX-License-Identifier: BSL-1.0
// A pixel and a sum over its neighbors in one word, for stages of two passes that need the pixel in the second one.
#pragma once

#include <quoin/lanes/arithmetic.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// 2^52, from which on the unit of doubles is 1: below the bits of such a double stand those of an integer.
inline constexpr double integer_double = 4503599627370496.0;
inline constexpr std::uint64_t integer_double_bits = 0x4330000000000000u;

/// An integer below 2^52 as a double, and such a double as an integer. Both are exact.
template <class V>
QUOIN_INLINE auto double_of_integer(V const& v) {
    return bits_as<double>(v | integer_double_bits) - integer_double;
}
template <class V>
QUOIN_INLINE auto integer_of_double(V const& v) {
    return bits_as<std::uint64_t>(v + integer_double) & ~integer_double_bits;
}

/// White as a T where the condition holds and 0 elsewhere, or the other way round if inverted. V is the type of the
/// numbers that were compared.
template <class T, class V, class Mask>
QUOIN_INLINE auto white_where(Mask const& condition, bool inverted) {
    using S = scalar_t<V>;
    constexpr S full = static_cast<S>(white<T>), none = S(0);
    return convert<T>(convert<std::int32_t>(
        select(condition, V(inverted ? none : full), V(inverted ? full : none)))); // a double has no shorter way
}

/// A pixel T of 8 or 16 bits in the high bits of a word, and a sum of up to 255^2 of them in the low ones. Signed
/// pixels count from the smallest value.
template <class T>
struct pixel_and_sum {
    static constexpr bool of_bytes = sizeof(T) == 1;
    using word = std::conditional_t<of_bytes, std::uint32_t, std::uint64_t>;
    static constexpr int shift = of_bytes ? 24 : 32;

    /// The pixel of a window's middle column, in 32 bits.
    template <class Window>
    static QUOIN_INLINE auto pixel(Window const& w, int dy) {
        using U = std::make_unsigned_t<T>;
        if constexpr (std::is_signed_v<T>)
            return convert<std::uint32_t>(bits_as<U>(w(0, dy)) ^ static_cast<U>(1 << (8 * sizeof(T) - 1)));
        else return w.template at<std::uint32_t>(0, dy);
    }
    template <class V>
    static QUOIN_INLINE auto together(V const& pixel, V const& sum) {
        if constexpr (of_bytes) {
            return V((pixel << shift) + sum);
        } else {
            // Integers of 32 bits become doubles in one instruction, and words of 64 bits in several.
            auto const high = convert<double>(convert<std::int32_t>(pixel)) * 4294967296.0;
            return integer_of_double(high + convert<double>(convert<std::int32_t>(sum)));
        }
    }
    /// The same for a sum one row further down.
    template <class W, class V>
    static QUOIN_INLINE auto moved(W const& above, V const& pixel, V const& entering, V const& leaving) {
        constexpr std::uint32_t raised = of_bytes ? 0 : 65536; // the difference is not negative then
        return W(sum(above) + together(pixel, V(entering - leaving + raised)) - word(raised));
    }
    template <class V>
    static QUOIN_INLINE V sum(V const& both) {
        return V(both & ((word(1) << shift) - 1));
    }
    /// A pixel or a sum as a number with a sign, for arithmetic.
    template <class V>
    static QUOIN_INLINE auto number(V const& v) {
        if constexpr (of_bytes) return convert<std::int32_t>(v);
        else return double_of_integer(v);
    }
};

/// A pixel T in the low bits of a word of 64, and the mean of a column, a double, in the others.
template <class T>
struct pixel_and_mean { // of 8 or 16 bits; the mean has 16 bits less
    static constexpr std::uint64_t pixel_bits = 0xffff;
    static constexpr double least = std::is_signed_v<T> ? static_cast<double>(lowest<T>) : 0;

    template <class V>
    static QUOIN_INLINE auto together(V const& pixel, V const& mean) {
        return (bits_as<std::uint64_t>(mean) & ~pixel_bits) | integer_of_double(pixel - least);
    }
    template <class V>
    static QUOIN_INLINE auto mean(V const& both) {
        return bits_as<double>(both & ~pixel_bits);
    }
    template <class V>
    static QUOIN_INLINE auto pixel(V const& both) {
        return double_of_integer(both & pixel_bits) + least;
    }
    /// The sum of means times weights, as a whole number.
    template <class V>
    static QUOIN_INLINE V rounded(V const& sum) {
        constexpr double no_fractions = 1.5 * integer_double;
        return (sum + no_fractions) - no_fractions; // halves to even
    }
    template <class V>
    static QUOIN_INLINE auto exceeds(V const& pixel, V const& bound) {
        return pixel > bound;
    }
};

/// Both as floats, between which and doubles are shifts of bits here, since a double with an exponent that is smaller
/// by 896 has the exponent of a float. An infinity is 2^128 there.
template <>
struct pixel_and_mean<float> {
    static constexpr double small = 0x1p-896, infinity = 0x1p128;
    static constexpr std::uint64_t sign = std::uint64_t{1} << 63, others = 0x0fffffffe0000000u;

    template <class V>
    static QUOIN_INLINE auto together(V const& pixel, V const& mean) {
        V const limited = max(min(mean, V(infinity)), V(-infinity)); // infinity for NaN
        return float_bits(nearest_float(limited)) | (float_bits(pixel) >> 32);
    }
    /// The mean times 2^-896.
    template <class V>
    static QUOIN_INLINE auto mean(V const& both) {
        return bits_as<double>(((both >> 3) & others) | (both & sign));
    }
    template <class V>
    static QUOIN_INLINE auto pixel(V const& both) {
        return mean(V(both << 32)) * (1 / small);
    }
    template <class V>
    static QUOIN_INLINE V rounded(V const& sum) {
        return nearest_float(V(sum * (1 / small)));
    }
    template <class V>
    static QUOIN_INLINE auto exceeds(V const& pixel, V const& bound) {
        return pixel > bound && pixel <= V(infinity); // beyond that it is NaN
    }

private:
    /// x with the 24 bits of a float, halves to even. Integers do that whatever the compiler makes of products.
    template <class V>
    static QUOIN_INLINE V nearest_float(V const& x) {
        constexpr std::uint64_t beyond = (std::uint64_t{1} << 29) - 1;
        auto const bits = bits_as<std::uint64_t>(x);
        return bits_as<double>((bits + (beyond >> 1) + ((bits >> 29) & std::uint64_t{1})) & ~beyond);
    }
    /// The bits of a float in the high half of a word.
    template <class V>
    static QUOIN_INLINE auto float_bits(V const& x) {
        auto const bits = bits_as<std::uint64_t>(x * small);
        return ((bits & others) << 3) | (bits & sign);
    }
};

} // namespace detail

QUOIN_NAMESPACE_END
