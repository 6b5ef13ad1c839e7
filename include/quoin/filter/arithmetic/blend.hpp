// SPDX-License-Identifier: BSL-1.0
// blend: a weighted mean of two images.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// Pointwise stage behind zip(a, b), each channel: (1 - alpha) a + alpha b. Both inputs have the same pixel type, and
/// so has the result.
///
/// u8 and u16: rounded half up of the real value, exact for every alpha that is a multiple of 1 / n with a whole n up
/// to 1,000, such as 0.3. For other alphas, values less than 1 / 4,000 below a half may be rounded up. alpha is rounded
/// to a multiple of 2^-22 for u8, and of 2^-28 for u16. Other integers: a + alpha (b - a) in double, rounded half up.
/// Floating point: (1 - alpha) a + alpha b in the channel's type, with 1 - alpha and alpha rounded to it. Cost of u8: a
/// product of 32 bits for each channel; u16: two.
class blend_fn {
public:
    using vectorized = void;
    using channelwise = void;

    /// @throws invalid_argument unless alpha is in [0, 1].
    constexpr explicit blend_fn(double alpha) : alpha_(alpha) {
        if (!(alpha >= 0) || alpha > 1) detail::raise("quoin::blend: alpha is ", alpha, "; give a number from 0 to 1");
        u8_ = static_cast<std::int32_t>(alpha * (1 << 22) + 0.5);
        u16_ = static_cast<std::int32_t>(alpha * (1 << 28) + 0.5);
    }

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& a, V const& b) const {
        using T = scalar_t<V>;
        if constexpr (std::floating_point<T>) {
            return V(a * static_cast<T>(1 - alpha_) + b * static_cast<T>(alpha_));
        } else if constexpr (std::same_as<T, std::uint8_t>) {
            // A real value that is a half differs from the sum by less than 2^8, since alpha is off by at most 2^-23.
            auto const first = convert<std::int32_t>(a);
            auto const step = (convert<std::int32_t>(b) - first) * u8_ + ((1 << 21) + 256);
            return convert<T>(first + (step >> 22));
        } else if constexpr (std::same_as<T, std::uint16_t>) {
            // The same by less than 2, with alpha off by 2^-29. The product is divided by 2^14 while it is computed.
            auto const first = convert<std::int32_t>(a);
            auto const distance = convert<std::int32_t>(b) - first;
            auto const step = distance * (u16_ >> 14) + ((distance * (u16_ & 16383)) >> 14);
            return convert<T>(first + ((step + ((1 << 13) + 2)) >> 14));
        } else {
            auto const first = convert<double>(a);
            return saturate<T>(first + (convert<double>(b) - first) * alpha_);
        }
    }

private:
    double alpha_;
    std::int32_t u8_ = 0, u16_ = 0;
};

/// @throws invalid_argument unless alpha is in [0, 1].
constexpr blend_fn blend(double alpha) {
    return blend_fn(alpha);
}

/// The catalogue's entry.
struct blend_entry : entry_of<blend_entry> {
    static constexpr operation about{
        .name = "blend",
        .about = "the mean of both images, where ALPHA is the weight of the other one",
        .inputs = 2,
        .parameters = {{.name = "ALPHA", .least = 0, .most = 1, .about = "the weight of the other image"}},
        .rounding = "half up of the real value (8 and 16 bits), of that in double (others)",
        .floating = "(1 - ALPHA) a + ALPHA b in the channel's type",
        .opencv = "cv::addWeighted(a, 1 - ALPHA, b, ALPHA, 0, dst), which rounds halves to even",
        .pillow = "Image.blend(a, b, ALPHA), which rounds down",
        .scikit_image = "(1 - ALPHA) * a + ALPHA * b"};
    static constexpr blend_fn stage(double const* values) { return blend(values[0]); }
};

QUOIN_NAMESPACE_END
