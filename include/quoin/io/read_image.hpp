// SPDX-License-Identifier: BSL-1.0
// read_image: reads an image file.
#pragma once

#include <quoin/image/image.hpp>
#include <quoin/io/detail/decode.hpp>
#include <quoin/io/pnm_reader.hpp>
#include <quoin/io/upright.hpp>

QUOIN_NAMESPACE_BEGIN

/// What read_image does with the orientation that a camera has written into a file.
enum class orientation {
    stored, ///< nothing: rows and columns are those of the file
    upright ///< the image is turned, see upright()
};

namespace detail {

/// Rejects floating-point samples for integer pixels, in which nothing says which value is white.
template <class P>
void check_depth(input const& in, image_info const& info) {
    if (info.floating && std::integral<channel_t<P>>)
        in.fail("holds floating-point numbers, which have no white that integers could be scaled by; read it as float, "
                "and convert it with brightness and convert_to");
}

template <concepts::file_pixel P, int Decoders>
image<P> read_image(input in, read_limits const& limits, orientation turned) {
    image_format const format = recognize(in);
    image_info const info = read_header<Decoders>(in, format);
    check_depth<P>(in, info);
    bool const turns = turned == orientation::upright && info.orientation != 1;
    index_t const budget = check_limits(in, info, index_t{sizeof(P)} * (turns ? 2 : 1), limits);
    std::string const what = in.what();
    try {
        image<P> result(info.size());
        if (format == image_format::pnm) {
            in.rewind();
            pnm_reader<P>(std::move(in)).read_rows(result.view());
            return result;
        }
        auto const most = static_cast<std::uint32_t>(info.maxval);
        decode<Decoders>(in, info, budget, [&](index_t y, auto const* samples) {
            store_samples(samples, info.channels, most, info.width, result.view(), 0, y);
        });
        if (turns) return quoin::upright(std::move(result), info.orientation);
        return result;
    } catch (std::bad_alloc const&) {
        raise<io_error>(what, ": holds ", info.width, " x ", info.height, " pixels of ", sizeof(P),
                        " bytes, for which the system has no memory; free some, or read a PNM with pnm_reader");
    }
}

} // namespace detail

/// Reads an image file as pixels of P. The content of the file decides the format, not its name:
///     PNG     1 to 16 bits; gray, palette, color, alpha; interlaced
///     JPEG    baseline and progressive, of 8 bits; gray, YCbCr, RGB, CMYK and YCCK (inverted, as is usual) by the
///             rules of libjpeg; the first picture of a file with several; the standard's tables where it has none
///     BMP     headers of 12 to 124 bytes; 1, 2, 4, 8 bits with a palette, RLE4 and RLE8; 16 and 32 bits with fields of
///             any width, 24 bits; alpha that is 0 everywhere is opaque
///     TGA     gray, color and color maps, with and without run lengths, from any corner
///     PNM     P1 to P7, see pnm_reader
///     PFM     gray and color, of float
///     TIFF    where quoin::tiff is linked: the first page (see image_reader) of 1 to 16 and 32 bits or float; gray,
///             palette, color, alpha; strips and tiles, planes, BigTIFF, all compressions of the libtiff that is linked
/// Fields of fewer than 8 bits are scaled to 0 .. 255, rounded half up; an index beyond a palette is black. Pixels are
/// converted as file_pixel describes. `turned` says what becomes of an orientation in Exif data. Color profiles and
/// gamma are ignored. What the function does not read, such as a JPEG of arithmetic codes, it rejects by the name of
/// the feature. It rejects images beyond the limits before it decodes them. It also rejects files that end early, and a
/// PNG with a wrong checksum or without its end. Damage in the middle of a JPEG, BMP or TGA cannot be detected in
/// general. Where quoin::codecs is linked, libpng and libjpeg-turbo decode PNG and JPEG, and stb otherwise: the samples
/// of a PNG are the same, those of a JPEG differ by 1, in some places by 3, and more in the last column but one where
/// two columns share a sample of color, which stb weighs the wrong way round; lost pixels of a JPEG are refused.
/// Memory: the image; for PNG and JPEG also the compressed data, and with stb the decoded samples, which read_limits
/// counts in any case. Cost: linear.
/// @throws io_error, which names the file, the fault and the expectation.
template <class P = void, int Decoders = QUOIN_DECODERS>
auto read_image(std::filesystem::path const& path, read_limits limits = {}, orientation turned = orientation::stored) {
    constexpr bool named = !std::is_void_v<P>;
    static_assert(named,
                  "quoin::read_image: the type of the pixels is missing; write read_image<quoin::rgb8>(path), or "
                  "read_image<std::uint8_t>(path) for gray ones");
    if constexpr (named) detail::check_file_pixel<P>();
    if constexpr (concepts::file_pixel<P>)
        return detail::read_image<P, Decoders>(detail::input("quoin::read_image", path), limits, turned);
    else return image<std::conditional_t<concepts::pixel<P>, P, std::uint8_t>>();
}

/// Reads a file in memory in the same way. `name` replaces the name of the file in messages.
template <concepts::file_pixel P, int Decoders = QUOIN_DECODERS>
image<P> read_image(std::span<std::byte const> bytes, std::string const& name = "memory", read_limits limits = {},
                    orientation turned = orientation::stored) {
    return detail::read_image<P, Decoders>(detail::input("quoin::read_image", bytes, name), limits, turned);
}

QUOIN_NAMESPACE_END
