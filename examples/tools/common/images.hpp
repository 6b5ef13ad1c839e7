// SPDX-License-Identifier: BSL-1.0
// Image files, read and written by functions that are compiled once: gray, RGB or RGBA, 8 or 16 bits or floats.
#pragma once

#include <quoin/image/image.hpp>
#include <quoin/io/image_info.hpp>
#include <quoin/io/read_limits.hpp>

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

QUOIN_NAMESPACE_BEGIN
namespace detail {
class input;
}
QUOIN_NAMESPACE_END

namespace examples {

/// The number of pixels bounds what decoding them takes, too.
inline constexpr quoin::read_limits whole_image{.max_bytes = std::numeric_limits<quoin::index_t>::max()};

class command_line;

/// A file with a picture, by its name, or by its bytes, which the caller keeps; then the name is for messages alone.
struct picture_file {
    std::filesystem::path name;
    std::optional<std::span<std::byte const>> bytes = {};

    template <class Name>
        requires std::convertible_to<Name const&, std::filesystem::path>
    picture_file(Name const& file) : name(file) {}
    picture_file(std::string const& what, std::span<std::byte const> given) : name(what), bytes(given) {}
};

/// How a picture is taken from a file.
struct reading {
    std::string channel = {}; ///< r, g, b, a or luma; empty: gray or color, as in the file
    bool as_stored = false;   ///< the orientation that a camera wrote is not applied
    bool floats = false;      ///< 32 bits and floating point are read too, as floats
};

/// Adds --channel and --no-orient.
void add_reading_options(command_line& line, reading& how);

/// quoin::read_info of a file, or of standard input for "-". What is no regular file is read as a whole and kept.
quoin::image_info info_of(picture_file const& file);

/// Whether bytes begin as a file of a format that is read.
bool is_read(std::span<std::byte const> bytes);

/// The same for a PNM that is then read row by row, by what open_rows gives.
quoin::image_info info_of_rows(std::filesystem::path const& file);
quoin::detail::input open_rows(std::filesystem::path const& file);

/// Whether the rows of a file can be read one after the other.
bool reads_in_rows(quoin::image_info const& info);

/// What read_pixels makes of a file: turned, and of one channel where one is chosen.
/// @throws std::runtime_error for a file without that channel, or of other numbers than `how` allows.
quoin::image_info picture_of(picture_file const& file, quoin::image_info const& info, reading const& how);

/// Whether a file begins as an image does. Nothing in a TGA's content says for certain that it is one, and the two
/// letters that a BMP or a PNM begins with may begin a text. @throws quoin::io_error where it cannot be read
bool image_by_content(std::filesystem::path const& file);

/// @throws std::runtime_error, which ends with the advice, for more pixels than whole_image allows.
void check_whole_image(std::filesystem::path const& file, quoin::image_info const& info, std::string const& advice);

/// Whether the pixels of a file are read as floats.
inline bool reads_floats(quoin::image_info const& info) {
    return info.floating || info.bits > 16;
}

/// f.operator()<P>() with the pixels as which a file of 8 or 16 bits is read: gray or rgb; alpha is dropped.
template <class F>
auto with_pixel_of(quoin::image_info const& info, F const& f) {
    bool const color = info.channels >= 3;
    if (info.bits == 16) return color ? f.template operator()<quoin::rgb16>() : f.template operator()<std::uint16_t>();
    return color ? f.template operator()<quoin::rgb8>() : f.template operator()<std::uint8_t>();
}

/// quoin::read_image, with P of with_pixel_of(picture_of(...)), or that of floats.
template <class P>
quoin::image<P> read_pixels(picture_file const& file, reading const& how, quoin::read_limits const& limits);

/// The pixels of P where the bytes of a file hold them as they are: of a binary PNM of bytes whose white is 255.
template <class P>
std::optional<quoin::image_view<P const>> pixels_in_place(std::span<std::byte const> file, reading const& how);

/// What stands before the pixels of a binary PNM of gray or RGB bytes, as write_pixels writes it.
std::string pnm_head(quoin::extent size, int channels);

/// What a user should know of an image that is read and computed all the same.
struct note {
    std::string kind = {}; ///< of which a folder may have many: "with ..."; empty: there is nothing to say
    std::string text = {}; ///< of this image
};

/// That pixels between `lowest` and `highest` use little of the range of the file, or that all are the same.
note note_on_range(std::filesystem::path const& file, quoin::image_info const& info, reading const& how,
                   quoin::index_t lowest, quoin::index_t highest);

/// The same of the gray values of pixels. Of floats it says only that some are NaN, or that all are the same.
template <class P>
note note_on_pixels(std::filesystem::path const& file, quoin::image_info const& info, reading const& how,
                    quoin::image<P> const& pixels);

/// Prints that note on stderr.
template <class P>
void print_note(std::string const& program, std::filesystem::path const& file, quoin::image_info const& info,
                reading const& how, quoin::image<P> const& pixels);

/// quoin::write_image, or a PNM or, of floats, a PFM on standard output for "-". View is an image_view of constant
/// pixels.
template <class View>
void write_pixels(std::filesystem::path const& file, View const& pixels);

/// quoin::encode_image.
template <class View>
std::vector<std::byte> encode_pixels(quoin::image_format format, View const& pixels);

/// quoin::write_image, of 32 bits.
void write_labels(std::filesystem::path const& file, quoin::image<std::uint32_t> const& labels);

/// Refuses, before any work, a name whose format cannot hold a picture. @throws quoin::io_error
void check_writable(std::filesystem::path const& file, quoin::extent size, int channels, int bits,
                    bool floating = false);

/// The gray pixels of an image.
template <class P>
quoin::image<quoin::channel_t<P>> gray_image(quoin::image<P> const& pixels);

/// The picture's own gray values, in 16 bits.
quoin::image<std::uint16_t> read_gray(picture_file const& file, reading const& how, quoin::read_limits const& limits);

} // namespace examples
