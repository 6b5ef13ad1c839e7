// SPDX-License-Identifier: BSL-1.0
// Recognizes the format of an image file, checks the limits, and decodes it row by row.
#pragma once

#include <quoin/io/detail/bmp.hpp>
#include <quoin/io/detail/decoders.hpp>
#include <quoin/io/detail/jpeg.hpp>
#include <quoin/io/detail/pfm.hpp>
#include <quoin/io/detail/png.hpp>
#include <quoin/io/detail/pnm_header.hpp>
#include <quoin/io/detail/stb.hpp>
#include <quoin/io/detail/tga.hpp>
#include <quoin/io/detail/unread_formats.hpp>
#include <quoin/io/read_limits.hpp>
#if QUOIN_WITH_CODECS
#include <quoin/io/detail/jpeg_codec.hpp>
#include <quoin/io/detail/png_codec.hpp>
#endif
#if QUOIN_WITH_TIFF
#include <quoin/io/detail/tiff.hpp>
#endif

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Recognizes the format by the content of the file, not by its name.
inline image_format recognize(input const& in) {
    auto const head = in.peek();
    auto const* h = reinterpret_cast<unsigned char const*>(head.data());
    if (head.empty()) in.fail("is empty; expected a PNG, JPEG, BMP, TGA, PNM, PFM or TIFF file");
    if (head.size() >= 8 && std::memcmp(h, png_signature.data(), 8) == 0) return image_format::png;
    if (head.size() >= 3 && h[0] == 0xFF && h[1] == 0xD8 && h[2] == 0xFF) return image_format::jpeg;
    if (head.size() >= 2 && h[0] == 'B' && h[1] == 'M') return image_format::bmp;
    for (char const* const start : {"II*\0", "MM\0*", "II+\0", "MM\0+"})
        if (head.size() >= 8 && std::memcmp(h, start, 4) == 0) return image_format::tiff;
    bool const netpbm = head.size() >= 3 && h[0] == 'P' && (is_space(h[2]) || h[2] == '#');
    if (netpbm && h[1] >= '1' && h[1] <= '7') return image_format::pnm;
    if (netpbm && (h[1] == 'f' || h[1] == 'F')) return image_format::pfm;
    if (head.size() >= 18 && looks_like_tga(h)) return image_format::tga;
    std::string_view const begin(reinterpret_cast<char const*>(h), std::min<std::size_t>(head.size(), 1024));
    if (char const* const format = unread_format(begin))
        in.fail("is of the format ", format, ", which is not read; convert it to a PNG");
    std::string bytes;
    for (std::size_t i = 0; i < head.size() && i < 8; ++i) {
        constexpr char digits[] = "0123456789abcdef";
        bytes += {' ', digits[h[i] >> 4], digits[h[i] & 15]};
    }
    in.fail("is not a PNG, JPEG, BMP, TGA, PNM, PFM or TIFF file: it starts with the bytes", bytes,
            "; convert it to one of these");
}

[[noreturn]] inline void refuse_tiff(input const& in) {
    in.fail("is a TIFF, which this program was built without: link quoin::tiff, or convert the file to a PNG");
}

/// Reads the header of a file of any format. Afterwards the input is at some position behind the header.
template <int Decoders = QUOIN_DECODERS>
image_info read_header(input& in, image_format format) {
    switch (format) {
    case image_format::png:
        return read_png(in);
    case image_format::jpeg:
        return jpeg_walk(in, nullptr, 0).run();
    case image_format::bmp:
        return read_bmp_header(in).info();
    case image_format::tga:
        return read_tga_header(in).info();
    case image_format::pnm:
        return read_pnm_header(in).info();
    case image_format::pfm:
        return read_pfm_header(in).info();
    case image_format::tiff:
        break;
    }
#if QUOIN_WITH_TIFF
    return tiff_rows(in, 0, index_t{1} << 28).info();
#else
    refuse_tiff(in);
#endif
}

/// Whether a format is read in rows from the top, in memory that does not depend on its height.
template <int Decoders = QUOIN_DECODERS>
constexpr bool reads_rows(image_format format) {
    return format == image_format::pnm || (format == image_format::png && (Decoders & with_codecs) != 0) ||
           (format == image_format::tiff && (Decoders & with_tiff) != 0);
}

/// Rejects images that exceed the limits or that stb cannot address. Returns the bytes left for decoding.
inline index_t check_limits(input const& in, image_info const& info, index_t pixel_bytes, read_limits const& limits) {
    if (info.width > limits.max_pixels / info.height)
        in.fail("holds ", info.width, " x ", info.height, " pixels, but the limit is ", limits.max_pixels,
                "; raise read_limits::max_pixels if the file is trusted");
    bool const whole = info.format == image_format::png || info.format == image_format::jpeg;
    index_t const decoded = whole ? info.channels * (info.bits / 8) : 0;
    if (info.size().area() > limits.max_bytes / (pixel_bytes + decoded))
        in.fail("takes ", info.width, " x ", info.height, " pixels of ", pixel_bytes + decoded,
                " bytes to decode, but the limit is ", limits.max_bytes,
                " bytes; raise read_limits::max_bytes if the file is trusted");
    constexpr index_t side = index_t{1} << 24;
    if (whole && (info.width > side || info.height > side || info.size().area() > INT_MAX / decoded))
        in.fail("holds ", info.width, " x ", info.height, " pixels of ", decoded, " bytes; a ", to_string(info.format),
                " is decoded up to ", side, " a side and ", INT_MAX, " bytes: store it as PNM");
    return limits.max_bytes - info.size().area() * pixel_bytes;
}

/// What decides on the pixels of a PNG or a JPEG, as the walk over its container has verified it.
inline std::vector<unsigned char> verified_bytes(input& in, image_info const& info, index_t budget) {
    std::vector<unsigned char> verified;
    if (info.format == image_format::png) read_png(in, &verified, budget);
    else jpeg_walk(in, &verified, budget).run();
    return verified;
}

/// Decodes a PNG or a JPEG as a whole, from its verified bytes.
template <class Row>
void decode_with_stb(input const& in, image_info const& info, std::vector<unsigned char> const& verified,
                     index_t budget, Row const& row) {
    stb_memory const memory(in.what(), budget - static_cast<index_t>(verified.size()));
    if (verified.size() > INT_MAX)
        in.fail("holds ", verified.size(), " bytes of compressed pixels; at most ", INT_MAX, " are decoded");
    int const size = static_cast<int>(verified.size());
    int width = 0;
    int height = 0;
    int channels = 0;
    auto const emit = [&](auto const* samples) {
        if (!samples)
            in.fail("is a damaged ", to_string(info.format), ": ", stb::stbi_failure_reason(),
                    "; copy or download it again");
        if (width != info.width || height != info.height || channels != info.channels)
            in.fail("decodes to ", width, " x ", height, " pixels of ", channels, " channels, but its header says ",
                    info.width, " x ", info.height, " of ", info.channels);
        for (index_t y = 0; y < info.height; ++y) row(y, samples + y * info.width * channels);
    };
    if (info.bits == 16)
        emit(static_cast<std::uint16_t const*>(
            stb::stbi_load_16_from_memory(verified.data(), size, &width, &height, &channels, 0)));
    else
        emit(static_cast<std::uint8_t const*>(
            stb::stbi_load_from_memory(verified.data(), size, &width, &height, &channels, 0)));
}

#if QUOIN_WITH_CODECS
/// The same through libpng and libjpeg-turbo. @returns false for a JPEG that only stb reads.
template <class Row>
bool decode_with_codecs(input& in, image_info const& info, std::vector<unsigned char>& verified, index_t budget,
                        Row const& row) {
    budget -= static_cast<index_t>(verified.size());
    if (info.format == image_format::jpeg) {
        jpeg_rows rows(in, info, verified, budget);
        if (!rows.readable()) return false;
        decode_rows(rows, row);
    } else {
        png_rows rows(in, info, std::move(verified), budget);
        decode_rows(rows, row);
    }
    return true;
}
#endif

/// Decodes the image that read_header described, of any format but PNM. Calls row(y, samples) for each row, in the
/// order of the file.
template <int Decoders = QUOIN_DECODERS, class Row>
void decode(input& in, image_info const& info, index_t budget, Row const& row) {
    in.rewind();
    switch (info.format) {
    case image_format::bmp:
        return decode_bmp(in, budget, row);
    case image_format::tga:
        return decode_tga(in, row);
    case image_format::pfm:
        return decode_pfm(in, budget, row);
    case image_format::tiff: {
#if QUOIN_WITH_TIFF
        tiff_rows rows(in, 0, budget);
        in.expect_memory(rows.memory() + info.width * info.channels * (info.bits / 8), budget);
        return decode_rows(rows, row);
#else
        refuse_tiff(in);
#endif
    }
    default: {
        auto verified = verified_bytes(in, info, budget);
#if QUOIN_WITH_CODECS
        if constexpr ((Decoders & with_codecs) != 0)
            if (decode_with_codecs(in, info, verified, budget, row)) return;
#endif
        return decode_with_stb(in, info, verified, budget, row);
    }
    }
}

} // namespace detail

QUOIN_NAMESPACE_END
