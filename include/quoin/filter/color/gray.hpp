// SPDX-License-Identifier: BSL-1.0
// gray: the luma of colors.
#pragma once

#include <quoin/core/detail/luma.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// Pointwise stage. Y = (9798 R + 19235 G + 3735 B + 16384) >> 15, with the weights 0.299, 0.587 and 0.114 (ITU-R
/// BT.601) in 15 bits. R, G and B are the channels that pixel_traits calls red, green and blue. Other channels are
/// dropped. Result: a gray pixel of the same channel type. Integer channels: exact up to 32 bits, and rounded half up;
/// u8 is equal to OpenCV's cvtColor. The sum of 64-bit channels can overflow. Floating point:
/// ((9798 R + 19235 G) + 3735 B) / 32768 in the channel's type. Cost: 3 products per pixel, or 8 products of bytes in
/// lanes of u8.
struct gray_fn {
    using vectorized = void;

    template <concepts::color P>
    QUOIN_INLINE auto operator()(P const& p) const {
        using T = scalar_t<channel_t<P>>;
        using traits = pixel_traits<P>;
        auto const& r = get_channel<traits::red>(p);
        auto const& g = get_channel<traits::green>(p);
        auto const& b = get_channel<traits::blue>(p);
        if constexpr (std::same_as<T, std::uint8_t> && !std::same_as<T, channel_t<P>>) {
            // A weight is 256 * high + low, so that sums of bytes times each part fit 16 bits. The result is the same,
            // because floor((256 h + l) / 2^15) is floor((h + floor(l / 256)) / 2^7).
            using namespace detail;
            auto const one = std::remove_cvref_t<decltype(r)>(std::uint8_t{1});
            auto high = byte_sum_start(r, luma_high<luma_red>, g, luma_high<luma_green>);
            high.add(b, luma_high<luma_blue>, one, luma_high<luma_half>);
            auto low = byte_sum_start(r, luma_low<luma_red>, g, luma_low<luma_green>);
            low.add(b, luma_low<luma_blue>, one, luma_low<luma_half>);
            high.add_high_byte(low);
            return high.template unsigned_shifted<luma_bits - 8>();
        } else {
            using A = std::conditional_t<sizeof(T) == 1, std::int32_t, wide_t<T>>;
            return convert<T>(
                scale_down<detail::luma_bits>(detail::luma_sum(convert<A>(r), convert<A>(g), convert<A>(b))));
        }
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        static_assert(channels_v<P> > 1, "quoin::gray: these pixels are gray already; leave it out");
        static_assert(channels_v<P> == 1 || concepts::color<P>,
                      "quoin::gray: pixel_traits does not say which channels are red, green and blue; give it `static "
                      "constexpr int red = 0, green = 1, blue = 2;` with their places");
    }
};
inline constexpr gray_fn gray{};

/// The catalogue's entry.
struct gray_entry : entry_of<gray_entry> {
    /// Gray pixels do not change.
    static constexpr bool leaves(int channels) { return channels == 1; }
    static constexpr operation about{.name = "gray",
                                     .about = "luma of colors, (9798 R + 19235 G + 3735 B) / 2^15; gray stays gray",
                                     .rounding = "half up, (sum + 16384) >> 15",
                                     .floating = "((9798 R + 19235 G) + 3735 B) / 32768 in the channel's type",
                                     .opencv = "cv::cvtColor(src, dst, cv::COLOR_RGB2GRAY)",
                                     .pillow = "image.convert('L'), which rounds down from 16 bits",
                                     .scikit_image = "skimage.color.rgb2gray, with other weights"};
    static gray_fn stage(double const*) { return gray; }
};

QUOIN_NAMESPACE_END
