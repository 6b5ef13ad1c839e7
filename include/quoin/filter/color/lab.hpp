// SPDX-License-Identifier: BSL-1.0
// rgb_to_lab, lab_to_rgb: colors of sRGB as CIE L*a*b*.
#pragma once

#include <quoin/filter/detail/light_spaces.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {
struct lab_space {
    template <class T, class V>
    static QUOIN_INLINE three<V> of_light(V const& r, V const& g, V const& b) {
        // The rows for X and Z are divided by the white of D65, so the first and last sum of white is 1.
        V const x = lightness_curve(V(r * 0.43395275f + g * 0.37621942f + b * 0.18982783f));
        V const y = lightness_curve(V(r * 0.212671f + g * 0.71516f + b * 0.072169f));
        V const z = lightness_curve(V(r * 0.017757913f + g * 0.10947660f + b * 0.87276546f));
        constexpr float unit = byte_unit<T>;
        if constexpr (std::floating_point<T>) return three<V>{y * 116.0f - 16.0f, (x - y) * 500.0f, (y - z) * 200.0f};
        else
            return three<V>{(y * 295.8f - 40.8f) * unit, ((x - y) * 500.0f + 128.0f) * unit,
                            ((y - z) * 200.0f + 128.0f) * unit};
    }

    template <class T, class V>
    static QUOIN_INLINE three<V> to_light(V const& first, V const& second, V const& third) {
        constexpr float down = 1 / byte_unit<T>;
        V const y = [&]() QUOIN_LAMBDA_INLINE {
            if constexpr (std::floating_point<T>) return first * (1.0f / 116) + 16.0f / 116;
            else return first * (down / 295.8f) + 16.0f / 116;
        }();
        auto const chroma = [](V const& c, float scale) QUOIN_LAMBDA_INLINE {
            if constexpr (std::floating_point<T>) return c * scale;
            else return (c * down - 128.0f) * scale;
        };
        V const fx = y + chroma(second, 1.0f / 500), fz = y - chroma(third, 1.0f / 200);
        return light_of_xyz(V(inverse_lightness_curve(fx) * white_x), V(inverse_lightness_curve(y)),
                            V(inverse_lightness_curve(fz) * white_z));
    }
};
} // namespace detail

using rgb_to_lab_fn = detail::to_space_fn<detail::lab_space>;
using lab_to_rgb_fn = detail::from_space_fn<detail::lab_space>;

/// Pointwise stage: L*, a* and b* (CIE 1976, white D65) of colors of sRGB, in place of red, green and blue. With c in
/// parts of white:
///     r, g, b = srgb_to_linear of R, G, B,
///     X = 0.412453 r + 0.357580 g + 0.180423 b,  Y = 0.212671 r + 0.715160 g + 0.072169 b,
///     Z = 0.019334 r + 0.119193 g + 0.950227 b,
///     f(t) = cube root of t for t > 0.008856, else 7.787 t + 16 / 116,
///     L = 116 f(Y) - 16,  a = 500 (f(X / 0.950456) - f(Y)),  b = 200 (f(Y) - f(Z / 1.088754)).
/// R, G and B are the channels that pixel_traits calls so, and L, a and b take these places; other channels, such as
/// alpha, stay. Same pixel type, of u8, u16 or float: float: L in 0..100, and colors are first clamped to 0..1, NaN to
/// 0. u8: 2.55 L, a + 128 and b + 128, rounded half up and saturated; u16: 257 times these, rounded.
///
/// Computed in float. u8: the rounded real value but for 1 color in 10,000, where it is within 0.5003 of it. u16:
/// within 0.54 of the real value. float: within 0.0003 of it. OpenCV's bytes are up to 2 off. Scalars and lanes have
/// the same bits. Cost: some 280 operations in float a pixel.
inline constexpr rgb_to_lab_fn rgb_to_lab{};

/// Pointwise stage, the inverse of rgb_to_lab, with its channels, units and types. t = f^3 for f > 6 / 29, else
/// (f - 16 / 116) / 7.787; the matrix is the inverse of that of rgb_to_lab; light outside of 0..1 is clamped before
/// linear_to_srgb, NaN to 0. Computed in float. u8: the rounded real value but for 1 color in 5,000, where it is within
/// 0.502 of it. u16: within 1.5 of the real value. float: within 2 10^-5 of it. Cost: some 200 operations in float a
/// pixel.
inline constexpr lab_to_rgb_fn lab_to_rgb{};

/// The catalogue's entries.
struct rgb_to_lab_entry : entry_of<rgb_to_lab_entry> {
    static constexpr operation about{.name = "rgb_to_lab",
                                     .about = "L*, a* and b* of colors of sRGB, white D65; u8 2.55 L, a + 128, b + 128",
                                     .rounding =
                                         "half up, saturated; u8: within 0.5003 of the real value, u16: within 0.54",
                                     .floating = "L in 0..100, within 0.0003 of the real value",
                                     .opencv = "cv::cvtColor(src, dst, cv::COLOR_RGB2Lab), whose bytes are up to 2 off",
                                     .scikit_image = "skimage.color.rgb2lab, of floats"};
    static rgb_to_lab_fn stage(double const*) { return rgb_to_lab; }
};
struct lab_to_rgb_entry : entry_of<lab_to_rgb_entry> {
    static constexpr operation about{.name = "lab_to_rgb",
                                     .about = "colors of sRGB for L*, a* and b*",
                                     .rounding =
                                         "half up, saturated; u8: within 0.502 of the real value, u16: within 1.5",
                                     .floating = "within 2 10^-5 of the real value",
                                     .opencv = "cv::cvtColor(src, dst, cv::COLOR_Lab2RGB), whose bytes are off by more",
                                     .scikit_image = "skimage.color.lab2rgb, of floats"};
    static lab_to_rgb_fn stage(double const*) { return lab_to_rgb; }
};

QUOIN_NAMESPACE_END
