// SPDX-License-Identifier: BSL-1.0
// rgb_to_xyz, xyz_to_rgb: colors of sRGB as CIE XYZ.
#pragma once

#include <quoin/filter/color/color_matrix.hpp>
#include <quoin/filter/detail/light_spaces.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {
struct xyz_space {
    template <class T>
    static constexpr float one = std::floating_point<T> ? 1.0f
                                 : sizeof(T) == 2       ? 32768.0f
                                                        : 128.0f;

    template <class T, class V>
    static QUOIN_INLINE three<V> of_light(V const& r, V const& g, V const& b) {
        auto const xyz = xyz_of_light(r, g, b);
        return {xyz.first * one<T>, xyz.second * one<T>, xyz.third * one<T>};
    }
    template <class T, class V>
    static QUOIN_INLINE three<V> to_light(V const& x, V const& y, V const& z) {
        constexpr float down = 1 / one<T>;
        return light_of_xyz(V(x * down), V(y * down), V(z * down));
    }
};

/// The matrix of OpenCV for floats, and the one of factors in 4096ths for integers.
struct opencv_xyz_fn {
    using vectorized = void;
    using leaves_alpha = void;
    color_matrix_fn real, whole;

    template <convertible_color P>
    QUOIN_INLINE P operator()(P const& p) const {
        if constexpr (std::floating_point<scalar_t<channel_t<P>>>) return real(p);
        else return whole(p);
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        static_assert(convertible_color<P>,
                      "quoin::rgb_to_xyz_opencv, xyz_to_rgb_opencv: these are no colors of u8, u16 or float");
    }
};
} // namespace detail

using rgb_to_xyz_fn = detail::to_space_fn<detail::xyz_space>;
using xyz_to_rgb_fn = detail::from_space_fn<detail::xyz_space>;

/// Pointwise stage: X, Y and Z (CIE 1931, white D65) of colors of sRGB, in place of red, green and blue. With c in
/// parts of white:
///     r, g, b = srgb_to_linear of R, G, B,
///     X = 0.412453 r + 0.357580 g + 0.180423 b,  Y = 0.212671 r + 0.715160 g + 0.072169 b,
///     Z = 0.019334 r + 0.119193 g + 0.950227 b,
/// so white has X = 0.950456, Y = 1 and Z = 1.088754. R, G and B are the channels that pixel_traits calls so, and X, Y
/// and Z take these places; other channels, such as alpha, stay. Same pixel type, of u8, u16 or float: float: colors
/// are first clamped to 0..1, NaN to 0. u16: 32,768 X, 32,768 Y and 32,768 Z, as ICC profiles have them, and u8: 128 X
/// and so on, rounded half up: no color is too bright. Bytes are too few for light in the dark; use u16 or float.
///
/// Computed in float. u8: the rounded real value but for 1 color in 20,000, where it is within 0.5001 of it. u16:
/// within 0.52 of the real value. float: within 10^-6 of it. Scalars and lanes have the same bits. Cost: some 110
/// operations in float a pixel.
inline constexpr rgb_to_xyz_fn rgb_to_xyz{};

/// Pointwise stage, the inverse of rgb_to_xyz, with its channels, units and types. The matrix is the inverse of that of
/// rgb_to_xyz; light outside of 0..1 is clamped before linear_to_srgb, NaN to 0. Computed in float. u8: the rounded
/// real value but for 1 color in 5,000, where it is within 0.503 of it. u16: within 1.5 of the real value. float:
/// within 5 10^-6 of it. Cost: some 160 operations in float a pixel.
inline constexpr xyz_to_rgb_fn xyz_to_rgb{};

/// Pointwise stages: the X, Y and Z of OpenCV, whose matrices multiply stored values as if they were light, and back.
/// Same pixel type, of u8, u16 or float, in parts of white: white times X, Y and Z, saturated, so white's Z is too
/// bright. Integers: the bytes of OpenCV: factors in 4096ths, the exact sum rounded half up. float: in the channel's
/// type. Cost: that of color_matrix.
inline constexpr detail::opencv_xyz_fn rgb_to_xyz_opencv{
    color_matrix({{0.412453, 0.357580, 0.180423}, {0.212671, 0.715160, 0.072169}, {0.019334, 0.119193, 0.950227}}),
    color_matrix({{1689 / 4096.0, 1465 / 4096.0, 739 / 4096.0},
                  {871 / 4096.0, 2929 / 4096.0, 296 / 4096.0},
                  {79 / 4096.0, 488 / 4096.0, 3892 / 4096.0}})};
inline constexpr detail::opencv_xyz_fn xyz_to_rgb_opencv{
    color_matrix({{3.240479, -1.53715, -0.498535}, {-0.969256, 1.875991, 0.041556}, {0.055648, -0.204043, 1.057311}}),
    color_matrix({{13273 / 4096.0, -6296 / 4096.0, -2042 / 4096.0},
                  {-3970 / 4096.0, 7684 / 4096.0, 170 / 4096.0},
                  {228 / 4096.0, -836 / 4096.0, 4331 / 4096.0}})};

namespace detail {
inline constexpr parameter values_of_xyz = {.name = "VALUES",
                                            .type = parameter_type::choice,
                                            .preset = "light",
                                            .choices = "light opencv",
                                            .about = "XYZ of light, or OpenCV's of stored values"};
} // namespace detail

/// The catalogue's entries.
struct rgb_to_xyz_entry {
    static constexpr operation about{
        .name = "rgb_to_xyz",
        .about = "CIE XYZ of colors of sRGB, white D65; u8 128 X, u16 32,768 X; opencv: white X",
        .parameters = {detail::values_of_xyz},
        .rounding = "half up; u8: within 0.5001 of the real value, u16: within 0.52; opencv: factors in 4096ths",
        .floating = "within 10^-6 of the real value",
        .opencv = "cv::cvtColor(src, dst, cv::COLOR_RGB2XYZ), with VALUES opencv",
        .scikit_image = "skimage.color.rgb2xyz, of floats"};
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        if (detail::whole<int>(values[0]) == 0) return f(rgb_to_xyz);
        return f(rgb_to_xyz_opencv);
    }
};
struct xyz_to_rgb_entry {
    static constexpr operation about{
        .name = "xyz_to_rgb",
        .about = "colors of sRGB for CIE XYZ",
        .parameters = {detail::values_of_xyz},
        .rounding =
            "half up, saturated; u8: within 0.503 of the real value, u16: within 1.5; opencv: factors in 4096ths",
        .floating = "within 5 10^-6 of the real value",
        .opencv = "cv::cvtColor(src, dst, cv::COLOR_XYZ2RGB), with VALUES opencv",
        .scikit_image = "skimage.color.xyz2rgb, of floats"};
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        if (detail::whole<int>(values[0]) == 0) return f(xyz_to_rgb);
        return f(xyz_to_rgb_opencv);
    }
};

QUOIN_NAMESPACE_END
