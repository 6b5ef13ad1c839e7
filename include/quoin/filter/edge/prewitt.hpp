// SPDX-License-Identifier: BSL-1.0
// prewitt: the length of the derivatives of Prewitt.
#pragma once

#include <quoin/filter/detail/derivatives.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {
inline constexpr kernel<3, 3> prewitt_dx = product<3>({{1, 1, 1}}, smooth_derivative<1, 3>());
inline constexpr kernel<3, 3> prewitt_dy = product<3>(smooth_derivative<1, 3>(), {{1, 1, 1}});
} // namespace detail

/// Local stage, 3 x 3. Each result channel is sqrt(gx^2 + gy^2), where gx is the correlation with the kernel [-1 0 1;
/// -1 0 1; -1 0 1] and gy the one with its transpose. A plane that rises by 1 a pixel gives 6. The pixel type does not
/// change. Border: that of the last extend(), or reflect_101 without one. Integer channels: rounded half up and
/// saturated. Channels of 8 and 16 bits are exact; i32 channels are computed in double. Floating point: computed in the
/// channel's type and not rounded. Cost: 12 reads and one square root per pixel.
struct prewitt_fn : detail::gradient_length<detail::prewitt_dx, detail::prewitt_dy> {};
inline constexpr prewitt_fn prewitt{};

/// The catalogue's entry.
struct prewitt_entry : entry_of<prewitt_entry> {
    static constexpr operation about{.name = "prewitt",
                                     .about = "the length of the derivatives [-1 0 1] x [1 1 1]",
                                     .rounding = "half up of the exact length, saturated; 32 bits: in double",
                                     .floating = "the length, not rounded",
                                     .scikit_image = "skimage.filters.prewitt(image) * 3 * sqrt(2)"};
    static prewitt_fn stage(double const*) { return prewitt; }
};

QUOIN_NAMESPACE_END
