// SPDX-License-Identifier: BSL-1.0
// The bits of half and bfloat16 from those of float and back, written once for single values and for lanes.
#pragma once

#include <quoin/config.hpp>

#include <cstdint>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// What the conversions do with bits, for single values. lanes/convert.hpp has it for lanes.
struct scalar_bits {
    using type = std::int32_t;
    static QUOIN_INLINE float as_float(type b) { return __builtin_bit_cast(float, b); }
    static QUOIN_INLINE type as_bits(float v) { return __builtin_bit_cast(type, v); }
    static QUOIN_INLINE type chosen(bool condition, type a, type b) { return condition ? a : b; }
};

inline constexpr std::int32_t float_sign = INT32_MIN, float_infinity = 0x7f800000;

/// IEEE binary16: 5 bits of exponent, 10 of mantissa. Bits are those of the instructions of x86-64, for NaN as well.
struct half_format {
    static constexpr std::int32_t infinity = 0x7c00, quiet = 0x200, least_normal = 0x400;
    static constexpr std::int32_t rebias = (127 - 15) << 23;
    /// The bits of 0.5f. Its last bit is worth the smallest subnormal half, 2^-24.
    static constexpr std::int32_t a_half = 0x3f000000;

    /// The bits of a float from those of a half, which are 0 ... 0xffff. It is exact.
    template <class Bits>
    static QUOIN_INLINE typename Bits::type widened(typename Bits::type const& h) {
        using I = typename Bits::type;
        I const m = h & 0x7fff, moved = m << 13;
        I const subnormal = Bits::as_bits(Bits::as_float(m + a_half) - 0.5f);
        I const special = moved + 2 * rebias;
        I result = Bits::chosen(m < least_normal, subnormal, moved + rebias);
        result = Bits::chosen(m >= infinity, special, result);
        result = Bits::chosen(m > infinity, special | quiet << 13, result);
        return result | ((h << 16) & float_sign);
    }

    /// The bits of a half, 0 ... 0xffff, from those of a float.
    template <class Bits>
    static QUOIN_INLINE typename Bits::type narrowed(typename Bits::type const& f) {
        using I = typename Bits::type;
        I const m = f & ~float_sign;
        // A carry out of the mantissa increments the exponent, up to infinity.
        I const normal = (m - rebias + 0xfff + ((m >> 13) & 1)) >> 13;
        I const subnormal = Bits::as_bits(Bits::as_float(m) + 0.5f) - a_half; // the addition rounds
        I result = Bits::chosen(m < (least_normal << 13) + rebias, subnormal, normal);
        result = Bits::chosen(m >= (infinity << 13) + rebias, infinity, result);
        result = Bits::chosen(m > float_infinity, infinity | quiet | ((m >> 13) & (quiet - 1)), result);
        return result | ((f >> 16) & 0x8000);
    }
};

/// The upper half of a float: 8 bits of exponent, 7 of mantissa.
struct bfloat16_format {
    static constexpr std::int32_t quiet = 0x40;

    template <class Bits>
    static QUOIN_INLINE typename Bits::type widened(typename Bits::type const& h) {
        return h << 16;
    }

    template <class Bits>
    static QUOIN_INLINE typename Bits::type narrowed(typename Bits::type const& f) {
        using I = typename Bits::type;
        I const upper = f >> 16;
        I const rounded = upper + (((f & 0xffff) + 0x7fff + (upper & 1)) >> 16);
        return Bits::chosen((f & ~float_sign) > float_infinity, upper | quiet, rounded) & 0xffff;
    }
};

} // namespace detail

QUOIN_NAMESPACE_END
