// SPDX-License-Identifier: BSL-1.0
// The orientation in the Exif data of a JPEG or a PNG.
#pragma once

#include <quoin/io/detail/bytes.hpp>

#include <cstddef>
#include <cstring>
#include <span>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The tag 0x0112 of the first directory of Exif data, which begin with the byte order; 1 where there is none or it is
/// not valid.
inline int exif_orientation(std::span<unsigned char const> exif) {
    bool const little = exif.size() >= 8 && std::memcmp(exif.data(), "II*\0", 4) == 0;
    if (!little && (exif.size() < 8 || std::memcmp(exif.data(), "MM\0*", 4) != 0)) return 1;
    auto const number = [&](std::size_t at, int bytes) -> std::size_t {
        return little ? little_endian(&exif[at], bytes) : big_endian(&exif[at], bytes);
    };
    std::size_t const directory = number(4, 4);
    if (directory > exif.size() - 2) return 1;
    std::size_t const entries = number(directory, 2);
    for (std::size_t i = 0; i < entries; ++i) {
        std::size_t const at = directory + 2 + 12 * i;
        if (at + 12 > exif.size()) return 1;
        if (number(at, 2) != 0x0112) continue;
        constexpr std::size_t two_bytes = 3;
        std::size_t const value = number(at + 8, 2);
        return number(at + 2, 2) == two_bytes && value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
    return 1;
}

} // namespace detail

QUOIN_NAMESPACE_END
