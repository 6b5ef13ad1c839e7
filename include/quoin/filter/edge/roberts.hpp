// SPDX-License-Identifier: BSL-1.0
// roberts: the length of the differences of diagonal neighbors.
#pragma once

#include <quoin/filter/detail/derivatives.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {
inline constexpr kernel<3, 3> roberts_da{{{0, 0, 0}, {0, -1, 0}, {0, 0, 1}}};
inline constexpr kernel<3, 3> roberts_db{{{0, 0, 0}, {0, 0, 1}, {0, -1, 0}}};
} // namespace detail

/// Local stage, 3 x 3. Each result channel is sqrt(a^2 + b^2), where a = p(1, 1) - p(0, 0) and b = p(1, 0) - p(0, 1)
/// are the differences along both diagonals of the square of 2 x 2 pixels that begins at the pixel. A plane that rises
/// by 1 a column gives sqrt(2). The pixel type does not change. Border: that of the last extend(), or reflect_101
/// without one. Integer channels: rounded half up and saturated. Channels of 8 and 16 bits are exact; i32 channels are
/// computed in double. Floating point: computed in the channel's type and not rounded. Cost: 4 reads and one square
/// root per pixel.
struct roberts_fn : detail::gradient_length<detail::roberts_da, detail::roberts_db> {};
inline constexpr roberts_fn roberts{};

/// The catalogue's entry.
struct roberts_entry : entry_of<roberts_entry> {
    static constexpr operation about{.name = "roberts",
                                     .about = "the length of the differences along both diagonals of 2 x 2 pixels",
                                     .rounding = "half up of the exact length, saturated; 32 bits: in double",
                                     .floating = "the length, not rounded",
                                     .scikit_image = "skimage.filters.roberts(image) * sqrt(2)"};
    static roberts_fn stage(double const*) { return roberts; }
};

QUOIN_NAMESPACE_END
