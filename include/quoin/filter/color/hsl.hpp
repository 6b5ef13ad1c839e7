// SPDX-License-Identifier: BSL-1.0
// rgb_to_hsl, hsl_to_rgb: hue, saturation and lightness of colors.
#pragma once

#include <quoin/filter/color/hsv.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {
template <hue_scale Scale>
concept scale_of_hsl = Scale == hue_scale::half_degrees || Scale == hue_scale::full;
} // namespace detail

/// The stages rgb_to_hsl and rgb_to_hsl_as<Scale>.
template <hue_scale Scale>
struct rgb_to_hsl_fn {
    static_assert(detail::scale_of_hsl<Scale>, "quoin::rgb_to_hsl: hue_scale::half_degrees and hue_scale::full alone");
    using vectorized = void;
    using leaves_alpha = void;

    template <detail::color_with_hues<Scale> P>
    QUOIN_INLINE P operator()(P const& p) const {
        return detail::converted_color(p, []<class V>(V const& r, V const& g, V const& b) QUOIN_LAMBDA_INLINE {
            using T = scalar_t<V>;
            if constexpr (std::same_as<T, std::uint8_t>) {
                return of_bytes(detail::byte_hue_parts<V>(r, g, b));
            } else {
                detail::hue_parts<V> const parts(r, g, b);
                V const sum = parts.largest + (parts.largest - parts.distance);
                if constexpr (std::same_as<T, float>) {
                    auto const bad = detail::zero_if_finite(r, g, b);
                    V const whole = min(sum, V(2.0f) - sum);
                    auto const none = whole <= V(0.0f);
                    V const share = parts.distance / select(none, V(1.0f), whole);
                    return three<V>{detail::degrees(parts) + bad, select(none, V(0.0f), share) + bad, sum * 0.5f + bad};
                } else {
                    return three<V>{detail::deep_hue(parts),
                                    detail::deep_share(parts.distance, min(sum, V(131070.0) - sum)),
                                    floor(sum * 0.5 + 0.5)};
                }
            }
        });
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        static_assert(detail::color_with_hues<P, Scale>,
                      "quoin::rgb_to_hsl: these are no colors of u8, u16 or float, or of u8 for a scale of bytes");
    }

private:
    template <class V>
    static QUOIN_INLINE auto of_bytes(detail::byte_hue_parts<V> const& parts) {
        using S = std::int16_t;
        using I = std::remove_cvref_t<decltype(parts.largest)>;
        I const sum = convert<S>(parts.largest + parts.smallest);
        I const whole = min(sum, I(convert<S>(I(S{510}) - sum)));
        auto const found = detail::hue_and_saturation<detail::hues_a_turn<Scale>>(parts, whole);
        return three<V>{convert<std::uint8_t>(found.hue), convert<std::uint8_t>(found.saturation),
                        convert<std::uint8_t>(I(convert<S>(convert<S>(sum + I(S{1})) >> 1)))};
    }
};

/// Pointwise stages: hue, saturation and lightness in place of red, green and blue. With max and min the largest and
/// the smallest of R, G and B, d = max - min, and white 255, 65,535 or, for floating point, 1:
///     L = (max + min) / 2,   S = white d / whole, or 0 where whole <= 0,   whole = min(2 L, 2 white - 2 L),
/// and H is the hue of rgb_to_hsv, with its scales. R, G and B are the channels that pixel_traits calls so, and H, S
/// and L take these places, where OpenCV's HLS has H, L and S; other channels, such as alpha, stay. Same pixel type, of
/// u8, u16 or float.
///
/// H: u8: 0..179, and rgb_to_hsl_as<hue_scale::full>, of u8 alone, 0..255. u16: 0..65,535. float: degrees with
/// 0 <= H < 360. Integers: the real values, rounded half up, for all colors. float: in the channel's type; colors
/// outside of 0..1 give what the formula gives, and one with NaN or infinity becomes NaN, NaN, NaN. OpenCV computes
/// bytes in float and rounds halves to even: 8.5 % of lightnesses, 0.8 % of hues and 0.2 % of saturations are 1 less,
/// and 0.2 % of hues are 180, or 255 of the full scale, where they are 0. Cost: one division a pixel for u8, two for
/// u16 (in double) and float.
///
/// Source: G. H. Joblove and D. Greenberg, Color spaces for computer graphics, SIGGRAPH 1978.
inline constexpr rgb_to_hsl_fn<hue_scale::half_degrees> rgb_to_hsl{};
template <hue_scale Scale>
inline constexpr rgb_to_hsl_fn<Scale> rgb_to_hsl_as{};

/// The stages hsl_to_rgb and hsl_to_rgb_as<Scale>.
template <hue_scale Scale>
struct hsl_to_rgb_fn {
    static_assert(detail::scale_of_hsl<Scale>, "quoin::hsl_to_rgb: hue_scale::half_degrees and hue_scale::full alone");
    using vectorized = void;
    using leaves_alpha = void;

    template <detail::color_with_hues<Scale> P>
    QUOIN_INLINE P operator()(P const& p) const {
        return detail::converted_color(p, []<class V>(V const& h, V const& s, V const& l) QUOIN_LAMBDA_INLINE {
            if constexpr (std::same_as<scalar_t<V>, std::uint8_t>) return of_bytes(h, s, l);
            else return three<V>{channel(h, s, l, 5), channel(h, s, l, 3), channel(h, s, l, 1)};
        });
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        static_assert(detail::color_with_hues<P, Scale>,
                      "quoin::hsl_to_rgb: these are no colors of u8, u16 or float, or of u8 for a scale of bytes");
    }

private:
    template <class V>
    static QUOIN_INLINE V channel(V const& h, V const& s, V const& l, int place) {
        if constexpr (std::same_as<scalar_t<V>, float>) {
            V const reach = s * min(l, V(1.0f) - l);
            return l + reach * (V(1.0f) - detail::hsv_ramp(V(h * (1.0f / 60)), place, 1.0f) * 2.0f);
        } else {
            // The numerator has 48 bits, and a quotient that is no half is 2^-33 or more away from it.
            constexpr double sixth = 32768, whole = 65535 * sixth;
            V const reach = s * min(l, V(65535.0) - l);
            return floor(
                (l * whole + reach * (V(sixth) - detail::hsv_ramp(V(h * 3.0), place, sixth) * 2.0)) / V(whole) + 0.5);
        }
    }

    template <class V>
    static QUOIN_INLINE auto of_bytes(V const& hue, V const& saturation, V const& lightness) {
        using S = std::int16_t;
        using I = decltype(convert<S>(hue));
        constexpr bool degrees = Scale == hue_scale::half_degrees;
        constexpr S sixth = degrees ? 30 : 128;
        constexpr int whole = 255 * sixth;
        I const s = convert<S>(saturation), l = convert<S>(lightness);
        I const h = detail::byte_hue<detail::hues_a_turn<Scale>>(hue);
        // level + reach part / whole is the channel, with part from -sixth to sixth.
        auto const reach = convert<float>(I(convert<S>(s * min(l, I(convert<S>(I(S{255}) - l))))));
        auto const level = convert<float>(l);
        auto const channel = [&](int place) QUOIN_LAMBDA_INLINE {
            auto const part =
                convert<float>(I(convert<S>(I(sixth) - convert<S>(detail::hsv_ramp(h, place, sixth) << 1))));
            if constexpr (degrees) {
                // The sum errs by less than 2^-14.9, and a quotient that is no half is 1 / 7650 or more away.
                return part * (reach * (1.0f / whole)) + (level + (0.5f + 1.0f / 20000));
            } else {
                return detail::over_255_128ths(part * reach + level * static_cast<float>(whole)); // the sum is exact
            }
        };
        return three<V>{convert<std::uint8_t>(channel(5)), convert<std::uint8_t>(channel(3)),
                        convert<std::uint8_t>(channel(1))};
    }
};

/// Pointwise stages, the inverse of rgb_to_hsl: with H in sixths of a turn and S and L as shares of white,
///     R = w(5),  G = w(3),  B = w(1),  w(n) = L + S min(L, 1 - L) (1 - 2 max(0, min(k, 4 - k, 1))),  k = n + H
///     modulo 6.
/// The channels and scales are those of rgb_to_hsl; hsl_to_rgb_as<hue_scale::full> has the hues of hue_scale::full.
/// Hues outside of a turn are those modulo a turn. Same pixel type, of u8, u16 or float. Integers: the real value,
/// rounded half up, for all colors. OpenCV's HLS2RGB has the same bytes but for a few colors, and its HLS2RGB_FULL has
/// 255 hues a turn where RGB2HLS_FULL has 256. float: in the channel's type; S and L outside 0..1 give what the formula
/// gives, and NaN in H, S or L spreads to R, G and B. Cost: some 8 operations a pixel and register of bytes; u16: three
/// divisions in double.
inline constexpr hsl_to_rgb_fn<hue_scale::half_degrees> hsl_to_rgb{};
template <hue_scale Scale>
inline constexpr hsl_to_rgb_fn<Scale> hsl_to_rgb_as{};

namespace detail {
inline constexpr parameter hues_of_hsl = {.name = "HUES",
                                          .type = parameter_type::choice,
                                          .preset = "180",
                                          .choices = "180 full",
                                          .about = "hues of bytes: 0..179 or 0..255"};
} // namespace detail

/// The catalogue's entries.
struct rgb_to_hsl_entry {
    static constexpr operation about{.name = "rgb_to_hsl",
                                     .about = "hue, saturation and lightness of colors; u16 has 65,536 hues a turn, "
                                              "f32 degrees and 0..1",
                                     .parameters = {detail::hues_of_hsl},
                                     .rounding = "the real value half up",
                                     .floating = "in the channel's type",
                                     .opencv = "cv::cvtColor(src, dst, cv::COLOR_RGB2HLS), of the order H, L, S"};
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        if (detail::whole<int>(values[0]) == 0) return f(rgb_to_hsl);
        return f(rgb_to_hsl_as<hue_scale::full>);
    }
};
struct hsl_to_rgb_entry {
    static constexpr operation about{.name = "hsl_to_rgb",
                                     .about = "colors from hue, saturation and lightness",
                                     .parameters = {detail::hues_of_hsl},
                                     .rounding = "the real value half up",
                                     .floating = "in the channel's type",
                                     .opencv = "cv::cvtColor(src, dst, cv::COLOR_HLS2RGB), of the order H, L, S"};
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        if (detail::whole<int>(values[0]) == 0) return f(hsl_to_rgb);
        return f(hsl_to_rgb_as<hue_scale::full>);
    }
};

QUOIN_NAMESPACE_END
