// SPDX-License-Identifier: BSL-1.0
// The pixel types that image files hold, and the views that can be written to one.
#pragma once

#include <quoin/core/geometry.hpp>
#include <quoin/core/pixel.hpp>

QUOIN_NAMESPACE_BEGIN

namespace concepts {

/// What a file can be read to and written from: gray, rgb or rgba of 8 or 16 unsigned bits. Where the file holds
/// something else than is asked for, reading converts, channel by channel and exactly:
///     8 -> 16 bits       257 v
///     16 -> 8 bits       round(v / 257)
///     color -> gray     (9798 R + 19235 G + 3735 B + 16384) >> 15, in the file's depth, before the depth is changed
///     gray -> color     R = G = B = v
///     alpha              dropped, or white where the file has none; colors are not multiplied by it
template <class P>
concept file_pixel =
    concepts::pixel<P> && (std::same_as<channel_t<P>, std::uint8_t> || std::same_as<channel_t<P>, std::uint16_t>) &&
    (std::same_as<P, channel_t<P>> || std::same_as<P, rgb<channel_t<P>>> || std::same_as<P, rgba<channel_t<P>>>);

/// Pixels that can be read one by one: every view of quoin, and a user's own with the same four members.
template <class View>
concept pixel_source = concepts::pixel<typename View::pixel_type> && requires(View const& v, index_t i) {
    { v.width() } -> std::convertible_to<index_t>;
    { v.height() } -> std::convertible_to<index_t>;
    { v.load(i, i) } -> std::convertible_to<typename View::pixel_type>;
};

/// Pixels that can be written one by one.
template <class View>
concept pixel_sink = concepts::pixel_source<View> && requires(View const& v, index_t i, typename View::pixel_type p) {
    v.store(i, i, p);
};

} // namespace concepts

QUOIN_NAMESPACE_END
