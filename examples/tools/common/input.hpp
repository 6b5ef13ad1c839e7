// SPDX-License-Identifier: BSL-1.0
// Which INPUTs are read as whole images, and what the user can do about the others.
#pragma once

#include <quoin/io/image_info.hpp>
#include <quoin/io/read_info.hpp>
#include <quoin/io/read_limits.hpp>

#include <filesystem>
#include <limits>
#include <stdexcept>
#include <string>

namespace examples {

/// The number of pixels bounds what decoding them takes, too.
inline constexpr quoin::read_limits whole_image{.max_bytes = std::numeric_limits<quoin::index_t>::max()};

/// The header of an INPUT. @throws std::runtime_error for a pipe or a device, which cannot be opened a second time for
/// the pixels, and what quoin::read_info throws.
inline quoin::image_info info_of_input(std::filesystem::path const& file) {
    std::error_code unknown;
    auto const status = std::filesystem::status(file, unknown);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status) &&
        !std::filesystem::is_directory(status))
        throw std::runtime_error(file.string() + " is no regular file, and images are read twice, the header first; "
                                                 "write it to a file and give its name");
    return quoin::read_info(file);
}

/// @throws std::runtime_error, which ends with the advice, for more pixels than whole_image allows.
inline void check_whole_image(std::filesystem::path const& file, quoin::image_info const& info,
                              std::string const& advice) {
    if (info.width <= whole_image.max_pixels / info.height) return;
    throw std::runtime_error(file.string() + " holds " + std::to_string(info.width) + " x " +
                             std::to_string(info.height) + " pixels, and at most " +
                             std::to_string(whole_image.max_pixels) + " are read as a whole; " + advice);
}

} // namespace examples
