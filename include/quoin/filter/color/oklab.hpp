// SPDX-License-Identifier: BSL-1.0
// rgb_to_oklab, oklab_to_rgb: colors of sRGB as Oklab.
#pragma once

#include <quoin/filter/detail/light_spaces.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {
struct oklab_space {
    template <class T, class V>
    static QUOIN_INLINE three<V> of_light(V const& r, V const& g, V const& b) {
        V const l = cube_root(V(r * 0.4122214708f + g * 0.5363325363f + b * 0.0514459929f));
        V const m = cube_root(V(r * 0.2119034982f + g * 0.6806995451f + b * 0.1073969566f));
        V const s = cube_root(V(r * 0.0883024619f + g * 0.2817188376f + b * 0.6299787005f));
        V const lightness = l * 0.2104542553f + m * 0.7936177850f - s * 0.0040720468f;
        V const first = l * 1.9779984951f - m * 2.4285922050f + s * 0.4505937099f;
        V const second = l * 0.0259040371f + m * 0.7827717662f - s * 0.8086757660f;
        constexpr float unit = byte_unit<T>;
        if constexpr (std::floating_point<T>) return {lightness, first, second};
        else return {lightness * (255 * unit), first * (255 * unit) + 128 * unit, second * (255 * unit) + 128 * unit};
    }

    template <class T, class V>
    static QUOIN_INLINE three<V> to_light(V const& lightness, V const& first, V const& second) {
        constexpr float one = std::floating_point<T> ? 1.0f : 255 * byte_unit<T>;
        constexpr float gray = std::floating_point<T> ? 0.0f : 128 * byte_unit<T>;
        V const k = lightness * (1 / one), a = (first - gray) * (1 / one), b = (second - gray) * (1 / one);
        V const l = cube(V(k + a * 0.3963377774f + b * 0.2158037573f));
        V const m = cube(V(k - a * 0.1055613458f - b * 0.0638541728f));
        V const s = cube(V(k - a * 0.0894841775f - b * 1.2914855480f));
        return {l * 4.0767416621f - m * 3.3077115913f + s * 0.2309699292f,
                m * 2.6097574011f - l * 1.2684380046f - s * 0.3413193965f,
                s * 1.7076147010f - l * 0.0041960863f - m * 0.7034186147f};
    }

private:
    template <class V>
    static QUOIN_INLINE V cube(V const& x) {
        return x * x * x;
    }
};
} // namespace detail

using rgb_to_oklab_fn = detail::to_space_fn<detail::oklab_space>;
using oklab_to_rgb_fn = detail::from_space_fn<detail::oklab_space>;

/// Pointwise stage: L, a and b of Oklab, whose distances are close to those that the eye sees and whose hues stay along
/// mixtures, of colors of sRGB, in place of red, green and blue. With c in parts of white and the cube root of each
/// sum:
///     r, g, b = srgb_to_linear of R, G, B,
///     l = (0.4122214708 r + 0.5363325363 g + 0.0514459929 b)^(1/3),
///     m = (0.2119034982 r + 0.6806995451 g + 0.1073969566 b)^(1/3),
///     s = (0.0883024619 r + 0.2817188376 g + 0.6299787005 b)^(1/3),
///     L = 0.2104542553 l + 0.7936177850 m - 0.0040720468 s,
///     a = 1.9779984951 l - 2.4285922050 m + 0.4505937099 s,
///     b = 0.0259040371 l + 0.7827717662 m - 0.8086757660 s.
/// R, G and B are the channels that pixel_traits calls so, and L, a and b take these places; other channels, such as
/// alpha, stay. Same pixel type, of u8, u16 or float: float: L in 0..1, a in -0.234..0.277, b in -0.312..0.199, and
/// colors are first clamped to 0..1, NaN to 0. u8: 255 L, 255 a + 128 and 255 b + 128, rounded half up; u16: 257 times
/// these, rounded.
///
/// Computed in float. u8: the rounded real value but for 1 color in 10,000, where it is within 0.5003 of it. u16:
/// within 0.55 of the real value. float: within 10^-6 of it. Scalars and lanes have the same bits. Cost: some 180
/// operations in float a pixel.
///
/// Source: B. Ottosson, A perceptual color space for image processing, 2020, with the matrices of 2021.
inline constexpr rgb_to_oklab_fn rgb_to_oklab{};

/// Pointwise stage, the inverse of rgb_to_oklab, with its channels, units and types:
///     l = (L + 0.3963377774 a + 0.2158037573 b)^3,  r =  4.0767416621 l - 3.3077115913 m + 0.2309699292 s,
///     m = (L - 0.1055613458 a - 0.0638541728 b)^3,  g = -1.2684380046 l + 2.6097574011 m - 0.3413193965 s,
///     s = (L - 0.0894841775 a - 1.2914855480 b)^3,  b = -0.0041960863 l - 0.7034186147 m + 1.7076147010 s,
/// and R, G and B are linear_to_srgb of r, g and b clamped to 0..1, NaN to 0. Computed in float. u8: the rounded real
/// value but for 1 color in 5,000, where it is within 0.502 of it. u16: within 1.5 of the real value. float: within 2
/// 10^-5 of it. Cost: some 180 operations in float a pixel.
inline constexpr oklab_to_rgb_fn oklab_to_rgb{};

/// The catalogue's entries.
struct rgb_to_oklab_entry : entry_of<rgb_to_oklab_entry> {
    static constexpr operation about{.name = "rgb_to_oklab",
                                     .about = "Oklab of colors of sRGB; u8 255 L, 255 a + 128, 255 b + 128",
                                     .rounding = "half up; u8: within 0.5003 of the real value, u16: within 0.55",
                                     .floating = "L in 0..1, within 10^-6 of the real value"};
    static rgb_to_oklab_fn stage(double const*) { return rgb_to_oklab; }
};
struct oklab_to_rgb_entry : entry_of<oklab_to_rgb_entry> {
    static constexpr operation about{.name = "oklab_to_rgb",
                                     .about = "colors of sRGB for Oklab",
                                     .rounding =
                                         "half up, saturated; u8: within 0.502 of the real value, u16: within 1.5",
                                     .floating = "within 2 10^-5 of the real value"};
    static oklab_to_rgb_fn stage(double const*) { return oklab_to_rgb; }
};

QUOIN_NAMESPACE_END
