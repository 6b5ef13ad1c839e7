// SPDX-License-Identifier: BSL-1.0
// brightness: each value times a gain.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// Pointwise stage. Each channel becomes round(gain * v), with halves away from zero, saturated. Same pixel type. The
/// gain is exactly the given float. Channels of 8 and 16 bits are exact: for every value the result is equal to that of
/// double arithmetic. i32 channels are computed in double. Floating point: the product in the channel's type, not
/// rounded.
class brightness_fn {
public:
    using vectorized = void;
    using channelwise = void;
    using tabulable = void;

    /// @throws invalid_argument unless the gain is finite and >= 0.
    constexpr explicit brightness_fn(float gain) : gain_(gain) {
        if (!(gain >= 0) || gain > std::numeric_limits<float>::max())
            detail::raise("quoin::brightness: the gain ", gain, " is not a finite number >= 0");
        u8_ = fixed_point::of(gain, 255);
        u16_ = fixed_point::of(gain, 65535);
    }

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& v) const {
        using T = scalar_t<V>;
        if constexpr (std::floating_point<T>) {
            return v * static_cast<T>(gain_);
        } else if constexpr (std::same_as<T, std::uint8_t>) {
            return narrowed<T>(convert<std::uint32_t>(v) * u8_.factor, u8_.shift);
        } else if constexpr (std::same_as<T, std::uint16_t>) {
            auto const wide = convert<std::uint32_t>(v);
            // With a gain of 2^11 or more every v >= 64 becomes white. Clamping v to 64 keeps the product in 32 bits.
            // Below that gain the product is divided by 2^12 while it is computed.
            if (u16_.shift < 13) return narrowed<T>(min(wide, decltype(wide)(64u)) * u16_.factor, u16_.shift);
            auto const quotient = wide * (u16_.factor >> 12) + ((wide * (u16_.factor & 4095u)) >> 12);
            return narrowed<T>(quotient, u16_.shift - 12);
        } else {
            auto const product = convert<double>(v) * static_cast<double>(gain_);
            auto const rounded = floor(abs(product) + 0.5);
            return saturate<T>(select(product < 0.0, -rounded, rounded));
        }
    }

private:
    /// gain = factor / 2^shift. The factor has 24 bits, as many as the significand of a float.
    struct fixed_point {
        std::uint32_t factor = 0;
        int shift = 1;

        /// For values up to `white`. A larger gain makes every v > 0 white, and a gain that is too small makes all 0.
        static constexpr fixed_point of(float gain, double white) {
            double g = static_cast<double>(gain) < white ? static_cast<double>(gain) : white;
            if (g * white < 0.5) return {};
            fixed_point f{0, 0};
            for (; g < static_cast<double>(1 << 23); g *= 2) ++f.shift;
            f.factor = static_cast<std::uint32_t>(g);
            return f;
        }
    };

    /// product / 2^shift, rounded half up. The 1 is added before the last halving: added to the product it could
    /// overflow 32 bits.
    template <class T, class V>
    static QUOIN_INLINE auto narrowed(V const& product, int shift) {
        return saturate<T>(convert<std::int32_t>(((product >> (shift - 1)) + 1u) >> 1));
    }

    float gain_;
    fixed_point u8_, u16_;
};

constexpr brightness_fn brightness(float gain) {
    return brightness_fn(gain);
}

/// The catalogue's entry.
struct brightness_entry : entry_of<brightness_entry> {
    static constexpr operation about{
        .name = "brightness",
        .about = "each value times GAIN",
        .parameters = {{.name = "GAIN", .least = 0, .most = 3.4028234e38, .about = "a factor"}},
        .rounding = "halves away from zero, as in double arithmetic with GAIN as a float, saturated",
        .floating = "GAIN v in the channel's type",
        .opencv = "src.convertTo(dst, -1, GAIN), which rounds halves to even",
        .pillow = "ImageEnhance.Brightness(image).enhance(GAIN), which rounds down",
        .scikit_image = "image * GAIN"};
    static constexpr brightness_fn stage(double const* values) { return brightness(static_cast<float>(values[0])); }
};

QUOIN_NAMESPACE_END
