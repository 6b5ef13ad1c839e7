// SPDX-License-Identifier: BSL-1.0
// premultiply: colors times their alpha.
#pragma once

#include <quoin/filter/detail/alpha.hpp>

QUOIN_NAMESPACE_BEGIN

/// Pointwise stage. Each channel c but alpha becomes c a / white, where a is the alpha of the pixel and white is 255,
/// 65,535 or, for floating point, 1. Alpha does not change. Pixels are those whose pixel_traits have `alpha`, such as
/// rgba<T>. Same pixel type. u8 and u16: rounded to nearest, exact (no quotient is halfway between two integers); u8 is
/// equal to Pillow's conversion from RGBA to RGBa. Other integers, whose white is the largest value, are computed in
/// double and rounded half up. Floating point: the product in the channel's type.
///
/// Stages that mix pixels, such as resize, treat all channels alike, so transparent pixels bleed their color into those
/// beside them. `view | premultiply | resize(...) | unpremultiply` weighs each color by its alpha. Cost: a product for
/// each color.
struct premultiply_fn {
    using vectorized = void;

    template <concepts::transparent P>
    QUOIN_INLINE P operator()(P const& p) const {
        auto const& a = get_channel<pixel_traits<P>::alpha>(p);
        return detail::with_colors(p, [&](auto const& c) QUOIN_LAMBDA_INLINE { return times(c, a); });
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        static_assert(
            concepts::transparent<P>,
            "quoin::premultiply: these pixels have no alpha; leave it out, or give their pixel_traits `static "
            "constexpr int alpha = 3;` with its place");
    }

private:
    template <class V>
    static QUOIN_INLINE V times(V const& c, V const& a) {
        using T = scalar_t<V>;
        if constexpr (std::floating_point<T>) {
            return c * a;
        } else if constexpr (detail::is_exact_color<T>) {
            return detail::times_alpha(c, a);
        } else {
            return saturate<T>(convert<double>(c) * convert<double>(a) / static_cast<double>(white<T>));
        }
    }
};
inline constexpr premultiply_fn premultiply{};

/// The catalogue's entry.
struct premultiply_entry : detail::entry_of_alpha<premultiply_entry> {
    static constexpr operation about{
        .name = "premultiply",
        .about = "colors times their alpha, before pixels are mixed; pixels without alpha stay as they are",
        .rounding = "to nearest, c a / white",
        .floating = "c a in the channel's type",
        .pillow = "image.convert('RGBa')",
        .reads_alpha = true};
    static premultiply_fn stage(double const*) { return premultiply; }
};

QUOIN_NAMESPACE_END
