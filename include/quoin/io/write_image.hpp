// SPDX-License-Identifier: BSL-1.0
// write_image: writes a view to an image file in the format of its extension.
#pragma once

#include <quoin/io/detail/decoders.hpp>
#include <quoin/io/detail/encode.hpp>
#include <quoin/io/pnm_writer.hpp>
#if QUOIN_WITH_TIFF
#include <quoin/io/tiff_writer.hpp>
#endif
#if QUOIN_WITH_CODECS
#include <quoin/io/detail/jpeg_encoder.hpp>
#include <quoin/io/detail/png_encoder.hpp>
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

/// Rejects pixels that the format cannot hold, before anything is written.
inline void check_writable(std::string const& what, image_format format, extent size, int channels, int bits,
                           write_options const& options, bool floating = false) {
    if (size.empty())
        raise<io_error>(what, ": ", size.width, " x ", size.height, " pixels; an image file holds at least 1 x 1");
    if (format == image_format::tiff) return;
    if (floating != (format == image_format::pfm))
        raise<io_error>(what, ": a ", to_string(format), " file holds ",
                        floating ? "integers, not float" : "float, not integers", "; give ",
                        floating ? ".pfm" : ".png or .pnm", ", or convert the pixels");
    bool const deep = format == image_format::png || format == image_format::pnm;
    if (!floating && bits > (deep ? 16 : 8))
        raise<io_error>(what, ": a ", to_string(format), " file holds ", deep ? "8 or 16" : "8",
                        " bits a channel, not ", bits,
                        bits == 16 ? "; give .png, .pgm or .ppm, or convert the pixels" : "; convert the pixels");
    if (channels == 4 && (format == image_format::jpeg || format == image_format::pfm))
        raise<io_error>(what, ": a ", to_string(format), " file has no alpha; give ",
                        floating ? ".tif" : ".png, .bmp, .tga or .pam", ", or drop it");
    if (options.jpeg_quality < 1 || options.jpeg_quality > 100)
        raise<io_error>(what, ": the JPEG quality ", options.jpeg_quality, " is not in 1 to 100");
    if (format == image_format::pnm || format == image_format::pfm) return;
    bool const narrow = format == image_format::jpeg || format == image_format::tga;
    index_t const side = narrow ? 65535 : index_t{1} << 30;
    // The encoders count bytes in an int. A PNG row has one more byte, a BMP row up to three, a header less than 1024.
    index_t const pixel_bytes = format == image_format::bmp && channels == 1 ? 3 : channels * bits / 8;
    index_t const most = INT_MAX - 1024;
    if (size.width > side || size.height > side || size.width * pixel_bytes + 3 > most / size.height)
        raise<io_error>(what, ": ", size.width, " x ", size.height, " pixels of ", pixel_bytes, " bytes; a ",
                        to_string(format), " is written up to ", side, " a side and ", most,
                        " bytes: give .pgm or .ppm");
}

/// The header of a PFM in this machine's byte order, which the sign of the scale tells.
inline std::string pfm_header_text(int channels, extent size) {
    return std::string(channels == 1 ? "Pf\n" : "PF\n") + std::to_string(size.width) + ' ' +
           std::to_string(size.height) + (std::endian::native == std::endian::little ? "\n-1.0\n" : "\n1.0\n");
}

/// Writes rows of floating-point numbers, from the lowest row on.
template <concepts::view View>
void write_pfm(atomic_file& file, View const& view) {
    constexpr int channels = channels_v<typename View::pixel_type>;
    file.write(pfm_header_text(channels, {view.width(), view.height()}));
    std::vector<float> row(static_cast<std::size_t>(view.width()) * channels);
    for (index_t y = view.height() - 1; y >= 0; --y) {
        gather_row(view, y, row.data());
        file.write(row.data(), row.size() * sizeof(float));
    }
}

#if QUOIN_WITH_CODECS
/// Encodes a PNG or a JPEG row by row.
template <concepts::view View>
void write_with_codecs(atomic_file& file, std::string const& what, image_format format, View const& view,
                       write_options options) {
    using P = typename View::pixel_type;
    using T = channel_t<P>;
    std::vector<T> row(static_cast<std::size_t>(view.width()) * channels_v<P>);
    extent const size{view.width(), view.height()};
    auto const encode = [&](auto&& encoder) {
        for (index_t y = 0; y < size.height; ++y) {
            gather_row(view, y, row.data());
            if constexpr (sizeof(T) == 2) to_big_endian(row.data(), row.size());
            encoder.write(reinterpret_cast<unsigned char*>(row.data()));
        }
        encoder.finish();
    };
    if (format == image_format::jpeg) encode(jpeg_encoder(file, what, size, channels_v<P>, options.jpeg_quality));
    else encode(png_encoder(file, what, size, channels_v<P>, 8 * sizeof(T), png_effort_for(view)));
}
#endif

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
    detail::check_writable(what, format, size, channels, bits, options, floating);
    if (format == image_format::tiff) {
#if QUOIN_WITH_TIFF
        tiff_writer<P> out(path, size.width, size.height, tiff_compression::deflate, operation);
        out.write_rows(view);
        return out.commit();
#else
        raise<io_error>(what, ": a TIFF, which this program was built without; link quoin::tiff, or give .png");
#endif
    }
    if constexpr (floating) {
        atomic_file file(path, operation);
        detail::write_pfm(file, view);
        file.commit();
    } else if constexpr (bits <= 16) {
        if (format == image_format::pnm) {
            pnm_writer<P> out(path, size.width, size.height, operation);
            out.write_rows(view);
            return out.commit();
        }
        atomic_file file(path, operation);
#if QUOIN_WITH_CODECS
        if (format == image_format::png || format == image_format::jpeg) {
            write_with_codecs(file, what, format, view, options);
            return file.commit();
        }
#endif
        std::vector<channel_t<P>> samples(static_cast<std::size_t>(size.area()) * channels);
        for (index_t y = 0; y < size.height; ++y)
            detail::gather_row(view, y, samples.data() + y * size.width * channels);
        if constexpr (bits == 16) detail::to_big_endian(samples.data(), samples.size());
        auto const* bytes = reinterpret_cast<unsigned char const*>(samples.data());
        if (format == image_format::png) detail::write_png(file, what, bytes, size, channels, bits);
        else detail::write_with_stb(file, what, format, bytes, size, channels, options.jpeg_quality);
        file.commit();
    }
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
