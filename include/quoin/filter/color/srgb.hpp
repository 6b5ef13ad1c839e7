// SPDX-License-Identifier: BSL-1.0
// srgb_to_linear, linear_to_srgb: from stored values to light, and back.
#pragma once

#include <quoin/filter/detail/transfer.hpp>
#include <quoin/filter/detail/usual_channel.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Curve::of(x) of each channel but alpha, in parts of white, as channels of U, or of the same type for void.
template <class Curve, class U>
struct transfer_fn {
    using vectorized = void;
    using leaves_alpha = void;

    template <class P>
        requires(std::same_as<scalar_t<channel_t<P>>, std::uint8_t> ||
                 std::same_as<scalar_t<channel_t<P>>, std::uint16_t> || std::same_as<scalar_t<channel_t<P>>, float>)
    QUOIN_INLINE auto operator()(P const& p) const {
        using T = scalar_t<channel_t<P>>;
        using R = std::conditional_t<std::is_void_v<U>, T, U>;
        return make_pixel<P>([&](auto i) QUOIN_LAMBDA_INLINE {
            constexpr int c = decltype(i)::value;
            auto const& v = get_channel<c>(p);
            if constexpr (is_alpha<P>(c)) {
                if constexpr (std::same_as<R, T>) return channel_t<P>(v);
                else return from_part_of_white<R>(part_of_white(v));
            } else {
                auto const part = part_of_white(v);
                auto const all = by_registers(
                    [](auto const& x, auto const&, auto const&) QUOIN_LAMBDA_INLINE {
                        using V = std::remove_cvref_t<decltype(x)>;
                        return three<V>{Curve::of(x), x, x};
                    },
                    part, part, part);
                return from_part_of_white<R>(all.first);
            }
        });
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        using T = scalar_t<channel_t<P>>;
        static_assert(detail::usual_channel<T>,
                      "quoin::srgb_to_linear, linear_to_srgb: channels are u8, u16 or float");
    }

private:
    template <class P>
    static constexpr bool is_alpha(int channel) {
        if constexpr (concepts::transparent<P>) return channel == pixel_traits<P>::alpha;
        else return channel < 0;
    }
};

/// No part of the caller's loop: these functions are long, and called once for each register.
struct light_curve {
    template <class V>
    static QUOIN_NOINLINE QUOIN_FN V of(V const& x) {
        return light_of(x);
    }
};
struct stored_curve {
    template <class V>
    static QUOIN_NOINLINE QUOIN_FN V of(V const& x) {
        return stored_of(x);
    }
};

} // namespace detail

using srgb_to_linear_fn = detail::transfer_fn<detail::light_curve, void>;
using linear_to_srgb_fn = detail::transfer_fn<detail::stored_curve, void>;

/// Pointwise stages: the light of values stored in sRGB (IEC 61966-2-1), with c and the result in parts of white, 255,
/// 65,535 or, for floating point, 1: c / 12.92 for c <= 0.04045, else ((c + 0.055) / 1.055)^2.4. Alpha is no light and
/// stays. srgb_to_linear keeps the pixel type, of u8, u16 or float; srgb_to_linear_as<U> makes channels of U, one of
/// these types, and rescales all channels, alpha too, from white to white. 8 bits of light are too few for the dark:
/// use u16 or float, and linear_to_srgb_as<std::uint8_t> behind them.
///
/// Computed in float, in parts of white. From u8 to u8: the real value rounded half up, for all 256 values. To u16:
/// within 0.52 of the real value, from u8 and from u16. To float: within 10^-6 of the real value, relatively. Floats
/// are not clamped: negative ones are divided by 12.92; above 2^50 the result is infinity; NaN stays NaN. Scalars and
/// lanes have the same bits. Cost: some 45 operations in float for each channel.
inline constexpr srgb_to_linear_fn srgb_to_linear{};
template <class U>
inline constexpr detail::transfer_fn<detail::light_curve, U> srgb_to_linear_as{};

/// Pointwise stages, the inverse of srgb_to_linear: 12.92 l for l <= 0.0031308, else 1.055 l^(1 / 2.4) - 0.055, with
/// the types and the alpha of srgb_to_linear. Computed in float. From u8 to u8: the real value rounded half up,
/// saturated. To u8 from others: within 0.5002 of the real value; to u16: within 0.6. To float: within 3 10^-6 of the
/// real value, relatively, not clamped; above 2^50 infinity, NaN stays NaN. Cost: some 45 operations in float for each
/// channel.
inline constexpr linear_to_srgb_fn linear_to_srgb{};
template <class U>
inline constexpr detail::transfer_fn<detail::stored_curve, U> linear_to_srgb_as{};

/// The catalogue's entries.
struct srgb_to_linear_entry : entry_of<srgb_to_linear_entry> {
    static constexpr operation about{.name = "srgb_to_linear",
                                     .about = "the light of values stored in sRGB, in the same type; alpha stays",
                                     .rounding = "half up; u8: the real value, u16: within 0.52 of it",
                                     .floating = "within 10^-6 of the real value, relatively",
                                     .scikit_image = "the first step of skimage.color.rgb2xyz"};
    static auto stage(double const*) { return srgb_to_linear; }
};
struct linear_to_srgb_entry : entry_of<linear_to_srgb_entry> {
    static constexpr operation about{.name = "linear_to_srgb",
                                     .about = "values of sRGB for light, in the same type; alpha stays",
                                     .rounding = "half up, saturated; u8: the real value, u16: within 0.6 of it",
                                     .floating = "within 3 10^-6 of the real value, relatively",
                                     .scikit_image = "the last step of skimage.color.xyz2rgb"};
    static auto stage(double const*) { return linear_to_srgb; }
};

QUOIN_NAMESPACE_END
