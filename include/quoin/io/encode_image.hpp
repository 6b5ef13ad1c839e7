// SPDX-License-Identifier: BSL-1.0
// encode_image: the bytes of an image file, in memory.
#pragma once

// This include is the first, so that compilers report a short chain of includes for pixels that no file has.
#include <quoin/io/file_pixel.hpp>

#include <quoin/io/write_image.hpp>

#include <cstddef>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A sink that appends to bytes in memory.
struct byte_vector {
    std::vector<std::byte> bytes;
    void write(void const* data, std::size_t size) {
        auto const* const first = static_cast<std::byte const*>(data);
        bytes.insert(bytes.end(), first, first + size);
    }
};

} // namespace detail

/// The bytes that write_image writes into a file of this format: PNG, JPEG, BMP, TGA, PNM or PFM, of the pixels that
/// write_image lists for it; for a socket, a database or a page. An image of any kind, or a view of one.
///     std::vector<std::byte> const bytes = encode_image(photo, image_format::jpeg, {.jpeg_quality = 80});
/// Memory: the bytes, and what write_image needs. Cost: linear.
/// @throws io_error for pixels that the format cannot hold, and for TIFF, which is written to files alone.
template <class Image, int Decoders = QUOIN_DECODERS>
std::vector<std::byte> encode_image(Image const& image, image_format format, write_options options = {}) {
    static_assert(concepts::view<Image> || concepts::owning_image<Image>,
                  "quoin::encode_image: this is neither an image nor a view; evaluate a pipeline first, "
                  "encode_image(to_image(policy, pipeline), format)");
    if constexpr (concepts::owning_image<Image>) {
        return encode_image<decltype(image.view()), Decoders>(image.view(), format, options);
    } else if constexpr (concepts::view<Image>) {
        using P = typename Image::pixel_type;
        using T = channel_t<P>;
        detail::check_file_pixel<P>();
        detail::byte_vector result;
        if constexpr (concepts::file_pixel<P>) {
            std::string const what = "quoin::encode_image";
            if (format == image_format::tiff)
                detail::raise<io_error>(what, ": a TIFF is written to a file alone; call write_image, or give "
                                              "image_format::png");
            detail::check_writable(what, format, {image.width(), image.height()}, channels_v<P>, 8 * sizeof(T),
                                   options.jpeg_quality, std::floating_point<T>);
            detail::encode_view<Decoders>(result, what, format, image, options.jpeg_quality);
        }
        return std::move(result.bytes);
    }
}

QUOIN_NAMESPACE_END
