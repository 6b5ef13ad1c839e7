// SPDX-License-Identifier: BSL-1.0
// write_image: writes a view to an image file in the format of its extension.
#pragma once

#include <quoin/io/atomic_file.hpp>
#include <quoin/io/detail/encode_view.hpp>
#if QUOIN_WITH_TIFF
#include <quoin/io/tiff_writer.hpp>
#endif

QUOIN_NAMESPACE_BEGIN

/// The options of write_image.
struct write_options {
    int jpeg_quality = 95; ///< 1 to 100; 90 and less also halve the color resolution
};

namespace detail {

/// The format of the extension, in upper or lower case. .pgm is for one channel, .ppm for three, and .pnm for both;
/// .pam is for any number, which a PNM has as P5, P6 or P7.
inline image_format format_of(std::string const& what, std::filesystem::path const& path, int channels) {
    std::string extension = path.extension().string();
    for (char& c : extension)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (extension == ".png") return image_format::png;
    if (extension == ".jpg" || extension == ".jpeg") return image_format::jpeg;
    if (extension == ".bmp") return image_format::bmp;
    if (extension == ".tga") return image_format::tga;
    if (extension == ".pfm") return image_format::pfm;
    if (extension == ".tif" || extension == ".tiff") return image_format::tiff;
    if (extension == ".pam" || (extension == ".pnm" && channels != 4) || (extension == ".pgm" && channels == 1) ||
        (extension == ".ppm" && channels == 3))
        return image_format::pnm;
    if (extension == ".pgm" || extension == ".ppm" || extension == ".pnm")
        raise<io_error>(what, ": a ", extension, " file cannot hold ", channels,
                        " channels; give .pgm for gray, .ppm for rgb, .png or .pam for rgba");
    raise<io_error>(what, ": the extension \"", extension,
                    "\" names no format; expected .png, .jpg, .jpeg, .bmp, .tga, .pnm, .pgm, .ppm, .pam, .pfm, .tif or "
                    ".tiff");
}

template <int Decoders, concepts::view View>
void write_view(std::filesystem::path const& path, View const& view, write_options options) {
    using P = typename View::pixel_type;
    constexpr char const* operation = "quoin::write_image";
    constexpr int channels = channels_v<P>;
    constexpr int bits = 8 * sizeof(channel_t<P>);
    constexpr bool floating = std::floating_point<channel_t<P>>;
    extent const size{view.width(), view.height()};
    std::string const what = std::string(operation).append(": ").append(path.string());
    image_format const format = detail::format_of(what, path, channels);
    detail::check_writable(what, format, size, channels, bits, options.jpeg_quality, floating);
    if (format == image_format::tiff) {
#if QUOIN_WITH_TIFF
        tiff_writer<P> out(path, size.width, size.height, tiff_compression::deflate, operation);
        out.write_rows(view);
        return out.commit();
#else
        raise<io_error>(what, ": a TIFF, which this program was built without; link quoin::tiff, or give .png");
#endif
    }
    atomic_file file(path, operation);
    detail::encode_view<Decoders>(file, what, format, view, options.jpeg_quality);
    file.commit();
}

} // namespace detail

/// Writes an image or a view of any kind (such as flipped, planar or one channel) in the format of the extension:
///     .png              8 and 16 bits; gray, rgb, rgba; lossless
///     .jpg .jpeg        8 bits; rgb, and gray (as rgb without quoin::codecs); lossy; the bytes depend on the compiler,
///                       the processor and the library
///     .bmp              8 bits; rgb, rgba, and gray as rgb; lossless
///     .tga              8 bits; gray, rgb, rgba; lossless
///     .pnm .pgm .ppm    8 and 16 bits; gray, rgb; lossless
///     .pam              8 and 16 bits; gray, rgb, rgba; lossless
///     .pfm              float; gray, rgb; lossless
///     .tif .tiff        where quoin::tiff is linked: 8, 16 and 32 bits and float; gray, rgb, rgba; deflate, lossless
/// A regular file appears completely or not at all. An older file is replaced only after success (see atomic_file).
/// Where quoin::codecs is linked, libpng and libjpeg-turbo encode PNG and JPEG, and stb otherwise.
/// Memory: for PNM, PFM and TIFF a few rows, for PNG and JPEG with quoin::codecs some; for PNG without it about 3
/// copies of the image, for JPEG without it, BMP and TGA one copy. Cost: linear.
/// @throws io_error, which names the file, the fault and the expectation.
template <class Image, int Decoders = QUOIN_DECODERS>
void write_image(std::filesystem::path const& path, Image const& image, write_options options = {}) {
    static_assert(concepts::view<Image> || concepts::owning_image<Image>,
                  "quoin::write_image: this is neither an image nor a view; evaluate a pipeline first, "
                  "write_image(path, to_image(policy, pipeline))");
    if constexpr (concepts::owning_image<Image>) {
        write_image<decltype(image.view()), Decoders>(path, image.view(), options);
    } else if constexpr (concepts::view<Image>) {
        using P = typename Image::pixel_type;
        detail::check_file_pixel<P>();
        if constexpr (concepts::file_pixel<P>) detail::write_view<Decoders>(path, image, options);
    }
}

/// The error message for a path that is not the first argument.
template <class Image, class... More>
    requires requires { typename Image::pixel_type; }
void write_image(Image const&, More const&...) {
    static_assert(!std::same_as<Image, Image>,
                  "quoin::write_image: the path of the file is the first argument; write write_image(path, image)");
}

QUOIN_NAMESPACE_END
