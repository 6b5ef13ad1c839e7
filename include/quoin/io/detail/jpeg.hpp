// SPDX-License-Identifier: BSL-1.0
// The container of JPEG: checks the segments from start to end, and passes only what affects pixels to the decoder.
#pragma once

#include <quoin/io/detail/bytes.hpp>
#include <quoin/io/detail/exif.hpp>
#include <quoin/io/detail/input.hpp>
#include <quoin/io/image_info.hpp>

#include <algorithm>
#include <iterator>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A Huffman table of the standard (ISO/IEC 10918-1, annex K) as it stands in a DHT segment: how many codes have 1, 2,
/// ... 16 bits, then their values. A motion JPEG's pictures mean these where they have none.
struct jpeg_standard_table {
    bool ac;
    int number;
    unsigned char const* bytes;
    std::size_t size;
};

// clang-format off
inline constexpr unsigned char jpeg_dc_0[] = {0,1,5,1,1,1,1,1,1,0,0,0,0,0,0,0, 0,1,2,3,4,5,6,7,8,9,10,11};
inline constexpr unsigned char jpeg_dc_1[] = {0,3,1,1,1,1,1,1,1,1,1,0,0,0,0,0, 0,1,2,3,4,5,6,7,8,9,10,11};
inline constexpr unsigned char jpeg_ac_0[] = {
    0x00,0x02,0x01,0x03,0x03,0x02,0x04,0x03,0x05,0x05,0x04,0x04,0x00,0x00,0x01,0x7d,
    0x01,0x02,0x03,0x00,0x04,0x11,0x05,0x12,0x21,0x31,0x41,0x06,0x13,0x51,0x61,0x07,0x22,0x71,0x14,0x32,
    0x81,0x91,0xa1,0x08,0x23,0x42,0xb1,0xc1,0x15,0x52,0xd1,0xf0,0x24,0x33,0x62,0x72,0x82,0x09,0x0a,0x16,
    0x17,0x18,0x19,0x1a,0x25,0x26,0x27,0x28,0x29,0x2a,0x34,0x35,0x36,0x37,0x38,0x39,0x3a,0x43,0x44,0x45,
    0x46,0x47,0x48,0x49,0x4a,0x53,0x54,0x55,0x56,0x57,0x58,0x59,0x5a,0x63,0x64,0x65,0x66,0x67,0x68,0x69,
    0x6a,0x73,0x74,0x75,0x76,0x77,0x78,0x79,0x7a,0x83,0x84,0x85,0x86,0x87,0x88,0x89,0x8a,0x92,0x93,0x94,
    0x95,0x96,0x97,0x98,0x99,0x9a,0xa2,0xa3,0xa4,0xa5,0xa6,0xa7,0xa8,0xa9,0xaa,0xb2,0xb3,0xb4,0xb5,0xb6,
    0xb7,0xb8,0xb9,0xba,0xc2,0xc3,0xc4,0xc5,0xc6,0xc7,0xc8,0xc9,0xca,0xd2,0xd3,0xd4,0xd5,0xd6,0xd7,0xd8,
    0xd9,0xda,0xe1,0xe2,0xe3,0xe4,0xe5,0xe6,0xe7,0xe8,0xe9,0xea,0xf1,0xf2,0xf3,0xf4,0xf5,0xf6,0xf7,0xf8,
    0xf9,0xfa};
inline constexpr unsigned char jpeg_ac_1[] = {
    0x00,0x02,0x01,0x02,0x04,0x04,0x03,0x04,0x07,0x05,0x04,0x04,0x00,0x01,0x02,0x77,
    0x00,0x01,0x02,0x03,0x11,0x04,0x05,0x21,0x31,0x06,0x12,0x41,0x51,0x07,0x61,0x71,0x13,0x22,0x32,0x81,
    0x08,0x14,0x42,0x91,0xa1,0xb1,0xc1,0x09,0x23,0x33,0x52,0xf0,0x15,0x62,0x72,0xd1,0x0a,0x16,0x24,0x34,
    0xe1,0x25,0xf1,0x17,0x18,0x19,0x1a,0x26,0x27,0x28,0x29,0x2a,0x35,0x36,0x37,0x38,0x39,0x3a,0x43,0x44,
    0x45,0x46,0x47,0x48,0x49,0x4a,0x53,0x54,0x55,0x56,0x57,0x58,0x59,0x5a,0x63,0x64,0x65,0x66,0x67,0x68,
    0x69,0x6a,0x73,0x74,0x75,0x76,0x77,0x78,0x79,0x7a,0x82,0x83,0x84,0x85,0x86,0x87,0x88,0x89,0x8a,0x92,
    0x93,0x94,0x95,0x96,0x97,0x98,0x99,0x9a,0xa2,0xa3,0xa4,0xa5,0xa6,0xa7,0xa8,0xa9,0xaa,0xb2,0xb3,0xb4,
    0xb5,0xb6,0xb7,0xb8,0xb9,0xba,0xc2,0xc3,0xc4,0xc5,0xc6,0xc7,0xc8,0xc9,0xca,0xd2,0xd3,0xd4,0xd5,0xd6,
    0xd7,0xd8,0xd9,0xda,0xe2,0xe3,0xe4,0xe5,0xe6,0xe7,0xe8,0xe9,0xea,0xf2,0xf3,0xf4,0xf5,0xf6,0xf7,0xf8,
    0xf9,0xfa};
// clang-format on

inline constexpr jpeg_standard_table jpeg_standard_tables[] = {
    {false, 0, jpeg_dc_0, std::size(jpeg_dc_0)},
    {false, 1, jpeg_dc_1, std::size(jpeg_dc_1)},
    {true, 0, jpeg_ac_0, std::size(jpeg_ac_0)},
    {true, 1, jpeg_ac_1, std::size(jpeg_ac_1)},
};

/// Walks over a JPEG. What it writes is the first picture of the file with its segments for pixels alone, with an Adobe
/// segment that says the colors in the only way that all decoders read alike, and with the standard's Huffman tables
/// where a scan means them.
class jpeg_walk {
public:
    /// Without `out` it ends at the frame header, and nothing is written.
    jpeg_walk(input& in, std::vector<unsigned char>* out, index_t budget) : in_(in), out_(out), budget_(budget) {}

    image_info run() {
        unsigned char start[2];
        in_.read_all(start, 2, "the JPEG signature");
        put(start, 2);
        for (;;) {
            int const marker = next_marker();
            if (marker == 0xD8) continue;
            if (marker == 0xD9) {
                check_complete();
                unsigned char const end[2] = {0xFF, 0xD9};
                put(end, 2);
                return info_;
            }
            read_segment(marker);
            if (is_frame(marker)) {
                read_frame(marker);
                if (!out_) return info_;
                put_segment(marker);
            } else if (marker == 0xC4) {
                read_huffman_tables();
                put_segment(marker);
            } else if (marker == 0xDB) {
                read_quantization_tables();
                put_segment(marker);
            } else if (marker == 0xDA) {
                read_scan();
            } else if (marker == 0xDD) {
                put_segment(marker);
            } else if (marker == 0xE0) {
                jfif_ = jfif_ || starts_with("JFIF");
            } else if (marker == 0xE1) {
                if (!exif_ && starts_with("Exif\0")) {
                    exif_ = true;
                    info_.orientation = exif_orientation(std::span<unsigned char const>(segment_).subspan(6));
                }
            } else if (marker == 0xEE && starts_with("Adobe") && segment_.size() >= 12) {
                adobe_ = segment_[11];
            }
        }
    }

private:
    struct component {
        int id = 0;
        int horizontal = 1;
        int vertical = 1;
        int quantization = 0;
        bool scanned = false;
    };

    static bool is_frame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    void put(void const* bytes, std::size_t size) {
        if (!out_) return;
        in_.expect_memory(static_cast<index_t>(out_->size() + size), budget_);
        auto const* p = static_cast<unsigned char const*>(bytes);
        out_->insert(out_->end(), p, p + size);
    }
    void put_segment(int marker) {
        std::size_t const length = segment_.size() + 2;
        unsigned char const head[4] = {0xFF, static_cast<unsigned char>(marker),
                                       static_cast<unsigned char>(length >> 8),
                                       static_cast<unsigned char>(length & 255)};
        put(head, 4);
        put(segment_.data(), segment_.size());
    }

    /// The next marker, behind the bytes before it that belong to none.
    int next_marker() {
        for (;;) {
            int byte = in_.get();
            while (byte != 0xFF && byte != -1) byte = in_.get();
            while (byte == 0xFF) byte = in_.get();
            if (byte == -1) in_.truncated("the JPEG's data: the end marker (EOI)", 2, 0);
            if (byte > 0x01 && !(byte >= 0xD0 && byte <= 0xD7)) return byte;
        }
    }

    void read_segment(int marker) {
        unsigned char bytes[2];
        in_.read_all(bytes, 2, "a JPEG segment");
        std::size_t const length = big_endian(bytes, 2);
        if (length < 2) in_.fail("has a JPEG segment of ", length, " bytes at byte ", in_.position() - 4);
        if (is_frame(marker)) check_kind(marker);
        segment_.resize(length - 2);
        in_.read_all(segment_.data(), segment_.size(), "a JPEG segment");
    }

    template <std::size_t N>
    bool starts_with(char const (&text)[N]) const {
        return segment_.size() >= N && std::memcmp(segment_.data(), text, N) == 0;
    }

    void check_kind(int marker) const {
        if (marker <= 0xC2) return;
        char const* const kind = marker == 0xC3                     ? "lossless"
                                 : marker >= 0xC5 && marker <= 0xC7 ? "hierarchical"
                                 : marker >= 0xCD                   ? "hierarchical, with arithmetic codes"
                                 : marker == 0xCB                   ? "lossless, with arithmetic codes"
                                                                    : "of arithmetic codes";
        in_.fail("is a JPEG of the kind SOF", marker - 0xC0, " (", kind,
                 "); baseline and progressive ones (SOF0 to SOF2) are read: convert it to one of these");
    }

    void read_frame(int marker) {
        if (frame_) in_.fail("has a second JPEG frame before byte ", in_.position());
        frame_ = marker;
        unsigned char const* const s = segment_.data();
        std::size_t const count = segment_.size() >= 6 ? s[5] : 0;
        if (segment_.size() < 6 + 3 * count || count == 0)
            in_.fail("has a JPEG frame header of ", segment_.size(), " bytes for ", count, " components");
        if (s[0] != 8) in_.fail("is a JPEG of ", int{s[0]}, " bits a channel; it is read with 8");
        if (count != 1 && count != 3 && count != 4)
            in_.fail("is a JPEG of ", count, " components; it is read with 1 (gray), 3 (color) or 4 (CMYK)");
        info_.width = big_endian(s + 3, 2);
        info_.height = big_endian(s + 1, 2);
        info_.channels = count == 1 ? 1 : 3;
        if (info_.width > 0 && info_.height == 0)
            in_.fail("is a JPEG that tells its height behind the first scan (DNL), which is not read; convert it");
        if (info_.size().empty())
            in_.fail("holds ", info_.width, " x ", info_.height, " pixels; expected at least 1 x 1");
        components_.resize(count);
        int most_h = 1, most_v = 1;
        for (std::size_t i = 0; i < count; ++i) {
            unsigned char const* const c = s + 6 + 3 * i;
            components_[i] = {c[0], c[1] >> 4, c[1] & 15, c[2]};
            auto const& [id, h, v, q, scanned] = components_[i];
            if (h < 1 || h > 4 || v < 1 || v > 4 || q > 3)
                in_.fail("has a JPEG component of ", h, " x ", v, " samples with the quantization table ", q,
                         "; expected 1 to 4 a side, and a table from 0 to 3");
            most_h = std::max(most_h, h);
            most_v = std::max(most_v, v);
        }
        for (component const& c : components_)
            if (most_h % c.horizontal != 0 || most_v % c.vertical != 0)
                in_.fail("is a JPEG with a component of ", c.horizontal, " x ", c.vertical, " samples beside one of ",
                         most_h, " x ", most_v, ", which is no whole ratio, and not read; convert it to a PNG");
        // The decoder takes the names R, G, B as a sign of RGB, also where JFIF says YCbCr.
        for (std::size_t i = 0; i < count; ++i) segment_[6 + 3 * i] = static_cast<unsigned char>(i + 1);
    }

    /// 0: the components are the colors, 1: YCbCr, 2: YCCK. The rules are libjpeg's.
    int color_transform() const {
        auto const named = [&](int r, int g, int b) {
            return components_[0].id == r && components_[1].id == g && components_[2].id == b;
        };
        if (components_.size() == 4) return adobe_ == -1 || adobe_ == 0 ? 0 : 2;
        if (components_.size() < 3 || jfif_) return 1;
        if (adobe_ != -1) return adobe_ == 0 ? 0 : 1;
        return named('R', 'G', 'B') ? 0 : 1;
    }

    /// Rejects a table of more than 256 codes, because the decoder would write beyond its arrays.
    void read_huffman_tables() {
        for (std::size_t at = 0; at < segment_.size();) {
            std::size_t const left = segment_.size() - at;
            if (left < 17) in_.fail("has ", left, " bytes too many in a JPEG Huffman segment");
            std::size_t codes = 0;
            for (std::size_t i = 1; i < 17; ++i) codes += segment_[at + i];
            if (codes > 256 || codes > left - 17)
                in_.fail("has a JPEG Huffman table of ", codes, " codes in ", left - 17,
                         " bytes; expected at most 256, all there");
            int const table = segment_[at];
            if (table >> 4 > 1 || (table & 15) > 3)
                in_.fail("has the JPEG Huffman table ", table & 15, " of the class ", table >> 4,
                         "; expected the tables 0 to 3 of the classes 0 and 1");
            huffman_[table >> 4][table & 15] = true;
            at += 17 + codes;
        }
    }

    void read_quantization_tables() {
        for (std::size_t at = 0; at < segment_.size();) {
            int const table = segment_[at];
            std::size_t const size = table >> 4 == 0 ? 65 : 129;
            if (table >> 4 > 1 || (table & 15) > 3 || segment_.size() - at < size)
                in_.fail("has the JPEG quantization table ", table & 15, " of ", segment_.size() - at - 1,
                         " bytes; expected a table from 0 to 3, of 64 numbers");
            quantization_[table & 15] = true;
            at += size;
        }
    }

    void need_huffman_table(bool ac, int number) {
        if (number <= 3 && huffman_[ac][number]) return;
        if (frame_ == 0xC2 || number > 1)
            in_.fail("has a JPEG scan with the Huffman table ", number, " of the class ", int{ac},
                     ", which the file does not define; copy or download it again");
        for (jpeg_standard_table const& t : jpeg_standard_tables) {
            if (t.ac != ac || t.number != number) continue;
            std::size_t const length = t.size + 3;
            unsigned char const head[5] = {0xFF, 0xC4, static_cast<unsigned char>(length >> 8),
                                           static_cast<unsigned char>(length & 255),
                                           static_cast<unsigned char>(int{ac} << 4 | number)};
            put(head, 5);
            put(t.bytes, t.size);
        }
        huffman_[ac][number] = true;
    }

    void read_scan() {
        constexpr int most_scans = 1000; // an encoder makes about ten, and each costs a pass over the image
        if (!frame_) in_.fail("has a JPEG scan before its frame; expected a frame first");
        if (++scans_ > most_scans) in_.fail("has more than ", most_scans, " JPEG scans");
        if (scans_ == 1) {
            unsigned char const adobe[] = {
                0xFF, 0xEE, 0, 14, 'A', 'd', 'o', 'b',
                'e',  0,    0, 0,  0,   0,   0,   static_cast<unsigned char>(color_transform())};
            put(adobe, sizeof adobe);
        }
        std::size_t const count = segment_.empty() ? 0 : segment_[0];
        if (count < 1 || count > components_.size() || segment_.size() != 4 + 2 * count)
            in_.fail("has a JPEG scan header of ", segment_.size(), " bytes for ", count, " of ", components_.size(),
                     " components");
        bool const progressive = frame_ == 0xC2;
        bool const dc = !progressive || segment_[1 + 2 * count] == 0;
        bool const ac = !progressive || !dc;
        bool const refined = progressive && dc && segment_[3 + 2 * count] >> 4 != 0; // single bits, without a table
        for (std::size_t i = 0; i < count; ++i) {
            unsigned char* const s = &segment_[1 + 2 * i];
            auto const c =
                std::find_if(components_.begin(), components_.end(), [&](auto const& k) { return k.id == s[0]; });
            if (c == components_.end())
                in_.fail("has a JPEG scan of the component ", int{s[0]}, ", which its frame does not have");
            if (!quantization_[c->quantization])
                in_.fail("uses the JPEG quantization table ", c->quantization,
                         ", which the file does not define; copy or download it again");
            if (dc && !refined) need_huffman_table(false, s[1] >> 4);
            if (ac) need_huffman_table(true, s[1] & 15);
            c->scanned = true;
            s[0] = static_cast<unsigned char>(c - components_.begin() + 1);
        }
        put_segment(0xDA);
        copy_scan();
    }

    /// Copies entropy-coded data, in which 0 or a restart marker follows 0xFF, up to the next marker.
    void copy_scan() {
        for (;;) {
            if (in_.at_end()) in_.truncated("the JPEG's data: the end marker (EOI)", 2, 0);
            auto const window = in_.peek();
            auto const* const bytes = reinterpret_cast<unsigned char const*>(window.data());
            void const* const ff = std::memchr(bytes, 0xFF, window.size());
            std::size_t const plain =
                ff ? static_cast<std::size_t>(static_cast<unsigned char const*>(ff) - bytes) : window.size();
            put(bytes, plain);
            in_.skip(plain, "the JPEG's data");
            if (!ff) continue;
            int const second = in_.peek_second();
            if (second == -1) in_.truncated("the JPEG's data: the end marker (EOI)", 2, 1);
            if (second == 0 || (second >= 0xD0 && second <= 0xD7)) {
                unsigned char const pair[2] = {0xFF, static_cast<unsigned char>(second)};
                put(pair, 2);
                in_.skip(2, "the JPEG's data");
            } else if (second == 0xFF || second == 1) {
                in_.skip(1, "the JPEG's data"); // padding
            } else {
                return;
            }
        }
    }

    void check_complete() const {
        if (!frame_ || scans_ == 0) in_.fail("ends before its pixels begin; expected a JPEG frame and a scan");
        for (component const& c : components_)
            if (!c.scanned)
                in_.fail("ends before the scan of its JPEG component ", c.id, "; copy or download it again");
    }

    input& in_;
    std::vector<unsigned char>* out_;
    index_t budget_;
    image_info info_{0, 0, 0, 8, 255, image_format::jpeg};
    std::vector<unsigned char> segment_; ///< the content of the last segment
    std::vector<component> components_;
    bool huffman_[2][4] = {};
    bool quantization_[4] = {};
    int frame_ = 0; ///< its marker
    int scans_ = 0;
    bool jfif_ = false;
    bool exif_ = false;
    int adobe_ = -1; ///< the color transform of an Adobe segment
};

} // namespace detail

QUOIN_NAMESPACE_END
