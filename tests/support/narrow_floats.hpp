// SPDX-License-Identifier: BSL-1.0
// half and bfloat16 by their definition, in double arithmetic, and the floats at which a conversion can go wrong.
#pragma once

#include <quoin/core/half.hpp>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace test {

/// A binary format of 16 bits: sign, exponent, mantissa.
struct narrow_layout {
    int mantissa;
    int exponent;

    int bias() const { return (1 << (exponent - 1)) - 1; }
    unsigned infinity() const { return ((1u << exponent) - 1) << mantissa; }
    unsigned quiet() const { return infinity() | 1u << (mantissa - 1); }

    /// The number with these bits. A double holds it.
    double value(unsigned bits) const {
        int const power = static_cast<int>(bits & infinity()) >> mantissa;
        unsigned const fraction = bits & ((1u << mantissa) - 1);
        double const sign = bits & 0x8000u ? -1 : 1;
        if ((bits & infinity()) == infinity())
            return fraction != 0 ? std::numeric_limits<double>::quiet_NaN()
                                 : sign * std::numeric_limits<double>::infinity();
        double const whole = fraction + (power > 0 ? 1u << mantissa : 0u);
        return sign * std::ldexp(whole, std::max(power, 1) - bias() - mantissa);
    }

    /// The bits of the number nearest to a float that is not NaN: of two, the one whose last bit is 0.
    unsigned nearest(float v) const {
        unsigned const sign = std::signbit(v) ? 0x8000u : 0u;
        double const x = std::abs(static_cast<double>(v));
        unsigned low = 0, high = infinity(); // numbers are ordered as their bits are
        double const beyond = std::ldexp(1, bias() + 1);
        if (x >= beyond) return sign | high;
        while (high - low > 1) (value((low + high) / 2) <= x ? low : high) = (low + high) / 2;
        double const down = x - value(low), up = (high == infinity() ? beyond : value(high)) - x;
        return sign | (down < up || (down == up && low % 2 == 0) ? low : high);
    }
};

template <class T>
inline constexpr narrow_layout layout_of{10, 5};
template <>
inline constexpr narrow_layout layout_of<quoin::bfloat16>{7, 8};

/// Zeros, infinities and NaN; each number of this format, each middle between two, and their neighbors; then every
/// `stride`th float.
template <class T>
std::vector<float> rounded_floats(std::uint32_t stride) {
    using limits = std::numeric_limits<float>;
    std::vector<float> all{0.0f, limits::infinity(), limits::quiet_NaN(), limits::max(), limits::denorm_min()};
    narrow_layout const layout = layout_of<T>;
    for (unsigned bits = 0; bits < layout.infinity(); ++bits) {
        double const low = layout.value(bits);
        double const high = bits + 1 == layout.infinity() ? std::ldexp(1, layout.bias() + 1) : layout.value(bits + 1);
        for (double const v : {low, low + (high - low) / 2}) {
            auto const middle = static_cast<float>(v);
            all.insert(all.end(), {std::nextafter(middle, 0.0f), middle, std::nextafter(middle, limits::infinity())});
        }
    }
    for (std::size_t i = 0, n = all.size(); i < n; ++i) all.push_back(-all[i]);
    for (std::uint64_t bits = 0; bits < std::uint64_t{1} << 32; bits += stride)
        all.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
    return all;
}

} // namespace test
