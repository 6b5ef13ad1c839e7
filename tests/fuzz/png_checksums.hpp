// SPDX-License-Identifier: BSL-1.0
// repair_png_checksums: what a mutated PNG needs to be read beyond its first chunk.
#pragma once

#include <quoin/io/detail/png.hpp>

#include <cstring>
#include <span>

namespace fuzz {

/// Makes the checksum of every chunk that is there as a whole right; a length that leads behind the end is cut down to
/// what is there. Leaves what is no PNG as it is.
inline void repair_png_checksums(std::span<std::uint8_t> file) {
    auto const& signature = quoin::detail::png_signature;
    if (file.size() < signature.size() || std::memcmp(file.data(), signature.data(), signature.size()) != 0) return;
    auto const put = [](std::uint8_t* to, std::uint32_t v) {
        for (int shift = 24; shift >= 0; shift -= 8) *to++ = static_cast<std::uint8_t>(v >> shift);
    };
    std::size_t at = signature.size();
    while (file.size() - at >= 12) {
        std::uint8_t* const chunk = file.data() + at;
        std::size_t const most = file.size() - at - 12;
        std::size_t length = quoin::detail::big_endian(chunk);
        if (length > most) put(chunk, static_cast<std::uint32_t>(length = most));
        put(chunk + 8 + length, quoin::detail::crc32(0, chunk + 4, length + 4));
        at += 12 + length;
    }
}

} // namespace fuzz
