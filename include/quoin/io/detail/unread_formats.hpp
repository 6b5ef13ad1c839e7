// SPDX-License-Identifier: BSL-1.0
// Formats of images that quoin does not read, by how their files begin.
#pragma once

#include <quoin/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// What the files of a format have at a place: the bytes of `sign`, of which ? may be any.
struct file_sign {
    std::size_t at;
    std::string_view sign;
    char const* format;
};

// The sizes of array literals count the zeros within.
template <std::size_t N>
constexpr file_sign begins(char const (&sign)[N], char const* format, std::size_t at = 0) {
    return {at, {sign, N - 1}, format};
}

inline constexpr file_sign unread_signs[] = {
    begins("RIFF????WEBP", "WebP"),
    begins("GIF87a", "GIF"),
    begins("GIF89a", "GIF"),
    begins("ftypavi", "AVIF", 4),
    begins("ftyphei", "HEIC", 4),
    begins("ftyphev", "HEIC", 4),
    begins("ftypmif1", "HEIC", 4),
    begins("ftypmsf1", "HEIC", 4),
    begins("ftypcrx ", "CR3", 4),
    begins("\0\0\0\x0cjP  ", "JPEG 2000"),
    begins("\xff\x4f\xff\x51", "JPEG 2000"),
    begins("\0\0\0\x0cJXL ", "JPEG XL"),
    begins("\xff\x0a", "JPEG XL"),
    begins("II\xbc\x01", "JPEG XR"),
    begins("\x76\x2f\x31\x01", "OpenEXR"),
    begins("#?RADIANCE", "Radiance HDR"),
    begins("#?RGBE", "Radiance HDR"),
    begins("8BPS", "PSD"),
    begins("gimp xcf", "XCF"),
    begins("DICM", "DICOM", 128),
    begins("n+1\0", "NIfTI", 344),
    begins("SIMPLE  =", "FITS"),
    begins("ZISRAWFILE", "CZI"),
    begins("\xda\xce\xbe\x0a", "ND2"),
    begins("%PDF-", "PDF"),
    begins("%!PS", "PostScript"),
    begins("\xc5\xd0\xd3\xc6", "PostScript"),
    begins("AT&TFORM", "DjVu"),
    begins("\0\0\1\0", "ICO"),
    begins("DDS ", "DDS"),
    begins("qoif", "QOI"),
    begins("farbfeld", "farbfeld"),
};

/// Of the first bytes of a file; null where it is none that is known.
inline char const* unread_format(std::string_view begin) {
    for (file_sign const& s : unread_signs) {
        bool same = begin.size() >= s.at + s.sign.size();
        for (std::size_t i = 0; same && i < s.sign.size(); ++i) same = s.sign[i] == '?' || begin[s.at + i] == s.sign[i];
        if (same) return s.format;
    }
    // XML may have declarations and comments before the element, in two bytes for a letter, too.
    std::string text;
    for (char const c : begin)
        if (c != 0) text += c;
    std::size_t const first = text.find_first_not_of("\xef\xbb\xbf\xff\xfe \t\r\n");
    bool const xml = first != text.npos && text[first] == '<';
    return xml && text.find("<svg") != text.npos ? "SVG" : nullptr;
}

} // namespace detail

QUOIN_NAMESPACE_END
