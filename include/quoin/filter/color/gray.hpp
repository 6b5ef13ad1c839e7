// SPDX-License-Identifier: BSL-1.0
// gray: luma of RGB and RGBA pixels.
#pragma once

#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// Pointwise: Y = (9798 R + 19235 G + 3735 B + 16384) >> 15, the weights 0.299, 0.587, 0.114 (ITU-R BT.601) in 15 bits.
/// Integer channels: exact integer arithmetic, rounded half up; equal to OpenCV's cvtColor for 8 bits. Floating point:
/// ((9798 R + 19235 G) + 3735 B) / 32768 in the channel's type. Alpha is dropped. Result: a gray pixel of the same
/// channel type. Cost: 3 multiplications a pixel.
struct gray_fn {
    using vectorized = void;

    template <class P>
        requires(channels_v<P> >= 3)
    QUOIN_INLINE auto operator()(P const& p) const {
        using T = scalar_t<channel_t<P>>;
        auto const &r = get_channel<0>(p), &g = get_channel<1>(p), &b = get_channel<2>(p);
        if constexpr (std::same_as<T, std::uint8_t> && !std::same_as<T, channel_t<P>>) {
            // In lanes: the weights as 256 * high + low, in 16 bits each, since
            // floor((256 h + l) / 2^15) is floor((h + floor(l / 256)) / 2^7).
            auto const one = std::remove_cvref_t<decltype(r)>(std::uint8_t{1});
            auto high = byte_sum_start(r, 38, g, 75);
            high.add(b, 15, one, 64);
            auto low = byte_sum_start(r, 70, g, 35);
            low.add(b, -105, one, 0);
            high.add_high_byte(low);
            return high.template unsigned_shifted<7>();
        } else {
            using A = std::conditional_t<sizeof(T) == 1, std::int32_t, wide_t<T>>;
            auto const sum = convert<A>(r) * A(9798) + convert<A>(g) * A(19235) + convert<A>(b) * A(3735);
            return convert<T>(scale_down<15>(sum));
        }
    }
};
inline constexpr gray_fn gray{};

/// The catalogue's entry.
struct gray_entry : entry_of<gray_entry> {
    static constexpr bool leaves_gray = true; ///< gray pixels pass
    static constexpr operation about{.name = "gray",
                                     .about = "luma of colors, (9798 R + 19235 G + 3735 B) / 2^15; gray stays gray",
                                     .rounding = "half up, (sum + 16384) >> 15",
                                     .opencv = "cv::cvtColor(src, dst, cv::COLOR_RGB2GRAY)",
                                     .pillow = "image.convert('L'), which rounds down from 16 bits",
                                     .scikit_image = "skimage.color.rgb2gray, with other weights"};
    static gray_fn stage(double const*) { return gray; }
};

QUOIN_NAMESPACE_END
