// SPDX-License-Identifier: BSL-1.0
// The container of PNG: verifies the checksum of every chunk, and passes only the chunks that affect pixels on.
#pragma once

#include <quoin/io/detail/bytes.hpp>
#include <quoin/io/detail/exif.hpp>
#include <quoin/io/detail/input.hpp>
#include <quoin/io/image_info.hpp>

#include <array>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Continues the CRC-32 of PNG (polynomial 0xEDB88320, inverted) over more bytes. It starts from 0.
inline std::uint32_t crc32(std::uint32_t crc, void const* data, std::size_t size) {
    static constexpr auto table = [] {
        std::array<std::uint32_t, 256> t{};
        for (std::uint32_t n = 0; n < 256; ++n) {
            t[n] = n;
            for (int bit = 0; bit < 8; ++bit) t[n] = t[n] & 1 ? 0xEDB88320u ^ t[n] >> 1 : t[n] >> 1;
        }
        return t;
    }();
    auto const* p = static_cast<unsigned char const*>(data);
    crc = ~crc;
    for (std::size_t i = 0; i < size; ++i) crc = table[(crc ^ p[i]) & 255] ^ crc >> 8;
    return ~crc;
}

inline constexpr std::array<unsigned char, 8> png_signature{137, 80, 78, 71, 13, 10, 26, 10};

using png_bytes = std::vector<unsigned char>;

inline void put_big_endian(png_bytes& out, std::uint32_t v) {
    out.resize(out.size() + 4);
    store_big_endian(out.data() + out.size() - 4, v, 4);
}

struct png_chunk {
    index_t at;
    std::uint32_t length;
    std::array<char, 5> type; ///< with a terminating 0

    bool is(char const* name) const { return std::strcmp(type.data(), name) == 0; }
};

/// Reads the head of a chunk, up to its content.
inline png_chunk read_png_chunk(input& in) {
    png_chunk c{in.position(), 0, {}};
    unsigned char head[8];
    in.read_all(head, 8, "a PNG chunk's head");
    c.length = big_endian(head);
    std::memcpy(c.type.data(), head + 4, 4);
    bool const letters =
        std::all_of(c.type.begin(), c.type.end() - 1, [](char t) { return (t | 32) >= 'a' && (t | 32) <= 'z'; });
    if (!letters || c.length > 0x7FFFFFFF)
        in.fail("has no chunk of a PNG at byte ", c.at, "; the file is damaged: copy or download it again");
    return c;
}

inline void read_png_checksum(input& in, png_chunk const& c, std::uint32_t crc) {
    unsigned char stored[4];
    in.read_all(stored, 4, "a PNG chunk's checksum");
    if (big_endian(stored) != crc)
        in.fail("is damaged: the chunk ", c.type.data(), " at byte ", c.at, " has the checksum ", big_endian(stored),
                ", but its content gives ", crc, "; copy or download it again");
}

/// Reads the content of a chunk and appends it to `out`. It reads in steps, so that a length in a file cannot allocate
/// more than the file holds.
inline void read_png_content(input& in, png_chunk const& c, png_bytes& out, bool keep, index_t budget) {
    std::uint32_t crc = crc32(0, c.type.data(), 4);
    png_bytes scratch;
    for (std::size_t left = c.length; left > 0;) {
        std::size_t const step = std::min<std::size_t>(left, 1 << 16);
        png_bytes& to = keep ? out : scratch;
        std::size_t const at = keep ? out.size() : 0;
        if (static_cast<index_t>(at + step) > budget)
            in.fail("holds ", at + step, " bytes of compressed pixels or more, but ", budget,
                    " are left of the limit; raise read_limits::max_bytes if the file is trusted");
        to.resize(at + step);
        in.read_all(to.data() + at, step, c.type.data());
        crc = crc32(crc, to.data() + at, step);
        left -= step;
    }
    read_png_checksum(in, c, crc);
}

inline image_info parse_png_header(input const& in, unsigned char const* ihdr) {
    int const depth = ihdr[8];
    int const color = ihdr[9];
    bool const known = color == 0   ? depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16
                       : color == 3 ? depth == 1 || depth == 2 || depth == 4 || depth == 8
                                    : (color == 2 || color == 4 || color == 6) && (depth == 8 || depth == 16);
    if (!known) in.fail("has the PNG color type ", color, " with ", depth, " bits, which the format does not know");
    if (ihdr[10] != 0 || ihdr[11] != 0 || ihdr[12] > 1)
        in.fail("has the PNG compression ", int{ihdr[10]}, ", filter method ", int{ihdr[11]}, " and interlacing ",
                int{ihdr[12]}, "; the format knows 0, 0, and 0 or 1");
    int const bits = depth == 16 ? 16 : 8;
    int const channels = (color & 2 ? 3 : 1) + (color & 4 ? 1 : 0);
    image_info const info{big_endian(ihdr), big_endian(ihdr + 4), channels, bits, (1 << bits) - 1, image_format::png};
    if (info.size().empty()) in.fail("holds ", info.width, " x ", info.height, " pixels; expected at least 1 x 1");
    return info;
}

/// Rejects what may not stand where the pixels have begun, or at all.
inline void check_late_png_chunk(input const& in, png_chunk const& c) {
    if (c.is("PLTE") || c.is("tRNS") || c.is("IHDR"))
        in.fail("has a second or misplaced chunk ", c.type.data(), " at byte ", c.at);
    if (!(c.type[0] & 32) && !c.is("IDAT") && !c.is("IEND"))
        in.fail("needs the chunk ", c.type.data(), " at byte ", c.at, ", which is not in the PNG standard");
}

inline void put_png_end(png_bytes& out) {
    put_big_endian(out, 0);
    for (char const letter : {'I', 'E', 'N', 'D'}) out.push_back(static_cast<unsigned char>(letter));
    put_big_endian(out, 0);
}

/// A PNG up to its pixels: the essential chunks, and the first one of the pixels, behind whose head the input stands.
struct png_start {
    png_bytes head;
    png_chunk pixels{};
};

/// Reads the header of a PNG: everything before the pixels. With `verified` it reads to the end, checks that all chunks
/// are there, and stores a PNG of the essential chunks in `verified`. That PNG has one IDAT and a palette padded to 256
/// entries, because the decoder does not check the indices into it. Without `verified`, `start` is where it ended.
inline image_info read_png(input& in, png_bytes* verified = nullptr, index_t budget = 0, png_start* start = nullptr) {
    std::array<unsigned char, 8> signature;
    in.read_all(signature.data(), 8, "the PNG signature");
    if (signature != png_signature) in.fail("is not a PNG; expected it to start with the signature of one");
    png_bytes ignored;
    png_bytes& out = verified ? *verified : ignored;
    if (!verified) budget = 1 << 20;
    out.assign(signature.begin(), signature.end());

    auto const keep = [&](png_chunk const& c, std::uint32_t padded, unsigned char padding = 0) {
        put_big_endian(out, padded);
        out.insert(out.end(), c.type.begin(), c.type.begin() + 4);
        std::size_t const end = out.size() + padded;
        read_png_content(in, c, out, true, budget);
        out.resize(end, padding);
        put_big_endian(out, 0); // the decoders ignore checksums
    };

    png_chunk c = read_png_chunk(in);
    if (!c.is("IHDR") || c.length != 13)
        in.fail("does not start with a PNG's IHDR chunk of 13 bytes but with ", c.type.data(), " of ", c.length);
    keep(c, 13);
    image_info info = parse_png_header(in, out.data() + 16);
    int const depth = out[24];
    int const color = out[25];
    bool const paletted = color == 3;
    bool palette = false;
    bool transparent = false;
    std::size_t pixels = 0; // the position of the length of the single IDAT
    for (;;) {
        c = read_png_chunk(in);
        bool const first = !pixels && ((c.is("PLTE") && !palette) || (c.is("tRNS") && !transparent));
        if (!first) check_late_png_chunk(in, c);
        if (c.is("PLTE") && paletted) {
            if (c.length == 0 || c.length > 768 || c.length % 3 != 0)
                in.fail("has a palette of ", c.length, " bytes; expected 3 for each of 1 to 256 colors");
            palette = true;
            keep(c, 768);
        } else if (c.is("tRNS")) {
            if (color & 4) in.fail("has a chunk tRNS at byte ", c.at, " beside alpha; expected one of the two");
            if (paletted && !palette) in.fail("has a chunk tRNS at byte ", c.at, " before its palette (PLTE)");
            std::uint32_t const expected = paletted ? 1u << depth : color == 2 ? 6 : 2;
            if (paletted ? c.length > 256 : c.length != expected)
                in.fail("has a tRNS chunk of ", c.length, " bytes; expected ",
                        paletted     ? "at most 256"
                        : color == 2 ? "6"
                                     : "2");
            transparent = true;
            ++info.channels;
            keep(c, expected, 255);
            if (!paletted) { // the bits of a sample alone count
                std::size_t const bytes = out.size() - 4 - expected;
                std::uint32_t const most = (1u << depth) - 1;
                for (std::size_t at = bytes; at < bytes + expected; at += 2) {
                    out[at] &= static_cast<unsigned char>(most >> 8);
                    out[at + 1] &= static_cast<unsigned char>(most);
                }
            }
        } else if (c.is("IDAT")) {
            if (paletted && !palette) in.fail("has no palette (PLTE) before its pixels");
            if (!verified) {
                if (start) *start = {std::move(out), c};
                return info;
            }
            if (!pixels) {
                pixels = out.size();
                put_big_endian(out, 0);
                out.insert(out.end(), c.type.begin(), c.type.begin() + 4);
            }
            read_png_content(in, c, out, true, budget);
        } else if (c.is("eXIf") && !pixels && c.length <= 1 << 16) {
            png_bytes exif;
            read_png_content(in, c, exif, true, 1 << 16);
            info.orientation = exif_orientation(exif);
        } else if (c.is("IEND")) {
            if (!pixels && verified) in.fail("has no pixels: expected a chunk IDAT before IEND");
            read_png_content(in, c, out, false, budget);
            break;
        } else {
            read_png_content(in, c, out, false, std::numeric_limits<index_t>::max());
        }
    }
    if (!verified) in.fail("has no pixels: expected a chunk IDAT before IEND");
    std::size_t const length = out.size() - pixels - 8;
    if (length > 0x7FFFFFFF - 64) in.fail("holds ", length, " bytes of compressed pixels; at most 2^31 are decoded");
    store_big_endian(out.data() + pixels, length, 4);
    put_big_endian(out, 0);
    put_png_end(out);
    return info;
}

} // namespace detail

QUOIN_NAMESPACE_END
