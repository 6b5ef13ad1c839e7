// SPDX-License-Identifier: BSL-1.0
// file_pixel: the pixel types of image files.
#pragma once

#include <quoin/core/pixel.hpp>
#include <quoin/image/view.hpp>

QUOIN_NAMESPACE_BEGIN

namespace concepts {

/// A pixel type of image files: gray, rgb or rgba with unsigned channels of 8, 16 or 32 bits, or float ones. One rule
/// says what reading does to a channel v of the file, whose white is `maxval` (see image_info):
///     the same type        v, the stored value
///     other integers       v of 0 .. maxval becomes 0 .. white, round(v * white / maxval), half up: 8 -> 16 bits is
///                          257 v, 16 -> 8 bits is round(v / 257), and of 12 bits in 16 (maxval 4095) 4095 becomes 255
///     integers -> float    v, the stored value; nearest to it from 32 bits
///     float -> integers    an io_error: nothing says which value is white
/// And to the channels of a pixel, before their type changes:
///     color -> gray        the luma, as in the stage gray
///     gray -> color        R = G = B = v
///     alpha                dropped, or white if the file has none; colors are not multiplied by it
template <class P>
concept file_pixel =
    concepts::pixel<P> &&
    (std::same_as<channel_t<P>, std::uint8_t> || std::same_as<channel_t<P>, std::uint16_t> ||
     std::same_as<channel_t<P>, std::uint32_t> || std::same_as<channel_t<P>, float>) &&
    (std::same_as<P, channel_t<P>> || std::same_as<P, rgb<channel_t<P>>> || std::same_as<P, rgba<channel_t<P>>>);

} // namespace concepts

namespace detail {
template <class P>
constexpr void check_file_pixel() {
    static_assert(concepts::file_pixel<P>,
                  "quoin: an image file has no pixels of this type, but gray, rgb and rgba of 8, 16 or 32 unsigned "
                  "bits or of float; read one of these, and write view | convert_to<std::uint8_t> or another one");
}
} // namespace detail

QUOIN_NAMESPACE_END
