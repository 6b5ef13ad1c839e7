// SPDX-License-Identifier: BSL-1.0
// gray, gray_601, gray_709, gray_average, gray_max: one value for each color.
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

/// The weights of red, green and blue in a gray.
enum class gray_weights {
    bt601,   ///< 0.299, 0.587, 0.114: standard-definition video, JPEG
    bt709,   ///< 0.2126, 0.7152, 0.0722: high-definition video, sRGB
    average, ///< a third each
    max      ///< no weights: the largest of the three, the value of HSV
};

/// The stages gray_601, gray_709, gray_average and gray_max.
template <gray_weights Weights>
struct weighted_gray_fn {
    using vectorized = void;

    template <concepts::color P>
    QUOIN_INLINE auto operator()(P const& p) const {
        using T = scalar_t<channel_t<P>>;
        using traits = pixel_traits<P>;
        auto const& r = get_channel<traits::red>(p);
        auto const& g = get_channel<traits::green>(p);
        auto const& b = get_channel<traits::blue>(p);
        if constexpr (Weights == gray_weights::max) {
            return max(max(r, g), b);
        } else if constexpr (std::floating_point<T>) {
            return (r * T(red) + g * T(green) + b * T(blue)) * T(1.0 / one);
        } else if constexpr (std::same_as<T, std::uint8_t>) {
            // Weights of 22 bits err by less than half of 1 / one, the distance of two sums; so does the half, which
            // is too large by a quarter of it.
            constexpr int bits = 22;
            auto const weighted = [](auto const& v, int weight) QUOIN_LAMBDA_INLINE {
                return convert<std::int32_t>(v) *
                       static_cast<std::int32_t>(((std::int64_t{weight} << bits) + one / 2) / one);
            };
            constexpr auto up = static_cast<std::int32_t>((std::int64_t{1} << (bits - 1)) + (1 << bits) / one / 4);
            return convert<T>((weighted(r, red) + weighted(g, green) + (weighted(b, blue) + up)) >> bits);
        } else {
            // Sums of 16 bits are exact in double, and so is a half; others lie 1 / one or more apart.
            auto const weighted = [](auto const& v, int weight)
                                      QUOIN_LAMBDA_INLINE { return convert<double>(v) * static_cast<double>(weight); };
            return saturate<T>((weighted(r, red) + weighted(g, green) + weighted(b, blue)) / double(one));
        }
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        gray_fn::check_pixel<P>();
    }

private:
    static constexpr int one = Weights == gray_weights::bt601 ? 1000 : Weights == gray_weights::bt709 ? 10000 : 3;
    static constexpr int red = Weights == gray_weights::bt601 ? 299 : Weights == gray_weights::bt709 ? 2126 : 1;
    static constexpr int green = Weights == gray_weights::bt601 ? 587 : Weights == gray_weights::bt709 ? 7152 : 1;
    static constexpr int blue = one - red - green;
};

/// Pointwise stages like gray with other weights, the real value rounded half up: (299 R + 587 G + 114 B) / 1000 for
/// gray_601, (2126 R + 7152 G + 722 B) / 10000 for gray_709, (R + G + B) / 3 for gray_average. gray_max is the largest
/// of R, G and B. R, G and B are the channels that pixel_traits calls so; other channels are dropped. Result: a gray
/// pixel of the same channel type. 8 and 16 bits: exact, rounded once. Other integers: in double. Floating point: the
/// whole weights times the channels, summed from the left, times 1 / 1000, 1 / 10000 or 1 / 3 in the channel's type.
/// These are weights of light, used on values as they are stored; srgb_to_linear makes them light. gray itself has the
/// weights of gray_601 in 15 bits, as OpenCV, and differs from it by 1 in 0.12 % of all colors of bytes. Cost: 3
/// products a pixel.
inline constexpr weighted_gray_fn<gray_weights::bt601> gray_601{};
inline constexpr weighted_gray_fn<gray_weights::bt709> gray_709{};
inline constexpr weighted_gray_fn<gray_weights::average> gray_average{};
inline constexpr weighted_gray_fn<gray_weights::max> gray_max{};

/// The catalogue's entry.
struct gray_entry {
    /// Gray pixels do not change.
    static constexpr bool leaves(int channels) { return channels == 1; }
    static constexpr operation about{
        .name = "gray",
        .about = "luma of colors, (9798 R + 19235 G + 3735 B) / 2^15, or with other weights; gray stays gray",
        .parameters = {{.name = "WEIGHTS",
                        .type = parameter_type::choice,
                        .preset = "opencv",
                        .choices = "opencv 601 709 average max",
                        .about =
                            "those of BT.601 in 15 bits, of BT.601, of BT.709, a third each, or the largest channel"}},
        .rounding = "half up, (sum + 16384) >> 15; other weights: the real value half up",
        .floating = "((9798 R + 19235 G) + 3735 B) / 32768 in the channel's type; other weights: whole weights, times "
                    "the reciprocal of their sum",
        .opencv = "cv::cvtColor(src, dst, cv::COLOR_RGB2GRAY)",
        .pillow = "image.convert('L'), which rounds down from 16 bits",
        .scikit_image = "skimage.color.rgb2gray, with other weights"};
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        switch (detail::whole<int>(values[0])) {
        case 0:
            return f(gray);
        case 1:
            return f(gray_601);
        case 2:
            return f(gray_709);
        case 3:
            return f(gray_average);
        default:
            return f(gray_max);
        }
    }
};

QUOIN_NAMESPACE_END
