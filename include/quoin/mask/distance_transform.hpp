// SPDX-License-Identifier: BSL-1.0
// distance_transform: how far each set pixel of a mask is from the nearest unset one.
#pragma once

#include <quoin/exec/to_image.hpp>
#include <quoin/mask/squared_distance_transform.hpp>

QUOIN_NAMESPACE_BEGIN

/// The Euclidean distance from the center of each pixel to that of the nearest unset one:
///     result(x, y) = min over all unset (u, v) of sqrt((x - u)^2 + (y - v)^2),
/// 0 for unset pixels: the correctly rounded square root of what squared_distance_transform gives, so the same under
/// every CPU policy. Pixels outside the image are not unset. Where that gives no_distance, the distance is infinite:
/// everywhere if no pixel is unset, and at distances of 65,536 pixels and more. Cost: that of
/// squared_distance_transform, and a pass and 4 bytes a pixel more.
/// @throws invalid_argument for a mask with a side above 2^31 - 1 pixels.
template <concepts::policy Policy>
image<float> distance_transform(Policy const& p, bit_image const& mask);

namespace detail {

/// The root of an integer is not halfway between two floats, and further from it than a double errs: the second
/// rounding changes nothing.
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
