// SPDX-License-Identifier: BSL-1.0
// BMP: headers of 12 to 124 bytes, palettes, bit fields and run lengths, decoded row by row.
#pragma once

#include <quoin/io/detail/bytes.hpp>
#include <quoin/io/detail/input.hpp>
#include <quoin/io/image_info.hpp>

#include <bit>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The bits of a pixel that hold one channel.
struct bmp_field {
    std::uint32_t mask = 0;
    int shift = 0;

    std::uint8_t operator()(std::uint32_t pixel) const {
        return mask ? scaled_to_byte((pixel & mask) >> shift, mask >> shift) : std::uint8_t{0};
    }
};

struct bmp_header {
    extent size;
    bool upwards = true; ///< the first row of the file is the lowest
    int bits = 0;        ///< of a pixel
    bool runs = false;   ///< RLE4 or RLE8
    bool has_alpha = false;
    std::vector<rgba_bytes> palette = {}; ///< with 8 bits or fewer, 2^bits entries
    std::array<bmp_field, 4> fields = {}; ///< with 16 and 32 bits

    int channels() const { return has_alpha ? 4 : 3; }
    image_info info() const { return {size.width, size.height, channels(), 8, 255, image_format::bmp}; }
    /// The bytes of a row, which fills words of 4 bytes.
    index_t stride() const { return (size.width * bits + 31) / 32 * 4; }
};

/// Rejects what is not a BMP of pixels, by the name of the feature.
inline void check_bmp_compression(input const& in, bmp_header& h, std::size_t header_size, std::uint32_t compression) {
    bool const os2 = header_size == 16 || header_size == 64;
    auto const refuse = [&](char const* feature) {
        in.fail("is a BMP with ", feature, ", which is not read; convert it to a PNG");
    };
    if (compression == 3 && os2) refuse("Huffman codes");
    if (compression == 4) refuse(os2 ? "RLE24" : "a JPEG in it");
    if (compression == 5) refuse("a PNG in it");
    bool const bits_fit = compression == 0   ? std::has_single_bit(static_cast<unsigned>(h.bits)) || h.bits == 24
                          : compression == 1 ? h.bits == 8
                          : compression == 2 ? h.bits == 4
                                             : h.bits == 16 || h.bits == 32;
    bool const known = compression <= 3 || compression == 6;
    if (!known || !bits_fit || h.bits < 1 || h.bits > 32)
        in.fail("is a BMP of ", h.bits, " bits a pixel with the compression ", compression,
                ", which is not read; expected 1, 2, 4, 8, 16, 24 or 32 bits without compression, bit fields (3, 6) "
                "with 16 or 32, RLE8 (1) with 8, or RLE4 (2) with 4");
    h.runs = compression == 1 || compression == 2;
}

/// Reads the palette of `used` entries, or of as many as there can be for 0, and what is between it and the pixels.
inline void read_bmp_palette(input& in, bmp_header& h, std::size_t before_pixels, std::size_t entry, std::size_t used) {
    std::size_t const most = std::size_t{1} << h.bits;
    std::size_t const entries = std::min({used ? used : most, most, before_pixels / entry});
    if (entries == 0)
        in.fail("has its pixels ", before_pixels, " bytes behind the header; expected a palette between them");
    h.palette.resize(most, rgba_bytes{0, 0, 0, 255}); // an index beyond the file's palette is black
    for (std::size_t i = 0; i < entries; ++i) {
        unsigned char bgr[4];
        in.read_all(bgr, entry, "the BMP palette");
        h.palette[i] = {bgr[2], bgr[1], bgr[0], 255};
    }
    in.skip(before_pixels - entries * entry, "the BMP's data");
}

/// Reads everything before the pixels. Afterwards the input is at the first byte of the pixels.
inline bmp_header read_bmp_header(input& in) {
    constexpr std::size_t file_header = 14;
    std::array<unsigned char, file_header + 124> head{};
    in.read_all(head.data(), file_header + 4, "the BMP header");
    std::size_t const offset = little_endian(&head[10], 4);
    std::size_t const size = little_endian(&head[file_header], 4);
    if (size != 12 && size != 16 && size != 40 && size != 52 && size != 56 && size != 64 && size != 108 && size != 124)
        in.fail("has a BMP header of ", size, " bytes; expected 12, 16, 40, 52, 56, 64, 108 or 124");
    in.read_all(&head[file_header + 4], size - 4, "the BMP header");
    auto const at = [&](std::size_t i, int bytes) { return little_endian(&head[file_header + i], bytes); };

    bmp_header h;
    bool const old = size == 12;
    std::uint32_t const rows = old ? at(6, 2) : at(8, 4);
    h.upwards = rows <= 0x7FFFFFFF;
    h.size = {old ? at(4, 2) : at(4, 4), h.upwards ? index_t{rows} : (index_t{1} << 32) - rows};
    h.bits = static_cast<int>(old ? at(10, 2) : at(14, 2));
    if (h.size.empty() || h.size.width > 0x7FFFFFFF)
        in.fail("holds ", h.size.width, " x ", h.size.height, " pixels; expected 1 x 1 to 2147483647 x 2147483648");
    std::uint32_t const compression = size > 16 ? at(16, 4) : 0;
    check_bmp_compression(in, h, size, compression);

    if (h.bits == 16 || h.bits == 32) {
        std::array<std::uint32_t, 4> masks{0x7C00, 0x03E0, 0x001F, 0};
        if (h.bits == 32) masks = {0xFF0000, 0xFF00, 0xFF, 0xFF000000};
        if (compression == 3 || compression == 6) {
            // A header of 40 bytes has no room for the masks; they follow it.
            std::size_t const count = size >= 56 || compression == 6 ? 4 : 3;
            if (size == 40) in.read_all(&head[file_header + 40], 4 * count, "the BMP bit fields");
            masks = {at(40, 4), at(44, 4), at(48, 4), count == 4 ? at(52, 4) : 0};
        }
        for (std::size_t i = 0; i < 4; ++i) {
            int const shift = masks[i] ? std::countr_zero(masks[i]) : 0;
            std::uint64_t const ones = (std::uint64_t{masks[i]} >> shift) + 1;
            if (!std::has_single_bit(ones) || (h.bits == 16 && masks[i] > 0xFFFF))
                in.fail("has a BMP bit field of the mask ", masks[i], "; expected adjacent bits of the ", h.bits,
                        " of a pixel");
            h.fields[i] = {masks[i], shift};
        }
        h.has_alpha = masks[3] != 0;
    }

    index_t const here = in.position();
    if (static_cast<index_t>(offset) < here)
        in.fail("has its pixels at byte ", offset, "; expected them behind the header of ", here, " bytes");
    std::size_t const gap = offset - static_cast<std::size_t>(here);
    if (h.bits > 8) in.skip(gap, "the BMP's data");
    else read_bmp_palette(in, h, gap, old ? 3 : 4, size > 36 ? at(32, 4) : 0);
    if (!h.runs) in.expect_rows(h.stride(), h.size.height);
    return h;
}

/// Reads run lengths row by row. What they skip has the index 0.
class bmp_runs {
public:
    bmp_runs(input& in, bmp_header const& h)
        : in_(in), width_(h.size.width), rows_left_(h.size.height), half_bytes_(h.bits == 4) {}

    /// The indices of the next row of the file.
    void read(std::uint8_t* row) {
        --rows_left_;
        std::fill_n(row, width_, std::uint8_t{0});
        if (rows_skipped_ > 0) {
            if (--rows_skipped_ > 0) return;
        } else {
            x_ = 0;
        }
        while (!ended_) {
            // The end of the image may be missing behind the last pixel of a row: the next row tells. Behind the last
            // row other bytes may follow.
            unsigned char code[2];
            if (x_ >= width_ && (rows_left_ == 0 || in_.at_end())) return;
            in_.read_all(code, 2, "the BMP's run lengths");
            if (code[0] != 0) {
                repeat(row, code[0], code[1]);
            } else if (code[1] == 0) {
                return;
            } else if (code[1] == 1) {
                ended_ = true;
            } else if (code[1] == 2) {
                in_.read_all(code, 2, "the BMP's run lengths");
                x_ += code[0];
                if (code[1] > 0) {
                    rows_skipped_ = code[1];
                    return;
                }
            } else {
                copy(row, code[1]);
            }
        }
    }

private:
    void put(std::uint8_t* row, int index) {
        if (x_ < width_) row[x_] = static_cast<std::uint8_t>(index);
        else if (x_ > width_ || !half_bytes_) // encoders complete a last byte of two pixels
            in_.fail("has a BMP run length that passes the end of its row of ", width_,
                     " pixels; copy or download it again");
        ++x_;
    }
    void repeat(std::uint8_t* row, int count, int value) {
        for (int i = 0; i < count; ++i) put(row, !half_bytes_ ? value : i % 2 == 0 ? value >> 4 : value & 15);
    }
    void copy(std::uint8_t* row, int count) {
        unsigned char values[256];
        int const bytes = half_bytes_ ? (count + 1) / 2 : count;
        in_.read_all(values, static_cast<std::size_t>(bytes + bytes % 2), "the BMP's run lengths"); // whole words
        for (int i = 0; i < count; ++i)
            put(row, !half_bytes_ ? values[i] : i % 2 == 0 ? values[i / 2] >> 4 : values[i / 2] & 15);
    }

    input& in_;
    index_t width_;
    index_t rows_left_;
    bool half_bytes_;
    bool ended_ = false;
    index_t x_ = 0; ///< of the next pixel
    int rows_skipped_ = 0;
};

/// Calls row(y, samples) with the samples of each row, in the order of the file. Memory: two rows.
template <class Row>
void decode_bmp(input& in, index_t budget, Row const& row) {
    bmp_header h = read_bmp_header(in);
    auto const width = static_cast<std::size_t>(h.size.width);
    in.expect_memory(h.stride() + h.size.width * 5, budget);
    if (h.has_alpha) {
        // Alpha that is 0 everywhere means that whoever wrote the file knew of none.
        std::vector<unsigned char> line(static_cast<std::size_t>(h.stride()));
        std::size_t const step = static_cast<std::size_t>(h.bits) / 8;
        bool opaque = true;
        for (index_t y = 0; y < h.size.height && opaque; ++y) {
            in.read_all(line.data(), line.size(), "the BMP's data");
            for (std::size_t x = 0; x < width && opaque; ++x)
                opaque = (little_endian(&line[x * step], static_cast<int>(step)) & h.fields[3].mask) == 0;
        }
        in.rewind();
        h = read_bmp_header(in);
        if (opaque) h.fields[3] = {};
    }
    bool const opaque = h.fields[3].mask == 0;
    std::size_t const channels = static_cast<std::size_t>(h.channels());
    std::vector<std::uint8_t> samples(width * channels);
    std::vector<unsigned char> line(h.runs ? width : static_cast<std::size_t>(h.stride()));
    bmp_runs runs(in, h);
    int const bits = h.runs ? 8 : h.bits;
    for (index_t y = 0; y < h.size.height; ++y) {
        if (h.runs) runs.read(line.data());
        else in.read_all(line.data(), line.size(), "the BMP's data");
        std::uint8_t* out = samples.data();
        for (std::size_t x = 0; x < width; ++x, out += channels) {
            if (bits <= 8) {
                std::size_t const at = x * static_cast<std::size_t>(bits);
                int const index = line[at / 8] >> (8 - bits - static_cast<int>(at % 8)) & ((1 << bits) - 1);
                std::copy_n(h.palette[static_cast<std::size_t>(index)].begin(), 3, out);
            } else if (bits == 24) {
                for (std::size_t c = 0; c < 3; ++c) out[c] = line[3 * x + 2 - c];
            } else {
                std::uint32_t const pixel =
                    bits == 16 ? little_endian(&line[2 * x], 2) : little_endian(&line[4 * x], 4);
                for (std::size_t c = 0; c < 3; ++c) out[c] = h.fields[c](pixel);
                if (channels == 4) out[3] = opaque ? std::uint8_t{255} : h.fields[3](pixel);
            }
        }
        row(h.upwards ? h.size.height - 1 - y : y, std::as_const(samples).data());
    }
}

} // namespace detail

QUOIN_NAMESPACE_END
