// SPDX-License-Identifier: BSL-1.0
// Image files, read and written by functions that are compiled once: gray or RGB pixels of 8 or 16 bits.
#pragma once

#include <quoin/image/image.hpp>
#include <quoin/io/image_info.hpp>
#include <quoin/io/read_limits.hpp>

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>

namespace examples {

/// The number of pixels bounds what decoding them takes, too.
inline constexpr quoin::read_limits whole_image{.max_bytes = std::numeric_limits<quoin::index_t>::max()};

/// quoin::read_info.
quoin::image_info info_of(std::filesystem::path const& file);
/// Whether a file begins as an image does. Nothing in a TGA's content says for certain that it is one, and the two
/// letters that a BMP or a PNM begins with may begin a text. @throws quoin::io_error where it cannot be read
bool image_by_content(std::filesystem::path const& file);
/// The header of an INPUT. @throws std::runtime_error for a pipe or a device, which cannot be opened a second time for
/// the pixels, and what quoin::read_info throws.
quoin::image_info info_of_input(std::filesystem::path const& file);

/// @throws std::runtime_error, which ends with the advice, for more pixels than whole_image allows.
void check_whole_image(std::filesystem::path const& file, quoin::image_info const& info, std::string const& advice);

/// f.operator()<P>() with the pixels as which a file is read: gray or rgb, 8 or 16 bits; alpha is dropped.
template <class F>
auto with_pixel_of(quoin::image_info const& info, F const& f) {
    bool const color = info.channels >= 3;
    if (info.bits == 16) return color ? f.template operator()<quoin::rgb16>() : f.template operator()<std::uint16_t>();
    return color ? f.template operator()<quoin::rgb8>() : f.template operator()<std::uint8_t>();
}

/// quoin::read_image.
template <class P>
quoin::image<P> read_pixels(std::filesystem::path const& file, quoin::read_limits const& limits = {});

/// quoin::write_image. View is an image_view of constant pixels.
template <class View>
void write_pixels(std::filesystem::path const& file, View const& pixels);

/// Refuses, before any work, a name whose format cannot hold a picture. @throws quoin::io_error
void check_writable(std::filesystem::path const& file, quoin::extent size, int channels, int bits);

/// The gray pixels of an image.
template <class P>
quoin::image<quoin::channel_t<P>> gray_image(quoin::image<P> const& pixels);

/// The file's own gray values, in 16 bits.
quoin::image<std::uint16_t> read_gray(std::filesystem::path const& file, quoin::read_limits const& limits = {});

} // namespace examples
