// SPDX-License-Identifier: BSL-1.0
// unpremultiply: colors divided by their alpha.
#pragma once

#include <quoin/filter/detail/alpha.hpp>

QUOIN_NAMESPACE_BEGIN

/// Pointwise stage. Each channel c but alpha becomes white c / a, where a is the alpha of the pixel and white is 255,
/// 65,535 or, for floating point, 1. Where a <= 0, pixels do not change; alpha never does. Pixels are those whose
/// pixel_traits have `alpha`, such as rgba<T>. Same pixel type. u8 and u16: rounded down, saturated, exact; u8 is equal
/// to Pillow's conversion from RGBa to RGBA. Other integers, whose white is the largest value, are computed in double
/// and rounded down, saturated. Floating point: the quotient in the channel's type, not limited to 1.
///
/// It undoes premultiply as far as rounding allows: a color of u8 comes back with an error of less than 255 / a. Cost:
/// a division for each pixel, and for floating point for each color.
struct unpremultiply_fn {
    using vectorized = void;

    template <concepts::transparent P>
    QUOIN_INLINE P operator()(P const& p) const {
        using V = channel_t<P>;
        using T = scalar_t<V>;
        V const a = get_channel<pixel_traits<P>::alpha>(p);
        auto const opaque = max(a, V(T(1)));
        auto const gain = [&]() QUOIN_LAMBDA_INLINE {
            if constexpr (detail::is_exact_color<T>) return static_cast<float>(white<T>) / convert<float>(opaque);
            else return 0;
        }();
        return detail::with_colors(p, [&](V const& c) QUOIN_LAMBDA_INLINE { return divided<T>(c, a, opaque, gain); });
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        static_assert(concepts::transparent<P>,
                      "quoin::unpremultiply: these pixels have no alpha; leave it out, or give their pixel_traits "
                      "`static constexpr int alpha = 3;` with its place");
    }

private:
    /// `opaque` is a, or 1 if that is larger. `gain` is white / opaque for 8 and 16 bits.
    template <class T, class V, class Gain>
    static QUOIN_INLINE V divided(V const& c, V const& a, [[maybe_unused]] V const& opaque,
                                  [[maybe_unused]] Gain const& gain) {
        if constexpr (std::floating_point<T>) {
            return select(a > V(T(0)), c / a, c);
        } else if constexpr (std::same_as<T, std::uint8_t>) {
            // A quotient that is no integer lies 1/255 or more below the next one, and the product errs by less than
            // 2^-14. So a sum with 2^-10 has the integral part of the exact quotient.
            auto const quotient = convert<float>(min(c, a)) * gain + 0.0009765625f;
            return select(a == V(T(0)), c, convert<T>(quotient));
        } else if constexpr (std::same_as<T, std::uint16_t>) {
            // The product errs by less than 2^-6, so its integral part is at most 1 off, which the remainder shows.
            auto const most = min(c, a);
            auto const near = convert<std::int32_t>(convert<float>(most) * gain);
            auto const product = convert<std::uint32_t>(near) * convert<std::uint32_t>(opaque);
            auto const rest = convert<std::int32_t>(convert<std::uint32_t>(most) * std::uint32_t{65535} - product);
            auto const divisor = convert<std::int32_t>(opaque);
            auto const up = select(rest >= divisor, near + 1, near);
            return select(a == V(T(0)), c, convert<T>(select(rest < 0, near - 1, up)));
        } else {
            auto const quotient = static_cast<double>(white<T>) * convert<double>(c) / convert<double>(opaque);
            return select(a > V(T(0)), saturate<T>(floor(quotient)), c);
        }
    }
};
inline constexpr unpremultiply_fn unpremultiply{};

/// The catalogue's entry.
struct unpremultiply_entry : detail::entry_of_alpha<unpremultiply_entry> {
    static constexpr operation about{
        .name = "unpremultiply",
        .about = "colors divided by their alpha, behind premultiply; pixels without alpha stay as they are",
        .rounding = "down, white c / a, saturated",
        .floating = "c / a in the channel's type",
        .pillow = "image.convert('RGBA'), of an image in RGBa",
        .reads_alpha = true};
    static unpremultiply_fn stage(double const*) { return unpremultiply; }
};

QUOIN_NAMESPACE_END
