// SPDX-License-Identifier: BSL-1.0
// file_pixel: the pixel types of image files.
#pragma once

#include <quoin/core/pixel.hpp>
#include <quoin/image/view.hpp>

QUOIN_NAMESPACE_BEGIN

namespace concepts {

/// A pixel type of image files: gray, rgb or rgba with unsigned channels of 8 or 16 bits. If the file holds another
/// type, reading converts each channel exactly:
///     8 -> 16 bits       257 v
///     16 -> 8 bits       round(v / 257)
///     color -> gray      (9798 R + 19235 G + 3735 B + 16384) >> 15, as in the stage gray, before the depth changes
///     gray -> color      R = G = B = v
///     alpha              dropped, or white if the file has none; colors are not multiplied by it
template <class P>
concept file_pixel =
    concepts::pixel<P> && (std::same_as<channel_t<P>, std::uint8_t> || std::same_as<channel_t<P>, std::uint16_t>) &&
    (std::same_as<P, channel_t<P>> || std::same_as<P, rgb<channel_t<P>>> || std::same_as<P, rgba<channel_t<P>>>);

} // namespace concepts

namespace detail {
template <class P>
constexpr void check_file_pixel() {
    static_assert(concepts::file_pixel<P>,
                  "quoin: an image file has no pixels of this type, but gray, rgb and rgba of 8 or 16 unsigned bits; "
                  "read one of these, and write view | convert_to<std::uint8_t> or view | convert_to<std::uint16_t>");
}
} // namespace detail

QUOIN_NAMESPACE_END
