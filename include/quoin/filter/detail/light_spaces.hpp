// SPDX-License-Identifier: BSL-1.0
// Stages between sRGB and color spaces that are defined on light: CIE XYZ, L*a*b*, L*u*v*, Oklab.
#pragma once

#include <quoin/filter/detail/hue.hpp>
#include <quoin/filter/detail/transfer.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// From red, green and blue to a space. Space::of_light<T>(r, g, b) gives the three values of light in parts of white,
/// as channels of T hold them but not rounded.
template <class Space>
struct to_space_fn {
    using vectorized = void;
    using leaves_alpha = void;

    template <convertible_color P>
    QUOIN_INLINE P operator()(P const& p) const {
        using T = scalar_t<channel_t<P>>;
        auto const found =
            of_parts(p, [](auto const&... parts) QUOIN_LAMBDA_INLINE { return of_register<T>(parts...); });
        return with_rgb(p, saturate<T>(found.first), saturate<T>(found.second), saturate<T>(found.third));
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        static_assert(convertible_color<P>, "quoin::rgb_to_lab, rgb_to_luv, rgb_to_oklab, rgb_to_xyz: these are no "
                                            "colors of u8, u16 or float");
    }

private:
    /// No part of the caller's loop: it is long, and the same for all pixels of these channels.
    template <class T, class V>
    static QUOIN_NOINLINE QUOIN_FN three<V> of_register(V const& red, V const& green, V const& blue) {
        auto const light = [](V const& c) QUOIN_LAMBDA_INLINE {
            if constexpr (std::floating_point<T>) return light_of_share(share_of_white(c));
            else return light_of_share(c);
        };
        return Space::template of_light<T>(V(light(red)), V(light(green)), V(light(blue)));
    }
};

/// From a space to red, green and blue. Space::to_light<T>(first, second, third) gives the light of channels of T,
/// which are converted to float and no more; it is clamped to 0..1, NaN to 0.
template <class Space>
struct from_space_fn {
    using vectorized = void;
    using leaves_alpha = void;

    template <convertible_color P>
    QUOIN_INLINE P operator()(P const& p) const {
        using T = scalar_t<channel_t<P>>;
        using traits = pixel_traits<P>;
        auto const rgb =
            by_registers([](auto const&... c) QUOIN_LAMBDA_INLINE { return of_register<T>(c...); },
                         convert<float>(get_channel<traits::red>(p)), convert<float>(get_channel<traits::green>(p)),
                         convert<float>(get_channel<traits::blue>(p)));
        return with_rgb(p, from_part_of_white<T>(rgb.first), from_part_of_white<T>(rgb.second),
                        from_part_of_white<T>(rgb.third));
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        static_assert(convertible_color<P>, "quoin::lab_to_rgb, luv_to_rgb, oklab_to_rgb, xyz_to_rgb: these are no "
                                            "colors of u8, u16 or float");
    }

private:
    template <class T, class V>
    static QUOIN_NOINLINE QUOIN_FN three<V> of_register(V const& first, V const& second, V const& third) {
        auto const channel = [](V const& light) QUOIN_LAMBDA_INLINE { return stored_of(share_of_white(light)); };
        auto const light = Space::template to_light<T>(first, second, third);
        return three<V>{channel(light.first), channel(light.second), channel(light.third)};
    }
};

/// What 16 bits of a space have for 1 of its bytes.
template <class T>
inline constexpr float byte_unit = sizeof(T) == 2 ? 257 : 1;

/// X, Y and Z of light of sRGB, white D65, and the way back.
template <class V>
QUOIN_INLINE three<V> xyz_of_light(V const& r, V const& g, V const& b) {
    return {r * 0.412453f + g * 0.357580f + b * 0.180423f, r * 0.212671f + g * 0.715160f + b * 0.072169f,
            r * 0.019334f + g * 0.119193f + b * 0.950227f};
}
template <class V>
QUOIN_INLINE three<V> light_of_xyz(V const& x, V const& y, V const& z) {
    return {x * 3.2404811f - y * 1.5371515f - z * 0.49853633f, y * 1.8759909f - x * 0.96925497f + z * 0.041555925f,
            x * 0.055646639f - y * 0.20404134f + z * 1.0573111f};
}
inline constexpr float white_x = 0.950456f, white_z = 1.088754f;

/// The function f of CIE L*a*b* and L*u*v*: the cube root, and a line in the dark; and its inverse.
template <class V>
QUOIN_INLINE V lightness_curve(V const& t) {
    constexpr float dark = 0.008856f;
    return select(t > V(dark), cube_root(max(t, V(dark))), t * 7.787f + 16.0f / 116);
}
template <class V>
QUOIN_INLINE V inverse_lightness_curve(V const& f) {
    return select(f > V(6.0f / 29), f * f * f, (f - 16.0f / 116) * (1 / 7.787f));
}

} // namespace detail

QUOIN_NAMESPACE_END
