// SPDX-License-Identifier: BSL-1.0
// rgb_to_hsv, hsv_to_rgb: hue, saturation and value of colors.
#pragma once

#include <quoin/filter/detail/hue.hpp>

QUOIN_NAMESPACE_BEGIN

/// The numbers that stand for hues of bytes.
enum class hue_scale {
    half_degrees, ///< 0..179, a number is 2 degrees, as in OpenCV
    full,         ///< 0..255, a number is 360 / 256 degrees, as in OpenCV's codes that end in _FULL
    opencv,       ///< half_degrees with the bytes of OpenCV, whose quotients have 12 fractional bits
    opencv_full   ///< full with the bytes of OpenCV
};

namespace detail {
template <hue_scale Scale>
inline constexpr int hues_a_turn = Scale == hue_scale::half_degrees || Scale == hue_scale::opencv ? 180 : 256;
template <class P, hue_scale Scale>
concept color_with_hues = convertible_color<P, Scale != hue_scale::half_degrees>;
} // namespace detail

/// The stages rgb_to_hsv and rgb_to_hsv_as<Scale>.
template <hue_scale Scale>
struct rgb_to_hsv_fn {
    using vectorized = void;
    using leaves_alpha = void;

    template <detail::color_with_hues<Scale> P>
    QUOIN_INLINE P operator()(P const& p) const {
        return detail::converted_color(p, []<class V>(V const& r, V const& g, V const& b) QUOIN_LAMBDA_INLINE {
            using T = scalar_t<V>;
            if constexpr (std::same_as<T, float>) {
                detail::hue_parts<V> const parts(r, g, b);
                auto const bad = detail::zero_if_finite(r, g, b);
                auto const dark = parts.largest <= V(0.0f);
                auto const share = parts.distance / select(dark, V(1.0f), parts.largest);
                return three<V>{detail::degrees(parts) + bad, select(dark, V(0.0f), share) + bad, parts.largest + bad};
            } else if constexpr (std::same_as<T, double>) {
                detail::hue_parts<V> const parts(r, g, b);
                return three<V>{detail::deep_hue(parts), detail::deep_share(parts.distance, parts.largest),
                                parts.largest};
            } else if constexpr (Scale == hue_scale::opencv || Scale == hue_scale::opencv_full) {
                return as_opencv(detail::byte_hue_parts<V>(r, g, b));
            } else {
                detail::byte_hue_parts<V> const parts(r, g, b);
                auto const found = detail::hue_and_saturation<detail::hues_a_turn<Scale>>(parts, parts.largest);
                return three<V>{convert<std::uint8_t>(found.hue), convert<std::uint8_t>(found.saturation),
                                max(max(r, g), b)};
            }
        });
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        static_assert(detail::color_with_hues<P, Scale>,
                      "quoin::rgb_to_hsv: these are no colors of u8, u16 or float, or of u8 for a scale of bytes");
    }

private:
    /// numerator / divisor rounded, with 1 as the divisor for 0. The numerator has 20 bits, so quotient and sum in
    /// float err by less than 1 / (4 divisor), and a quotient that is no half is 1 / (2 divisor) or more away from it.
    template <class I>
    static QUOIN_INLINE auto quotient(int numerator, I const& divisor) {
        return convert<std::int32_t>(static_cast<float>(numerator) / convert<float>(I(max(divisor, I(1)))) + 0.5f);
    }

    template <class V>
    static QUOIN_INLINE auto as_opencv(detail::byte_hue_parts<V> const& p) {
        constexpr int turn = detail::hues_a_turn<Scale>;
        auto const distance = convert<std::int32_t>(p.distance), largest = convert<std::int32_t>(p.largest);
        using I = std::remove_cvref_t<decltype(distance)>;
        I const saturation = (distance * quotient(255 << 12, largest) + I(2048)) >> 12;
        I const unit = turn == 180 ? quotient(30 << 12, distance) : quotient(1 << 19, I(distance * I(3)));
        I const hue = (convert<std::int32_t>(p.across) * unit + I(2048)) >> 12;
        return three<V>{convert<std::uint8_t>(select(hue < I(0), I(hue + I(turn)), hue)),
                        convert<std::uint8_t>(saturation), convert<std::uint8_t>(largest)};
    }
};

/// Pointwise stages: hue, saturation and value in place of red, green and blue. With max and min the largest and the
/// smallest of R, G and B, d = max - min, and white 255, 65,535 or, for floating point, 1:
///     V = max,   S = white d / max, or 0 where max <= 0,
///     H = (G - B) / d where max = R, else 2 + (B - R) / d where max = G, else 4 + (R - G) / d, modulo 6; 0 where d =
///     0,
/// in sixths of a turn. R, G and B are the channels that pixel_traits calls so, and H, S and V take these places; other
/// channels, such as alpha, stay. Same pixel type, of u8, u16 or float.
///
/// H: u8: 30 H modulo 180, in 0..179. rgb_to_hsv_as<hue_scale::full>, of u8 alone: 256 / 6 H modulo 256. u16:
/// 65536 / 6 H modulo 65,536. float: 60 H, degrees with 0 <= H < 360. Integers: the real values, rounded half up, for
/// all colors. rgb_to_hsv_as<hue_scale::opencv> and opencv_full have the bytes of OpenCV, whose quotients have 12
/// fractional bits: 1.7 % of hues and 0.7 % of saturations differ by 1. float: in the channel's type; a color with NaN
/// or infinity becomes NaN, NaN, NaN. Cost: one division a pixel for u8, two for u16 (in double) and float.
///
/// Source: A. R. Smith, Color gamut transform pairs, SIGGRAPH 1978.
inline constexpr rgb_to_hsv_fn<hue_scale::half_degrees> rgb_to_hsv{};
template <hue_scale Scale>
inline constexpr rgb_to_hsv_fn<Scale> rgb_to_hsv_as{};

/// The stages hsv_to_rgb and hsv_to_rgb_as<Scale>.
template <hue_scale Scale>
struct hsv_to_rgb_fn {
    static_assert(
        Scale == hue_scale::half_degrees || Scale == hue_scale::full,
        "quoin::hsv_to_rgb: hue_scale::half_degrees and hue_scale::full alone, since OpenCV rounds no quotient here");
    using vectorized = void;
    using leaves_alpha = void;

    template <detail::color_with_hues<Scale> P>
    QUOIN_INLINE P operator()(P const& p) const {
        return detail::converted_color(p, []<class V>(V const& h, V const& s, V const& v) QUOIN_LAMBDA_INLINE {
            if constexpr (std::same_as<scalar_t<V>, std::uint8_t>) return of_bytes(h, s, v);
            else return three<V>{channel(h, s, v, 5), channel(h, s, v, 3), channel(h, s, v, 1)};
        });
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        static_assert(detail::color_with_hues<P, Scale>,
                      "quoin::hsv_to_rgb: these are no colors of u8, u16 or float, or of u8 for a scale of bytes");
    }

private:
    template <class V>
    static QUOIN_INLINE V channel(V const& h, V const& s, V const& v, int place) {
        if constexpr (std::same_as<scalar_t<V>, float>) {
            return v - v * s * detail::hsv_ramp(V(h * (1.0f / 60)), place, 1.0f);
        } else {
            // The numerator has 47 bits, and a quotient that is no half is 2^-33 or more away from it.
            constexpr double sixth = 32768, whole = 65535 * sixth;
            return floor(v * (V(whole) - s * detail::hsv_ramp(V(h * 3.0), place, sixth)) / V(whole) + 0.5);
        }
    }

    template <class V>
    static QUOIN_INLINE auto of_bytes(V const& hue, V const& saturation, V const& value) {
        using S = std::int16_t;
        using I = decltype(convert<S>(hue));
        constexpr bool degrees = Scale == hue_scale::half_degrees;
        constexpr S sixth = degrees ? 30 : 128;
        constexpr int whole = 255 * sixth;
        I const s = convert<S>(saturation);
        I const h = detail::byte_hue<detail::hues_a_turn<Scale>>(hue);
        // value part / whole is the channel, with part from 0 to whole.
        auto const part = [&](int place) QUOIN_LAMBDA_INLINE {
            return convert<float>(
                I(convert<S>(I(static_cast<S>(whole)) - convert<S>(s * detail::hsv_ramp(h, place, sixth)))));
        };
        auto const v = convert<float>(value);
        auto const channel = [&](auto const& p) QUOIN_LAMBDA_INLINE {
            if constexpr (degrees) {
                // The product errs by less than 2^-14.7, and a quotient that is no half is 1 / 7650 or more away.
                return p * (v * (1.0f / whole)) + (0.5f + 1.0f / 20000);
            } else {
                return detail::over_255_128ths(p * v); // the product is exact
            }
        };
        return three<V>{convert<std::uint8_t>(channel(part(5))), convert<std::uint8_t>(channel(part(3))),
                        convert<std::uint8_t>(channel(part(1)))};
    }
};

/// Pointwise stages, the inverse of rgb_to_hsv: with H in sixths of a turn and S and V as shares of white,
///     R = w(5),  G = w(3),  B = w(1),  w(n) = V - V S max(0, min(k, 4 - k, 1)),  k = n + H modulo 6.
/// The channels and scales are those of rgb_to_hsv; hsv_to_rgb_as<hue_scale::full> has the hues of hue_scale::full.
/// Hues outside of a turn are those modulo a turn. Same pixel type, of u8, u16 or float. Integers: the real value,
/// rounded half up, for all colors. OpenCV rounds bytes down, so a third of them is 1 less, and its HSV2RGB_FULL has
/// 255 hues a turn where RGB2HSV_FULL has 256. float: in the channel's type; S outside 0..1 gives what the formula
/// gives, and NaN in H, S or V spreads to R, G and B. Cost: some 7 operations a pixel and register of bytes; u16: three
/// divisions in double.
inline constexpr hsv_to_rgb_fn<hue_scale::half_degrees> hsv_to_rgb{};
template <hue_scale Scale>
inline constexpr hsv_to_rgb_fn<Scale> hsv_to_rgb_as{};

/// The catalogue's entries.
struct rgb_to_hsv_entry {
    static constexpr operation about{
        .name = "rgb_to_hsv",
        .about = "hue, saturation and value of colors; u16 has 65,536 hues a turn, f32 degrees and 0..1",
        .parameters = {{.name = "HUES",
                        .type = parameter_type::choice,
                        .preset = "180",
                        .choices = "180 full opencv opencv_full",
                        .about = "hues of bytes: 0..179, 0..255, or the same with OpenCV's rounding"}},
        .rounding = "the real value half up; opencv: quotients of 12 fractional bits",
        .floating = "in the channel's type",
        .opencv = "cv::cvtColor(src, dst, cv::COLOR_RGB2HSV), with HUES opencv",
        .scikit_image = "skimage.color.rgb2hsv, of floats, hues from 0 to 1"};
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        switch (detail::whole<int>(values[0])) {
        case 0:
            return f(rgb_to_hsv);
        case 1:
            return f(rgb_to_hsv_as<hue_scale::full>);
        case 2:
            return f(rgb_to_hsv_as<hue_scale::opencv>);
        default:
            return f(rgb_to_hsv_as<hue_scale::opencv_full>);
        }
    }
};
struct hsv_to_rgb_entry {
    static constexpr operation about{.name = "hsv_to_rgb",
                                     .about = "colors from hue, saturation and value",
                                     .parameters = {{.name = "HUES",
                                                     .type = parameter_type::choice,
                                                     .preset = "180",
                                                     .choices = "180 full",
                                                     .about = "hues of bytes: 0..179 or 0..255"}},
                                     .rounding = "the real value half up",
                                     .floating = "in the channel's type",
                                     .opencv = "cv::cvtColor(src, dst, cv::COLOR_HSV2RGB), which rounds down",
                                     .scikit_image = "skimage.color.hsv2rgb, of floats, hues from 0 to 1"};
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        if (detail::whole<int>(values[0]) == 0) return f(hsv_to_rgb);
        return f(hsv_to_rgb_as<hue_scale::full>);
    }
};

QUOIN_NAMESPACE_END
