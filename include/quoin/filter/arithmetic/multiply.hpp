// SPDX-License-Identifier: BSL-1.0
// multiply, divide: products and quotients of two images.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// Pointwise stage behind zip(a, b), each channel: a b scale. Both inputs have the same pixel type, and so has the
/// result. The scale is exactly the given float. u8: the exact product, rounded half up, saturated; multiply(1.0f /
/// 255) is the rounded a b / 255 for all bytes. Other integers: (a b) scale in double, rounded half up, saturated.
/// Floating point: (a b) scale in the channel's type. Cost of u8: two products of 32 bits for each channel.
class multiply_fn {
public:
    using vectorized = void;
    using channelwise = void;

    /// @throws invalid_argument unless the scale is finite and >= 0.
    constexpr explicit multiply_fn(float scale) : scale_(scale) {
        if (!(scale >= 0) || scale > std::numeric_limits<float>::max())
            detail::raise("quoin::multiply: the scale ", scale, " is not a finite number >= 0");
        // From 255 on every product but 0 is white. Below 2^-17 the largest product is 0.
        double s = static_cast<double>(scale) < 255 ? static_cast<double>(scale) : 255;
        if (s * 131072 < 1) return;
        for (shift_ = 0; s < static_cast<double>(1 << 23); s *= 2) ++shift_;
        factor_ = static_cast<std::uint32_t>(s);
    }

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& a, V const& b) const {
        using T = scalar_t<V>;
        if constexpr (std::floating_point<T>) {
            return V(a * b * static_cast<T>(scale_));
        } else if constexpr (std::same_as<T, std::uint8_t>) {
            // scale = factor / 2^shift. The product with a factor of 24 bits is divided by 2^12 while it is computed.
            auto const product = convert<std::uint32_t>(a) * convert<std::uint32_t>(b);
            auto const scaled = product * (factor_ >> 12) + ((product * (factor_ & 4095u)) >> 12);
            // The 1 is added before the last halving: added to the product it could overflow 32 bits.
            return saturate<T>(convert<std::int32_t>(((scaled >> (shift_ - 13)) + 1u) >> 1));
        } else {
            return saturate<T>(convert<double>(a) * convert<double>(b) * static_cast<double>(scale_));
        }
    }

private:
    float scale_;
    std::uint32_t factor_ = 0;
    int shift_ = 16;
};

/// @throws invalid_argument unless the scale is finite and >= 0.
constexpr multiply_fn multiply(float scale = 1) {
    return multiply_fn(scale);
}

/// Pointwise stage behind zip(a, b), each channel: a scale / b. Both inputs have the same pixel type, and so has the
/// result. The scale is exactly the given float. Integers: 0 where b is 0; else rounded half up, saturated: the exact
/// quotient for u8, and for u16 and i16 with a scale of 1; (a scale) / b in double for the others. Floating point: (a
/// scale) / b in the channel's type, infinity or NaN where b is 0. Cost: a division for each channel, of floats for u8
/// and whole scales up to 65,536, of doubles for other integers.
class divide_fn {
public:
    using vectorized = void;
    using channelwise = void;

    /// @throws invalid_argument unless the scale is finite and >= 0.
    constexpr explicit divide_fn(float scale) : scale_(scale) {
        if (!(scale >= 0) || scale > std::numeric_limits<float>::max())
            detail::raise("quoin::divide: the scale ", scale, " is not a finite number >= 0");
        whole_ = scale <= 65536 && floor(scale) == scale;
    }

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& a, V const& b) const {
        using T = scalar_t<V>;
        if constexpr (std::floating_point<T>) {
            return V(a * static_cast<T>(scale_) / b);
        } else {
            V const zero(T(0));
            auto const none = b == zero;
            V const by = select(none, V(T(1)), b);
            // a scale is a float without rounding then, and no quotient is as near to a half as a float can miss it.
            if constexpr (std::same_as<T, std::uint8_t>)
                if (whole_) return select(none, zero, saturate<T>(convert<float>(a) * scale_ / convert<float>(by)));
            auto const quotient = convert<double>(a) * static_cast<double>(scale_) / convert<double>(by);
            return select(none, zero, saturate<T>(quotient));
        }
    }

private:
    float scale_;
    bool whole_ = false;
};

/// @throws invalid_argument unless the scale is finite and >= 0.
constexpr divide_fn divide(float scale = 1) {
    return divide_fn(scale);
}

/// The catalogue's entries.
struct multiply_entry : entry_of<multiply_entry> {
    static constexpr operation about{
        .name = "multiply",
        .about = "the product of both images times SCALE",
        .inputs = 2,
        .parameters = {{.name = "SCALE", .least = 0, .most = 3.4028234e38, .preset = "1", .about = "a factor"}},
        .rounding = "half up of the exact product (u8), of that in double (others), saturated; SCALE is a float",
        .floating = "in the channel's type",
        .opencv = "cv::multiply(a, b, dst, SCALE), which rounds halves to even",
        .scikit_image = "a * b * SCALE"};
    static constexpr multiply_fn stage(double const* values) { return multiply(static_cast<float>(values[0])); }
};
struct divide_entry : entry_of<divide_entry> {
    static constexpr operation about{
        .name = "divide",
        .about = "this image times SCALE, divided by the other one; 0 where the other one is 0",
        .inputs = 2,
        .parameters = {{.name = "SCALE", .least = 0, .most = 3.4028234e38, .preset = "1", .about = "a factor"}},
        .rounding = "half up of the exact quotient (u8), of that in double (others), saturated; SCALE is a float",
        .floating = "in the channel's type, infinity or NaN by 0",
        .opencv = "cv::divide(a, b, dst, SCALE), which rounds halves to even",
        .scikit_image = "a * SCALE / b"};
    static constexpr divide_fn stage(double const* values) { return divide(static_cast<float>(values[0])); }
};

QUOIN_NAMESPACE_END
