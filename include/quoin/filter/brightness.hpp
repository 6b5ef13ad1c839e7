// SPDX-License-Identifier: BSL-1.0
// brightness: values times a gain.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/pipe/stage.hpp>

QUOIN_NAMESPACE_BEGIN

/// Pointwise, each channel: round(gain * v), halves away from zero, saturated. The gain is the given float exactly, the
/// product is exact for 8- and 16-bit channels: equal to double arithmetic for every value. i32 computes in double;
/// floating point multiplies in its own type and is not rounded. Same pixel type.
class brightness_fn {
public:
    using vectorised = void;
    using channelwise = void;
    using tabulable = void;

    /// @throws invalid_argument unless the gain is a number >= 0.
    constexpr explicit brightness_fn(float gain) : gain_(gain) {
        if (!(gain >= 0) || gain > std::numeric_limits<float>::max())
            detail::raise("quoin::brightness: the gain ", gain, " is not a finite number >= 0");
        set_fixed_point();
    }

    template <channel_value V>
    QUOIN_INLINE V operator()(V const& v) const {
        using T = scalar_t<V>;
        if constexpr (std::floating_point<T>) {
            return v * static_cast<T>(gain_);
        } else if constexpr (std::same_as<T, std::uint8_t>) {
            // Twice the product, rounded down, plus 1, halved: half up without an addition that could pass 32 bits.
            auto const twice = (convert<std::uint32_t>(v) * factor_) >> (shift_ - 1);
            return saturate<T>(convert<std::int32_t>((twice + 1u) >> 1));
        } else {
            auto const product = convert<double>(v) * static_cast<double>(gain_);
            auto const rounded = floor(abs(product) + 0.5);
            return saturate<T>(select(product < 0.0, -rounded, rounded));
        }
    }

private:
    /// gain = factor / 2^shift with a factor of at most 24 bits, as a float is; so v * factor fits 32 bits for v in 0..255.
    constexpr void set_fixed_point() {
        double g = gain_ < 255.0f ? static_cast<double>(gain_) : 255.0; // 255 already takes every v > 0 to white
        if (g < 1.0 / 512) return;                                      // 255 * gain < 1/2
        shift_ = 0;
        while (g < static_cast<double>(1 << 23)) {
            g *= 2;
            ++shift_;
        }
        factor_ = static_cast<std::uint32_t>(g);
    }

    float gain_;
    std::uint32_t factor_ = 0;
    int shift_ = 1;
};

constexpr brightness_fn brightness(float gain) { return brightness_fn(gain); }

QUOIN_NAMESPACE_END
