// SPDX-License-Identifier: BSL-1.0
// TGA: gray, color and color maps from any origin, with and without run lengths, decoded row by row.
#pragma once

#include <quoin/io/detail/bytes.hpp>
#include <quoin/io/detail/input.hpp>
#include <quoin/io/image_info.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

struct tga_header {
    extent size;
    int kind = 0; ///< 1: color map, 2: color, 3: gray
    bool runs = false;
    int bits = 0;           ///< of a pixel in the file
    int map_bits = 0;       ///< of an entry of the color map
    index_t map_first = 0;  ///< the index of the first entry
    index_t map_length = 0; ///< entries in the file, also of a map that the pixels do not use
    int descriptor = 0;
    int comment = 0; ///< bytes between header and color map

    bool rightwards() const { return (descriptor & 0x10) == 0; }
    bool upwards() const { return (descriptor & 0x20) == 0; }
    int channels() const {
        int const color_bits = kind == 1 ? map_bits : bits;
        return kind == 3 ? bits / 8 : color_bits == 32 ? 4 : 3;
    }
    std::size_t pixel_bytes() const { return static_cast<std::size_t>(bits + 7) / 8; }
    image_info info() const { return {size.width, size.height, channels(), 8, 255, image_format::tga}; }
};

inline tga_header parse_tga_header(unsigned char const* h) {
    bool const map = h[1] != 0;
    return {.size = {little_endian(h + 12, 2), little_endian(h + 14, 2)},
            .kind = h[2] & 7,
            .runs = (h[2] & 8) != 0,
            .bits = h[16],
            .map_bits = map ? h[7] : 0,
            .map_first = map ? little_endian(h + 3, 2) : 0,
            .map_length = map ? little_endian(h + 5, 2) : 0,
            .descriptor = h[17],
            .comment = h[0]};
}

constexpr bool is_tga_color_depth(int bits) {
    return bits == 15 || bits == 16 || bits == 24 || bits == 32;
}

/// TGA has no signature. A header is accepted only if every field that can be wrong is valid.
inline bool looks_like_tga(unsigned char const* bytes) {
    tga_header const h = parse_tga_header(bytes);
    bool const huffman = bytes[2] == 32 || bytes[2] == 33; // refused later, by name
    bool const map_fits = bytes[1] == 0 ? h.kind != 1 : is_tga_color_depth(h.map_bits) && h.map_length > 0;
    bool const bits_fit = huffman       ? h.bits >= 8 && h.bits <= 32
                          : h.kind == 2 ? is_tga_color_depth(h.bits)
                                        : h.bits == 8 || (h.bits == 16 && h.kind != 2);
    return bytes[1] <= 1 && (huffman || (bytes[2] < 12 && h.kind >= 1 && h.kind <= 3)) && !h.size.empty() && map_fits &&
           bits_fit;
}

inline tga_header read_tga_header(input& in) {
    std::array<unsigned char, 18> bytes;
    in.read_all(bytes.data(), bytes.size(), "the TGA header");
    if (bytes[2] >= 32)
        in.fail("is a TGA of the type ", int{bytes[2]}, ", with Huffman codes, which is not read; convert it to a PNG");
    tga_header const h = parse_tga_header(bytes.data());
    if (h.descriptor & 0xC0)
        in.fail("is a TGA with interleaved rows (descriptor ", h.descriptor,
                "), which is not read; convert it to a PNG");
    if (!h.runs) in.expect_rows(h.size.width * static_cast<index_t>(h.pixel_bytes()), h.size.height);
    return h;
}

/// Reads pixels, which may be run lengths across the ends of rows.
class tga_pixels {
public:
    tga_pixels(input& in, tga_header const& h) : in_(in), size_(h.pixel_bytes()), runs_(h.runs) {}

    void read(unsigned char* to, std::size_t count) {
        if (!runs_) return in_.read_all(to, count * size_, "the TGA's data");
        while (count > 0) {
            if (left_ == 0) {
                unsigned char head = 0;
                in_.read_all(&head, 1, "the TGA's run lengths");
                left_ = std::size_t{head & 127u} + 1;
                repeated_ = (head & 128) != 0;
                if (repeated_) in_.read_all(value_, size_, "the TGA's run lengths");
            }
            std::size_t const part = std::min(left_, count);
            if (repeated_)
                for (std::size_t i = 0; i < part; ++i) std::memcpy(to + i * size_, value_, size_);
            else in_.read_all(to, part * size_, "the TGA's run lengths");
            to += part * size_;
            count -= part;
            left_ -= part;
        }
    }

private:
    input& in_;
    std::size_t size_;
    bool runs_;
    bool repeated_ = false;
    std::size_t left_ = 0; ///< pixels of the run that was begun
    unsigned char value_[4] = {};
};

/// The color in `bits` bits of a pixel or of an entry of a color map.
inline rgba_bytes tga_color(unsigned char const* p, int bits) {
    if (bits <= 16) return color_of_15_bits(little_endian(p, 2));
    return {p[2], p[1], p[0], bits == 32 ? p[3] : std::uint8_t{255}};
}

/// Calls row(y, samples) with the samples of each row, in the order of the file. Memory: two rows.
template <class Row>
void decode_tga(input& in, Row const& row) {
    tga_header const h = read_tga_header(in);
    in.skip(static_cast<std::size_t>(h.comment), "the TGA's comment");
    std::vector<rgba_bytes> map(static_cast<std::size_t>(h.kind == 1 ? h.map_length : 0));
    std::size_t const entry = static_cast<std::size_t>(h.map_bits + 7) / 8;
    for (rgba_bytes& color : map) {
        unsigned char bytes[4];
        in.read_all(bytes, entry, "the TGA's color map");
        color = tga_color(bytes, h.map_bits);
    }
    if (map.empty()) in.skip(static_cast<std::size_t>(h.map_length) * entry, "the TGA's color map");

    auto const width = static_cast<std::size_t>(h.size.width);
    std::size_t const step = h.pixel_bytes();
    auto const channels = static_cast<std::size_t>(h.channels());
    std::vector<unsigned char> line(width * step);
    std::vector<std::uint8_t> samples(width * channels);
    tga_pixels pixels(in, h);
    for (index_t y = 0; y < h.size.height; ++y) {
        pixels.read(line.data(), width);
        for (std::size_t x = 0; x < width; ++x) {
            unsigned char const* const from = &line[x * step];
            std::uint8_t* const to = &samples[(h.rightwards() ? x : width - 1 - x) * channels];
            if (h.kind == 3) {
                std::copy_n(from, channels, to);
                continue;
            }
            rgba_bytes color{0, 0, 0, 255}; // an index outside of the map is black
            if (h.kind == 2) {
                color = tga_color(from, h.bits);
            } else {
                index_t const index = index_t{little_endian(from, static_cast<int>(step))} - h.map_first;
                if (index >= 0 && index < h.map_length) color = map[static_cast<std::size_t>(index)];
            }
            std::copy_n(color.begin(), channels, to);
        }
        row(h.upwards() ? h.size.height - 1 - y : y, std::as_const(samples).data());
    }
}

} // namespace detail

QUOIN_NAMESPACE_END
