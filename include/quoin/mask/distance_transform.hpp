// SPDX-License-Identifier: BSL-1.0
// distance_transform: the distance of each set pixel of a mask to the nearest unset one.
#pragma once

#include <quoin/exec/to_image.hpp>
#include <quoin/mask/squared_distance_transform.hpp>

QUOIN_NAMESPACE_BEGIN

/// The Euclidean distance from the center of each pixel to the center of the nearest unset pixel:
///     result(x, y) = min over all unset (u, v) of sqrt((x - u)^2 + (y - v)^2)
/// Unset pixels have the distance 0. Pixels outside the image do not count as unset. The result is the correctly
/// rounded square root of squared_distance_transform, so it is the same under every CPU policy. The distance is
/// infinite if no pixel is unset, and from 65,536 pixels on. Cost: that of squared_distance_transform, plus one pass
/// and 4 bytes per pixel.
/// @throws invalid_argument for a mask with a side above 2^31 - 1 pixels.
template <concepts::policy Policy>
image<float> distance_transform(Policy const& p, bit_image const& mask);

namespace detail {

/// The root is computed in double and then rounded to float. The second rounding is correct: the root of an integer is
/// never halfway between two floats, and its distance to the halfway point is larger than the error of a double.
struct distance_of_square {
    using vectorized = void;
    template <concepts::channel_value V>
    QUOIN_INLINE auto operator()(V const& square) const {
        auto const exact = convert<double>(square);
        using D = std::remove_const_t<decltype(exact)>;
        return convert<float>(
            select(exact == D(double{no_distance}), D(std::numeric_limits<double>::infinity()), sqrt(exact)));
    }
};

} // namespace detail

template <concepts::policy Policy>
image<float> distance_transform(Policy const& p, bit_image const& mask) {
    detail::check_sides("quoin::distance_transform", mask.size());
    image<std::uint32_t> const squares = squared_distance_transform(p, mask);
    return to_image(p, squares.view() | detail::distance_of_square{});
}

QUOIN_NAMESPACE_END
