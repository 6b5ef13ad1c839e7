// SPDX-License-Identifier: BSL-1.0
// Rewrites the header of a BMP with a palette, so that the decoder cannot read a color that is not in the file.
#pragma once

#include <quoin/io/detail/input.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

inline std::uint32_t little_endian(unsigned char const* p, int bytes) {
    std::uint32_t v = 0;
    for (int i = bytes - 1; i >= 0; --i) v = v << 8 | p[i];
    return v;
}

/// Reads the headers of a BMP, and with 8 bits a pixel or fewer the palette. The result then has a 40-byte header and a
/// palette padded to 256 black entries: stb reads beyond a shorter palette, and loses entries behind a 12-byte header.
inline std::vector<unsigned char> read_bmp_head(input& in) {
    constexpr std::size_t file_header = 14;
    std::vector<unsigned char> head(file_header + 4);
    in.read_all(head.data(), head.size(), "the BMP header");
    std::size_t const size = little_endian(&head[file_header], 4);
    if (size != 12 && size != 40 && size != 56 && size != 108 && size != 124)
        in.fail("has a BMP header of ", size, " bytes; expected 12, 40, 56, 108 or 124");
    head.resize(file_header + size);
    in.read_all(head.data() + file_header + 4, size - 4, "the BMP header");
    bool const old = size == 12;
    if (little_endian(&head[old ? 24 : 28], 2) > 8) return head;

    std::size_t const entry = old ? 3 : 4;
    std::size_t const offset = little_endian(&head[10], 4);
    if (offset < head.size() + entry)
        in.fail("has its pixels at byte ", offset, "; expected them behind the header of ", head.size(),
                " bytes and a palette");
    std::size_t const entries = std::min<std::size_t>((offset - head.size()) / entry, 256);
    std::vector<unsigned char> out(file_header + 40 + 1024);
    std::copy_n(head.begin(), file_header, out.begin());
    out[10] = 0x36; // the offset of the pixels, 14 + 40 + 1024
    out[11] = 0x04;
    out[12] = out[13] = 0;
    out[14] = 40;
    if (old) {
        std::copy_n(&head[18], 2, &out[18]); // width and height have 16 bits in this header
        std::copy_n(&head[20], 2, &out[22]);
        std::copy_n(&head[22], 4, &out[26]);
    } else {
        std::copy_n(&head[18], 36, &out[18]);
    }
    for (std::size_t i = 0; i < entries; ++i) in.read_all(&out[file_header + 40 + 4 * i], entry, "the BMP palette");
    in.skip(offset - head.size() - entries * entry, "the BMP palette");
    return out;
}

} // namespace detail

QUOIN_NAMESPACE_END
