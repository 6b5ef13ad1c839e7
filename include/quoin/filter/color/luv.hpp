// SPDX-License-Identifier: BSL-1.0
// rgb_to_luv, luv_to_rgb: colors of sRGB as CIE L*u*v*.
#pragma once

#include <quoin/filter/detail/light_spaces.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {
struct luv_space {
    template <class T, class V>
    static QUOIN_INLINE three<V> of_light(V const& r, V const& g, V const& b) {
        V const y = r * 0.212671f + g * 0.71516f + b * 0.072169f;
        // 0 for black, unlike 116 f(0) - 16 in float.
        V const lightness = select(y > V(0.008856f), lightness_curve(y) * 116.0f - 16.0f, y * (7.787f * 116));
        // 13 (4 X - un s) and 13 (9 Y - vn s) over s, which is X + 15 Y + 3 Z: differences of light, not of quotients.
        V const scale = lightness / max(r * 3.66052f + g * 11.442559f + b * 4.113639f, V(1e-30f));
        V const u = (r * 12.033019852f - g * 10.835097408f - b * 1.1979224443f) * scale;
        V const v = (r * 2.5956190933f + g * 14.006287559f - b * 16.601906652f) * scale;
        constexpr float unit = byte_unit<T>;
        if constexpr (std::floating_point<T>) return {lightness, u, v};
        else
            return {lightness * (2.55f * unit), (u + 134.0f) * (255.0f / 354 * unit),
                    (v + 140.0f) * (255.0f / 262 * unit)};
    }

    template <class T, class V>
    static QUOIN_INLINE three<V> to_light(V const& first, V const& second, V const& third) {
        constexpr bool real = std::floating_point<T>;
        constexpr float unit = byte_unit<T>;
        V const lightness = real ? first : V(first * (1 / (2.55f * unit)));
        V const u = real ? second : V((second - 134 * 255.0f / 354 * unit) * (354.0f / 255 / unit));
        V const v = real ? third : V((third - 140 * 255.0f / 262 * unit) * (262.0f / 255 / unit));
        V const y = inverse_lightness_curve(V(lightness * (1.0f / 116) + 16.0f / 116));
        // The matrix of light_of_xyz times X, Y and Z in parts of C: gray has as much of red, green and blue.
        V const gray = lightness * 6.0884486f;
        V const scale = y / max(gray + v, V(1.0f / 1024));
        return {(gray + u * 7.6649853f + v * 0.95553011f) * scale, (gray - u * 2.2119906f + v * 1.6682104f) * scale,
                (gray - u * 0.66777836f - v * 5.4905967f) * scale};
    }
};
} // namespace detail

using rgb_to_luv_fn = detail::to_space_fn<detail::luv_space>;
using luv_to_rgb_fn = detail::from_space_fn<detail::luv_space>;

/// Pointwise stage: L*, u* and v* (CIE 1976, white D65) of colors of sRGB, in place of red, green and blue. With X, Y,
/// Z of rgb_to_xyz and Xn, Yn, Zn those of white, and f that of rgb_to_lab:
///     L = 116 f(Y) - 16,  u = 13 L (u' - un),  v = 13 L (v' - vn),
///     u' = 4 X / (X + 15 Y + 3 Z),  v' = 9 Y / (X + 15 Y + 3 Z),  un and vn those of white; all 0 for black.
/// R, G and B are the channels that pixel_traits calls so, and L, u and v take these places; other channels, such as
/// alpha, stay. Same pixel type, of u8, u16 or float: float: L in 0..100, and colors are first clamped to 0..1, NaN to
/// 0. u8: 255 / 100 L, 255 / 354 (u + 134) and 255 / 262 (v + 140), rounded half up; u16: 257 times these, rounded.
///
/// Computed in float. u8: the rounded real value but for 1 color in 20,000, where it is within 0.5001 of it. u16:
/// within 0.54 of the real value. float: within 0.0001 of it. OpenCV's bytes are up to 1 off, 43 % of its L are.
/// Scalars and lanes have the same bits. Cost: some 150 operations in float a pixel, of which one is a division.
inline constexpr rgb_to_luv_fn rgb_to_luv{};

/// Pointwise stage, the inverse of rgb_to_luv, with its channels, units and types:
///     A = u + 13 L un,  C = v + 13 L vn,  y = Y of lab_to_rgb / max(C, 1 / 1024),
///     X = 9 / 4 A y,  Y = C y,  Z = (39 L - 3 / 4 A - 5 C) y,
/// and R, G and B are those of xyz_to_rgb; light outside of 0..1 is clamped before linear_to_srgb, NaN to 0. Computed
/// in float. For all L, u and v of colors: u8: the rounded real value but for 1 color in 5,000, where it is within
/// 0.502 of it. u16: within 1.5 of the real value. float: within 5 10^-6 of it. Cost: some 170 operations in float a
/// pixel, of which one is a division.
inline constexpr luv_to_rgb_fn luv_to_rgb{};

/// The catalogue's entries.
struct rgb_to_luv_entry : entry_of<rgb_to_luv_entry> {
    static constexpr operation about{
        .name = "rgb_to_luv",
        .about = "L*, u* and v* of colors of sRGB, white D65; u8 2.55 L, 255 / 354 (u + 134), 255 / 262 (v + 140)",
        .rounding = "half up, saturated; u8: within 0.5001 of the real value, u16: within 0.54",
        .floating = "L in 0..100, within 0.0001 of the real value",
        .opencv = "cv::cvtColor(src, dst, cv::COLOR_RGB2Luv), whose bytes are up to 1 off",
        .scikit_image = "skimage.color.rgb2luv, of floats"};
    static rgb_to_luv_fn stage(double const*) { return rgb_to_luv; }
};
struct luv_to_rgb_entry : entry_of<luv_to_rgb_entry> {
    static constexpr operation about{.name = "luv_to_rgb",
                                     .about = "colors of sRGB for L*, u* and v*",
                                     .rounding =
                                         "half up, saturated; u8: within 0.502 of the real value, u16: within 1.5",
                                     .floating = "within 5 10^-6 of the real value",
                                     .opencv = "cv::cvtColor(src, dst, cv::COLOR_Luv2RGB), whose bytes are off by more",
                                     .scikit_image = "skimage.color.luv2rgb, of floats"};
    static luv_to_rgb_fn stage(double const*) { return luv_to_rgb; }
};

QUOIN_NAMESPACE_END
