// SPDX-License-Identifier: BSL-1.0
// Formats of images that this build of quoin does not read, by how their files begin.
#pragma once

#include <quoin/io/detail/decoders.hpp>
#include <quoin/io/detail/unread_formats.hpp>

#include <filesystem>
#include <fstream>
#include <string_view>

namespace examples {

/// Of a file; null where it is none that is known.
inline char const* unread_format(std::filesystem::path const& file) {
    char bytes[1024];
    std::ifstream in(file, std::ios::binary);
    in.read(bytes, sizeof bytes);
    std::string_view const begin(bytes, static_cast<std::size_t>(in.gcount()));
#if !QUOIN_WITH_TIFF
    using namespace std::string_view_literals;
    for (auto const start : {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv})
        if (begin.starts_with(start)) return "TIFF";
#endif
    return quoin::detail::unread_format(begin);
}

} // namespace examples
