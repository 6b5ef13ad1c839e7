// SPDX-License-Identifier: BSL-1.0
// BMP files of every kind, written here byte by byte from known pixels.
#include "files.hpp"

#include <quoin/io/read_image.hpp>
#include <quoin/io/read_info.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <bit>
#include <cmath>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;

namespace {

void put(std::string& out, std::uint64_t v, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(v >> 8 * i & 255);
}

/// What stands around the pixels of a file.
struct frame {
    int width, height, bits;
    std::size_t header = 40;
    std::uint32_t compression = 0;
    bool downwards = false;
    std::string masks = {};   ///< of 4 bytes each, in the header or behind it
    std::string palette = {}; ///< entries as the header's age asks for them
    std::uint32_t used = 0;
    std::size_t gap = 0, trailing = 0;
};

files::bytes bmp(frame const& f, std::string const& pixels) {
    std::string info;
    put(info, f.header, 4);
    if (f.header == 12) {
        for (int const v : {f.width, f.height, 1, f.bits}) put(info, static_cast<std::uint64_t>(v), 2);
    } else {
        put(info, static_cast<std::uint64_t>(f.width), 4);
        put(info, static_cast<std::uint32_t>(f.downwards ? -f.height : f.height), 4);
        put(info, 1, 2);
        put(info, static_cast<std::uint64_t>(f.bits), 2);
        put(info, f.compression, 4);
        for (std::uint64_t const v : {std::uint64_t{pixels.size()}, std::uint64_t{2835}, std::uint64_t{2835},
                                      std::uint64_t{f.used}, std::uint64_t{0}})
            put(info, v, 4);
        if (f.header == 16) info.resize(16);
        info += f.masks;
        if (info.size() < f.header) info.resize(f.header);
    }
    std::string file = "BM";
    std::size_t const offset = 14 + info.size() + f.palette.size() + f.gap;
    put(file, offset + pixels.size() + f.trailing, 4);
    put(file, 0, 4);
    put(file, offset, 4);
    return files::from_text(file + info + f.palette + std::string(f.gap, '\x55') + pixels +
                            std::string(f.trailing, '\x33'));
}

/// Rows of pixels of any number of bits, the first bits of a byte first, in words of 4 bytes.
template <class F>
std::string rows(frame const& f, F const& value) {
    std::string out;
    for (int row = 0; row < f.height; ++row) {
        int const y = f.downwards ? row : f.height - 1 - row;
        std::string line(static_cast<std::size_t>((f.width * f.bits + 31) / 32 * 4), '\0');
        for (int x = 0; x < f.width; ++x) {
            std::uint32_t const v = value(x, y);
            auto const at = static_cast<std::size_t>(x * f.bits);
            if (f.bits < 8)
                line[at / 8] = static_cast<char>(line[at / 8] | v << (8 - f.bits - static_cast<int>(at % 8)));
            else
                for (int b = 0; b < f.bits / 8; ++b)
                    line[at / 8 + static_cast<std::size_t>(b)] = static_cast<char>(v >> 8 * b & 255);
        }
        out += line;
    }
    return out;
}

std::string palette_of(std::vector<rgb8> const& colors, int entry) {
    std::string out;
    for (rgb8 const c : colors) {
        for (int const v : {c.b, c.g, c.r}) out += static_cast<char>(v);
        if (entry == 4) out += '\0';
    }
    return out;
}

std::vector<rgb8> some_colors(std::size_t count, std::mt19937& random) {
    std::vector<rgb8> colors(count);
    for (rgb8& c : colors)
        c = {static_cast<std::uint8_t>(random()), static_cast<std::uint8_t>(random()),
             static_cast<std::uint8_t>(random())};
    return colors;
}

std::string refusal(files::bytes const& file) {
    try {
        read_image<rgba8>(file, "it");
        return "";
    } catch (io_error const& e) {
        return e.what();
    }
}

} // namespace

TEST_CASE("a BMP of 24 bits is read behind every header, gap and tail", "[io]") {
    auto const picture = files::random_image<rgb8>(13, 7, 1);
    for (std::size_t const header : {12u, 16u, 40u, 52u, 56u, 64u, 108u, 124u})
        for (bool const downwards : {false, true})
            for (std::size_t const gap : {0u, 1u, 84u})
                for (std::size_t const trailing : {0u, 200u}) {
                    if (downwards && header == 12) continue; // its height has no sign
                    CAPTURE(header, downwards, gap, trailing);
                    frame const f{.width = 13,
                                  .height = 7,
                                  .bits = 24,
                                  .header = header,
                                  .downwards = downwards,
                                  .gap = gap,
                                  .trailing = trailing};
                    auto const file = bmp(f, rows(f, [&](int x, int y) {
                                              rgb8 const p = picture(x, y);
                                              return std::uint32_t{p.r} << 16 | std::uint32_t{p.g} << 8 | p.b;
                                          }));
                    CHECK(read_info(file) == image_info{13, 7, 3, 8, 255, image_format::bmp});
                    CHECK(files::same(read_image<rgb8>(file), picture.view()));
                }
}

TEST_CASE("a BMP with a palette is read at every depth", "[io]") {
    std::mt19937 random(2);
    for (int const bits : {1, 2, 4, 8})
        for (std::size_t const header : {12u, 16u, 40u, 124u})
            for (int const fewer : {0, 1})
                for (int const width : {1, 7, 8, 33}) {
                    CAPTURE(bits, header, fewer, width);
                    auto const count = (std::size_t{1} << bits) - static_cast<std::size_t>(fewer);
                    auto const colors = some_colors(count, random);
                    frame const f{.width = width,
                                  .height = 5,
                                  .bits = bits,
                                  .header = header,
                                  .palette = palette_of(colors, header == 12 ? 3 : 4),
                                  .used = fewer ? static_cast<std::uint32_t>(count) : 0,
                                  .gap = 0};
                    image<std::uint8_t> index(width, 5);
                    for (int y = 0; y < 5; ++y)
                        for (int x = 0; x < width; ++x) index(x, y) = static_cast<std::uint8_t>(random() % count);
                    auto const read = read_image<rgb8>(bmp(f, rows(f, [&](int x, int y) { return index(x, y); })));
                    for (int y = 0; y < 5; ++y)
                        for (int x = 0; x < width; ++x) REQUIRE(read(x, y) == colors[index(x, y)]);
                }
}

TEST_CASE("BMP run lengths are read, with their jumps", "[io]") {
    std::mt19937 random(3);
    CAPTURE("seed 3");
    for (int const bits : {4, 8})
        for (int round = 0; round < 60; ++round) {
            int const width = 1 + static_cast<int>(random() % 40), height = 1 + static_cast<int>(random() % 9);
            CAPTURE(bits, round, width, height);
            auto const colors = some_colors(std::size_t{1} << bits, random);
            image<std::uint8_t> index(width, height);
            std::string code;
            // Rows from below: a plain loop beside what is written says which index each pixel has.
            for (int row = 0; row < height;) {
                int x = 0;
                while (x < width) {
                    int const count = 1 + static_cast<int>(random() % static_cast<unsigned>(std::min(width - x, 20)));
                    int const y = height - 1 - row;
                    auto const kind = random() % 4;
                    if (kind == 0 && row + 1 < height && x > 0) { // a jump by 0 to 2 rows
                        int const down = std::min(static_cast<int>(random() % 3), height - 1 - row);
                        int const right = static_cast<int>(random() % static_cast<unsigned>(width - x));
                        code += {'\0', '\2', static_cast<char>(right), static_cast<char>(down)};
                        x += right;
                        row += down;
                    } else if (kind == 1 && count >= 3) {
                        code += {'\0', static_cast<char>(count)};
                        std::string values;
                        for (int i = 0; i < count; ++i) {
                            int const v = static_cast<int>(random() % (1u << bits));
                            index(x + i, y) = static_cast<std::uint8_t>(v);
                            if (bits == 8) values += static_cast<char>(v);
                            else if (i % 2 == 0) values += static_cast<char>(v << 4);
                            else values.back() = static_cast<char>(values.back() | v);
                        }
                        code += values + std::string(values.size() % 2, '\0');
                        x += count;
                    } else {
                        int const v = static_cast<int>(random() % 256);
                        code += {static_cast<char>(count), static_cast<char>(v)};
                        for (int i = 0; i < count; ++i)
                            index(x + i, y) = static_cast<std::uint8_t>(bits == 8 ? v : i % 2 == 0 ? v >> 4 : v & 15);
                        x += count;
                    }
                }
                code += std::string(2, '\0');
                ++row;
            }
            if (round % 3 != 0) code += {'\0', '\1'}; // some encoders leave the end out
            frame const f{.width = width,
                          .height = height,
                          .bits = bits,
                          .compression = bits == 8 ? 1u : 2u,
                          .palette = palette_of(colors, 4)};
            if (round % 6 == 0) code.replace(code.size() - 2, 2, std::string(random() % 3, '\7')); // nor that of a row
            auto const read = read_image<rgb8>(bmp(f, code));
            for (int y = 0; y < height; ++y)
                for (int x = 0; x < width; ++x) REQUIRE(read(x, y) == colors[index(x, y)]);
        }
    frame const f{.width = 3, .height = 2, .bits = 8, .compression = 1, .palette = std::string(1024, '\1')};
    CHECK_THAT(refusal(bmp(f, std::string("\4\0\0\1", 4))), ContainsSubstring("passes the end of its row of 3"));
    CHECK_THAT(refusal(bmp(f, std::string("\3\0\0\0", 4))), ContainsSubstring("truncated"));
}

TEST_CASE("BMP bit fields of any width are scaled to bytes", "[io]") {
    std::mt19937 random(4);
    for (int round = 0; round < 200; ++round) {
        int const bits = round % 2 ? 16 : 32;
        std::uint32_t masks[4] = {};
        int at = 0;
        for (int c = 0; c < 4; ++c) {
            int const room = bits - at - (3 - c);
            int const width = c == 3 && round % 3 == 0
                                  ? 0
                                  : 1 + static_cast<int>(random() % static_cast<unsigned>(std::min(room, 12)));
            masks[c] = static_cast<std::uint32_t>(((std::uint64_t{1} << width) - 1) << at);
            at += width;
        }
        std::swap(masks[0], masks[random() % 3]);
        std::string text;
        bool const alpha = masks[3] != 0;
        for (int c = 0; c < (alpha ? 4 : 3); ++c) put(text, masks[c], 4);
        std::size_t const headers[] = {alpha ? std::size_t{56} : std::size_t{52}, 40, 108};
        frame const f{.width = 9,
                      .height = 3,
                      .bits = bits,
                      .header = headers[round % 3],
                      .compression = alpha && round % 3 == 1 ? 6u : 3u,
                      .masks = text};
        CAPTURE(round, bits, masks[0], masks[1], masks[2], masks[3]);
        image<std::uint32_t> value(9, 3);
        std::uint32_t any_alpha = 0;
        for (int y = 0; y < 3; ++y)
            for (int x = 0; x < 9; ++x) {
                value(x, y) = static_cast<std::uint32_t>(random()) >> (32 - bits);
                any_alpha |= value(x, y) & masks[3];
            }
        auto const file = bmp(f, rows(f, [&](int x, int y) { return value(x, y); }));
        REQUIRE(read_info(file).channels == (alpha ? 4 : 3));
        auto const read = read_image<rgba8>(file);
        for (int y = 0; y < 3; ++y)
            for (int x = 0; x < 9; ++x) {
                auto const channel = [&](int c) {
                    int const shift = std::countr_zero(masks[c]);
                    double const most = masks[c] >> shift;
                    return static_cast<std::uint8_t>(
                        std::floor((value(x, y) & masks[c]) / std::pow(2.0, shift) * 255 / most + 0.5));
                };
                std::uint8_t const a = any_alpha ? channel(3) : std::uint8_t{255};
                REQUIRE(read(x, y) == rgba8{channel(0), channel(1), channel(2), a});
            }
    }
}

TEST_CASE("a BMP that is not read is refused by the name of its feature", "[io]") {
    auto const with = [](std::size_t header, int bits, std::uint32_t compression, std::string masks = {}) {
        return refusal(bmp({.width = 4,
                            .height = 4,
                            .bits = bits,
                            .header = header,
                            .compression = compression,
                            .masks = masks,
                            .palette = std::string(1024, '\0')},
                           std::string(256, '\0')));
    };
    CHECK_THAT(with(64, 1, 3), ContainsSubstring("BMP with Huffman codes"));
    CHECK_THAT(with(64, 24, 4), ContainsSubstring("BMP with RLE24"));
    CHECK_THAT(with(40, 24, 4), ContainsSubstring("BMP with a JPEG in it"));
    CHECK_THAT(with(40, 24, 5), ContainsSubstring("BMP with a PNG in it"));
    CHECK_THAT(with(40, 64, 0), ContainsSubstring("64 bits a pixel"));
    CHECK_THAT(with(40, 24, 1), ContainsSubstring("24 bits a pixel with the compression 1"));
    CHECK_THAT(with(66, 24, 0), ContainsSubstring("header of 66 bytes; expected 12, 16, 40"));
    std::string holes;
    for (std::uint32_t const mask : {0xF0F0u, 0x0Fu, 0x0F00u}) put(holes, mask, 4);
    CHECK_THAT(with(52, 16, 3, holes), ContainsSubstring("the mask 61680; expected adjacent bits"));
}
