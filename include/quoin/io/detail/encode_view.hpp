// SPDX-License-Identifier: BSL-1.0
// encode_view: the bytes of an image file, of all formats but TIFF.
#pragma once

#include <quoin/io/detail/decoders.hpp>
#include <quoin/io/detail/encode.hpp>
#include <quoin/io/pnm_writer.hpp>
#if QUOIN_WITH_CODECS
#include <quoin/io/detail/jpeg_encoder.hpp>
#include <quoin/io/detail/png_encoder.hpp>
#endif

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Rejects pixels that the format cannot hold, before anything is written.
inline void check_writable(std::string const& what, image_format format, extent size, int channels, int bits,
                           int jpeg_quality, bool floating = false) {
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
    if (jpeg_quality < 1 || jpeg_quality > 100)
        raise<io_error>(what, ": the JPEG quality ", jpeg_quality, " is not in 1 to 100");
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
void write_pfm(byte_sink file, View const& view) {
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
void write_with_codecs(byte_sink file, std::string const& what, image_format format, View const& view,
                       int jpeg_quality) {
    using P = typename View::pixel_type;
    using T = channel_t<P>;
    std::vector<T> row(static_cast<std::size_t>(view.width()) * channels_v<P>);
    extent const size{view.width(), view.height()};
    auto const encode = [&](auto&& encoder) {
        for (index_t y = 0; y < size.height; ++y) {
            gather_big_endian(view, y, row);
            encoder.write(reinterpret_cast<unsigned char*>(row.data()));
        }
        encoder.finish();
    };
    if (format == image_format::jpeg) encode(jpeg_encoder(file, what, size, channels_v<P>, jpeg_quality));
    else encode(png_encoder(file, what, size, channels_v<P>, 8 * sizeof(T), png_effort_for(view)));
}
#endif

/// Writes the rows of a binary PNM behind its header.
template <concepts::view View>
void write_pnm(byte_sink file, View const& view) {
    using P = typename View::pixel_type;
    file.write(pnm_header_text<P>({view.width(), view.height()}));
    std::vector<channel_t<P>> row(static_cast<std::size_t>(view.width()) * channels_v<P>);
    for (index_t y = 0; y < view.height(); ++y) {
        gather_big_endian(view, y, row);
        file.write(row.data(), row.size() * sizeof(channel_t<P>));
    }
}

/// Encodes pixels that check_writable has let through, but for TIFF.
template <int Decoders, concepts::view View>
void encode_view(byte_sink file, std::string const& what, image_format format, View const& view, int jpeg_quality) {
    using P = typename View::pixel_type;
    constexpr int channels = channels_v<P>;
    constexpr int bits = 8 * sizeof(channel_t<P>);
    extent const size{view.width(), view.height()};
    if constexpr (std::floating_point<channel_t<P>>) {
        write_pfm(file, view);
    } else if constexpr (bits <= 16) {
        if (format == image_format::pnm) return write_pnm(file, view);
#if QUOIN_WITH_CODECS
        if (format == image_format::png || format == image_format::jpeg)
            return write_with_codecs(file, what, format, view, jpeg_quality);
#endif
        std::vector<channel_t<P>> samples(static_cast<std::size_t>(size.area()) * channels);
        for (index_t y = 0; y < size.height; ++y) gather_row(view, y, samples.data() + y * size.width * channels);
        if constexpr (bits == 16) to_big_endian(samples.data(), samples.size());
        auto const* bytes = reinterpret_cast<unsigned char const*>(samples.data());
        if (format == image_format::png) write_png(file, what, bytes, size, channels, bits);
        else write_with_stb(file, what, format, bytes, size, channels, jpeg_quality);
    }
}

} // namespace detail

QUOIN_NAMESPACE_END
