// SPDX-License-Identifier: BSL-1.0
// Sums of products for one scalar: dot_sum in 32 bits, byte_sum in 16 bits. lanes_sums.hpp has the same functions for
// many pixels at once. They represent the instructions that multiply and add pairs, and give the same values.
#pragma once

#include <quoin/lanes/arithmetic.hpp>

QUOIN_NAMESPACE_BEGIN

/// Two sums of two bytes each, with which dot_sum multiplies.
struct two_sums {
    std::int32_t first, second;
};

/// A sum of products in 32 bits, two products at a time. The values have 16 bits, or are bytes, and the factors have 16
/// bits.
///     auto s = dot_start(a, ka, b, kb);  s.add(c, kc, d, kd);  s.scaled<Shift>()
/// is (a * ka + b * kb + c * kc + d * kd) / 2^Shift, rounded half up and saturated. The sum must fit 32 bits.
struct dot_sum {
    std::int32_t sum;

    QUOIN_INLINE void add(std::int16_t a, std::int16_t ka, std::int16_t b, std::int16_t kb) { sum += a * ka + b * kb; }
    /// Adds floor(other / 2^Shift).
    template <int Shift>
    QUOIN_INLINE void add_shifted(dot_sum const& other) {
        sum += other.sum >> Shift;
    }
    /// sum / 2^Shift as an i16 or a u8, rounded half up and saturated.
    template <int Shift, concepts::channel U = std::int16_t>
    QUOIN_INLINE U scaled() const {
        return rounded<U>(Shift);
    }
    /// sum / 2^Shift, rounded down and saturated.
    template <int Shift, concepts::channel U>
    QUOIN_INLINE U shifted() const {
        return saturate<U>(sum >> Shift);
    }
    /// The sum itself.
    QUOIN_INLINE std::int32_t value() const { return sum; }

    /// Adds a * ka + b * kb for the factors of dot_factors(ka, kb).
    template <class T>
    QUOIN_INLINE void add_pair(T a, T b, std::int32_t factors) {
        sum += a * static_cast<std::int16_t>(factors & 0xFFFF) + b * static_cast<std::int16_t>(factors >> 16);
    }
    /// Adds the sums times the factors of dot_factors.
    QUOIN_INLINE void add(two_sums const& sums, std::int32_t factors) {
        sum += sums.first * static_cast<std::int16_t>(factors & 0xFFFF) +
               sums.second * static_cast<std::int16_t>(factors >> 16);
    }
    /// 2^bits times the sum, plus the other one.
    QUOIN_INLINE dot_sum joined(int bits, dot_sum const& low) const { return {(sum << bits) + low.sum}; }
    /// scaled(), with a shift that is known at run time and may be 0.
    template <concepts::channel U>
    QUOIN_INLINE U rounded(int shift) const {
        return saturate<U>((sum + ((1 << shift) >> 1)) >> shift);
    }
};

/// Two factors of 16 bits, packed for add_pair.
QUOIN_INLINE std::int32_t dot_factors(std::int16_t ka, std::int16_t kb) {
    return static_cast<std::int32_t>(static_cast<std::uint16_t>(ka) |
                                     static_cast<std::uint32_t>(static_cast<std::uint16_t>(kb)) << 16);
}

/// a + b and c + d.
template <std::same_as<std::uint8_t> T>
QUOIN_INLINE two_sums sums_of_two(T a, T b, T c, T d) {
    return {a + b, c + d};
}

/// An empty sum of values like the given one.
template <class T>
    requires std::same_as<T, std::int16_t> || std::same_as<T, std::uint8_t>
QUOIN_INLINE dot_sum dot_empty(T) {
    return dot_sum{0};
}

QUOIN_INLINE dot_sum dot_start(std::int16_t a, std::int16_t ka, std::int16_t b, std::int16_t kb) {
    return dot_sum{a * ka + b * kb};
}

template <std::same_as<std::uint8_t> T>
QUOIN_INLINE dot_sum dot_start(T a, std::int16_t ka, T b, std::int16_t kb) {
    return dot_sum{a * ka + b * kb};
}

/// A sum of products of bytes with factors in -128..127, in 16 bits, two products at a time:
///     auto s = byte_sum_start(a, ka, b, kb);  s.add(c, kc, d, kd);
/// Every pair must have |ka| + |kb| <= 128, and the whole sum must fit 16 bits. It must fit a signed type for value(),
/// rounded_hypot() and shifted(), and an unsigned type for unsigned_shifted().
struct byte_sum {
    std::int32_t sum; // 16 bits suffice, but scalar arithmetic would truncate after each step

    QUOIN_INLINE void add(std::uint8_t a, int ka, std::uint8_t b, int kb) { sum += a * ka + b * kb; }
    /// add() with the factors of byte_factors(ka, kb).
    QUOIN_INLINE void add_pair(std::uint8_t a, std::uint8_t b, std::int32_t factors) {
        add(a, static_cast<std::int8_t>(factors & 255), b, static_cast<std::int8_t>((factors >> 8) & 255));
    }
    QUOIN_INLINE void add(byte_sum const& other) { sum += other.sum; }
    /// Adds floor(other / 2^Shift).
    template <int Shift>
    QUOIN_INLINE void add_shifted(byte_sum const& other) {
        sum += other.sum >> Shift;
    }
    /// Adds the same to every sum.
    QUOIN_INLINE void add_value(std::int16_t value) { sum += value; }
    /// The sum times factor / 2^15, rounded half up. The sum must fit a signed type, and one of both be above -32,768.
    QUOIN_INLINE void multiply(std::int16_t factor) { sum = (sum * factor + (1 << 14)) >> 15; }
    /// Adds floor(other / 256).
    QUOIN_INLINE void add_high_byte(byte_sum const& other) { sum += other.sum >> 8; }
    /// floor(sum / 2^Shift), saturated to u8. It rounds half up if 2^Shift / 2 was added to the sum.
    template <int Shift>
    QUOIN_INLINE std::uint8_t shifted() const {
        return saturate<std::uint8_t>(sum >> Shift);
    }
    /// The same for a sum in 0..65535.
    template <int Shift>
    QUOIN_INLINE std::uint8_t unsigned_shifted() const {
        return saturate<std::uint8_t>(static_cast<std::uint16_t>(sum) >> Shift);
    }
    /// The sum itself.
    QUOIN_INLINE std::int16_t value() const { return static_cast<std::int16_t>(sum); }
};

template <std::same_as<std::uint8_t> T>
QUOIN_INLINE byte_sum byte_sum_start(T a, int ka, T b, int kb) {
    return byte_sum{a * ka + b * kb};
}

/// An empty sum of bytes like the given one.
template <std::same_as<std::uint8_t> T>
QUOIN_INLINE byte_sum byte_sum_empty(T) {
    return byte_sum{0};
}

/// Two factors in -128..127 for neighboring bytes, packed for add_pair and the sums of lanes_sums.hpp.
QUOIN_INLINE std::int32_t byte_factors(int k0, int k1) {
    std::uint32_t const pair = (static_cast<std::uint32_t>(k0) & 255u) | (static_cast<std::uint32_t>(k1) & 255u) << 8;
    return static_cast<std::int32_t>(pair | pair << 16);
}

/// sqrt(x^2 + y^2) of sums with |x|, |y| <= 23170, rounded to nearest, saturated to u8.
QUOIN_INLINE std::uint8_t rounded_hypot(byte_sum const& x, byte_sum const& y) {
    // The root of an integer up to 255^2 is at least 1 / 2044 from every half. The error of a float is smaller.
    std::int32_t const square = min(x.sum * x.sum + y.sum * y.sum, 255 * 255);
    return static_cast<std::uint8_t>(sqrt(static_cast<float>(square)) + 0.5f);
}

QUOIN_NAMESPACE_END
