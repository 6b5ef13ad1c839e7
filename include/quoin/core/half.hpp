// SPDX-License-Identifier: BSL-1.0
// half and bfloat16: floating-point channels of two bytes, which are stored and not computed with.
#pragma once

#include <quoin/core/detail/narrow_formats.hpp>

#include <concepts>
#include <type_traits>

QUOIN_NAMESPACE_BEGIN

/// A floating-point number in two bytes: half or bfloat16. It becomes a float by itself, exactly, and operators compute
/// with that float. So `a == b` compares the numbers: zeros of both signs are equal, and NaN equals nothing. A float
/// becomes one only by a conversion that is written: it rounds to nearest, ties to even, also to subnormal numbers.
/// What is too large becomes infinity. A NaN becomes a quiet NaN of the same sign. The bits are the same on every
/// processor.
template <class Format>
class narrow_float {
public:
    using format = Format;

    narrow_float() = default;
    QUOIN_INLINE explicit narrow_float(float value)
        : bits_(static_cast<std::uint16_t>(
              Format::template narrowed<detail::scalar_bits>(detail::scalar_bits::as_bits(value)))) {}

    QUOIN_INLINE operator float() const {
        return detail::scalar_bits::as_float(Format::template widened<detail::scalar_bits>(bits_));
    }

    /// The number with these bits: the sign in the highest, then the exponent, then the mantissa.
    static QUOIN_INLINE narrow_float from_bits(std::uint16_t bits) {
        narrow_float result{};
        result.bits_ = bits;
        return result;
    }
    QUOIN_INLINE std::uint16_t bits() const { return bits_; }

private:
    std::uint16_t bits_;
};

/// IEEE 754 binary16: 11 significant bits, up to 65504; subnormal numbers below 2^-14 are multiples of 2^-24.
using half = narrow_float<detail::half_format>;

/// The upper half of a float: 8 significant bits, and the range of float.
using bfloat16 = narrow_float<detail::bfloat16_format>;

namespace concepts {

/// A type of channels that are stored and not computed with: half or bfloat16.
template <class T>
concept narrow_float = std::same_as<T, half> || std::same_as<T, bfloat16>;

} // namespace concepts

QUOIN_NAMESPACE_END
