// SPDX-License-Identifier: BSL-1.0
// The container of JPEG: checks the segments from start to end before decoding.
#pragma once

#include <quoin/io/detail/input.hpp>
#include <quoin/io/image_info.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The next marker. It skips entropy-coded data, in which 0 or a restart marker follows 0xFF, and padding.
inline int next_jpeg_marker(input& in) {
    for (;;) {
        int byte = in.get();
        while (byte != 0xFF && byte != -1) byte = in.get();
        while (byte == 0xFF) byte = in.get();
        if (byte == -1) in.truncated("the JPEG's data: the end marker (EOI)", 2, 0);
        if (byte > 0x01 && !(byte >= 0xD0 && byte <= 0xD7)) return byte;
    }
}

/// Rejects a Huffman table of more than 256 codes, because stb would write beyond its arrays.
inline void check_jpeg_huffman_tables(input& in, std::size_t length) {
    while (length > 0) {
        unsigned char head[17];
        if (length < sizeof head) in.fail("has ", length, " bytes too many in a JPEG Huffman segment");
        in.read_all(head, sizeof head, "a JPEG Huffman table");
        std::size_t codes = 0;
        for (int i = 1; i < 17; ++i) codes += head[i];
        if (codes > 256 || codes > length - sizeof head)
            in.fail("has a JPEG Huffman table of ", codes, " codes in ", length,
                    " bytes; expected at most 256, all there");
        in.skip(codes, "a JPEG Huffman table");
        length -= sizeof head + codes;
    }
}

inline image_info parse_jpeg_frame(input& in, int marker, std::size_t length) {
    if (marker > 0xC2)
        in.fail("is a JPEG of the kind SOF", marker - 0xC0, "; baseline and progressive (SOF0 to SOF2) are read");
    unsigned char frame[6];
    if (length < sizeof frame) in.fail("has a JPEG frame header of ", length, " bytes");
    in.read_all(frame, sizeof frame, "the JPEG frame header");
    in.skip(length - sizeof frame, "the JPEG frame header");
    if (frame[0] != 8) in.fail("has ", int{frame[0]}, " bits a channel; a JPEG is read with 8");
    image_info const info{frame[3] << 8 | frame[4], frame[1] << 8 | frame[2], frame[5] < 3 ? 1 : 3, 8, 255,
                          image_format::jpeg};
    if (info.size().empty()) in.fail("holds ", info.width, " x ", info.height, " pixels; expected at least 1 x 1");
    return info;
}

/// Reads up to the frame header. With `to_the_end` it reads the whole file, which must end in EOI.
inline image_info read_jpeg(input& in, bool to_the_end) {
    unsigned char start[2];
    in.read_all(start, 2, "the JPEG signature");
    std::optional<image_info> info;
    constexpr int most_scans = 1000; // an encoder makes about ten, and each costs a pass over the image
    for (int scans = 0;;) {
        int const marker = next_jpeg_marker(in);
        if (marker == 0xD8) continue;
        if (marker == 0xD9) {
            if (!info || scans == 0) in.fail("ends before its pixels begin; expected a JPEG frame and a scan");
            return *info;
        }
        unsigned char bytes[2];
        in.read_all(bytes, 2, "a JPEG segment");
        std::size_t const length = static_cast<std::size_t>(bytes[0] << 8 | bytes[1]);
        if (length < 2) in.fail("has a JPEG segment of ", length, " bytes at byte ", in.position() - 4);
        bool const frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame) {
            if (info) in.fail("has a second JPEG frame at byte ", in.position() - 4);
            info = parse_jpeg_frame(in, marker, length - 2);
            if (!to_the_end) return *info;
        } else if (marker == 0xC4) {
            check_jpeg_huffman_tables(in, length - 2);
        } else {
            if (marker == 0xDA && ++scans > most_scans) in.fail("has more than ", most_scans, " JPEG scans");
            in.skip(length - 2, "a JPEG segment");
        }
    }
}

} // namespace detail

QUOIN_NAMESPACE_END
