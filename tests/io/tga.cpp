// SPDX-License-Identifier: BSL-1.0
// TGA files of every kind, written here byte by byte from known pixels.
#include "files.hpp"

#include <quoin/io/read_image.hpp>
#include <quoin/io/read_info.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <cmath>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;

namespace {

constexpr int width = 19, height = 6;

struct header {
    int kind, bits;
    int descriptor = 0x20;
    int map_first = 0, map_length = 0, map_bits = 0;
    std::string comment = {};
};

std::string head(header const& h) {
    std::string out;
    out += static_cast<char>(h.comment.size());
    out += static_cast<char>(h.map_length > 0);
    out += static_cast<char>(h.kind);
    for (int const v : {h.map_first, h.map_length}) out += {static_cast<char>(v & 255), static_cast<char>(v >> 8)};
    out += static_cast<char>(h.map_bits);
    out += std::string(4, '\0');
    out += {static_cast<char>(width),       '\0', static_cast<char>(height), '\0', static_cast<char>(h.bits),
            static_cast<char>(h.descriptor)};
    return out + h.comment;
}

std::string number(std::uint32_t v, int bits) {
    std::string out;
    for (int i = 0; i < (bits + 7) / 8; ++i) out += static_cast<char>(v >> 8 * i & 255);
    return out;
}

/// The pixels in the order of the descriptor's corner, with run lengths across the ends of rows or without.
template <class F>
std::string body(header const& h, F const& value) {
    std::vector<std::string> all;
    for (int row = 0; row < height; ++row)
        for (int column = 0; column < width; ++column)
            all.push_back(number(
                value(h.descriptor & 0x10 ? width - 1 - column : column, h.descriptor & 0x20 ? row : height - 1 - row),
                h.bits));
    std::string out;
    for (std::size_t i = 0; i < all.size();) {
        std::size_t n = 1;
        if (h.kind >= 8) {
            while (i + n < all.size() && n < 128 && all[i + n] == all[i]) ++n;
            if (n > 1) {
                out += static_cast<char>(0x80 | (n - 1)) + all[i];
                i += n;
                continue;
            }
            while (i + n < all.size() && n < 128 && all[i + n] != all[i + n - 1]) ++n;
            out += static_cast<char>(n - 1);
        }
        for (std::size_t k = 0; k < n; ++k) out += all[i + k];
        i += n;
    }
    return out;
}

std::uint8_t five_bits(std::uint32_t v, int shift) {
    return static_cast<std::uint8_t>(std::lround((v >> shift & 31) * 255 / 31.0));
}

rgba8 color(std::uint32_t v, int bits) {
    if (bits <= 16) return {five_bits(v, 10), five_bits(v, 5), five_bits(v, 0), 255};
    auto const byte = [&](int shift) { return static_cast<std::uint8_t>(v >> shift); };
    return {byte(16), byte(8), byte(0), bits == 32 ? byte(24) : std::uint8_t{255}};
}

std::string const footer = std::string(8, '\0') + std::string("TRUEVISION-XFILE.\0", 18);

image<std::uint32_t> random_values(std::uint32_t below, unsigned seed) {
    std::mt19937 random(seed);
    image<std::uint32_t> values(width, height);
    std::uint32_t last = 0;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            if (random() % 3) last = static_cast<std::uint32_t>(random()) % below;
            values(x, y) = last;
        }
    return values;
}

template <class F>
void check(header const& h, std::string const& map, image<std::uint32_t> const& values, F const& expected) {
    auto const text = head(h) + map + body(h, [&](int x, int y) { return values(x, y); });
    for (auto const& file : {text, text + footer}) {
        auto const read = read_image<rgba8>(files::from_text(file));
        REQUIRE(read.size() == extent{width, height});
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) REQUIRE(read(x, y) == expected(values(x, y)));
    }
    for (std::size_t const cut : {std::size_t{1}, text.size() / 2})
        CHECK_THROWS_AS(read_image<rgba8>(files::from_text(text.substr(0, text.size() - cut))), io_error);
}

} // namespace

TEST_CASE("TGA colors are read from every corner, at every depth", "[io]") {
    unsigned seed = 1;
    for (int const descriptor : {0x00, 0x10, 0x20, 0x30})
        for (int const kind : {2, 10})
            for (int const bits : {15, 16, 24, 32})
                for (char const* comment : {"", "hello"}) {
                    CAPTURE(descriptor, kind, bits, comment);
                    auto const values = random_values(bits == 32 ? 0xFFFFFFFF : 1u << bits, ++seed);
                    check({.kind = kind, .bits = bits, .descriptor = descriptor, .comment = comment}, "", values,
                          [&](std::uint32_t v) { return color(v, bits); });
                }
}

TEST_CASE("gray TGA files are read from every corner, with alpha or without", "[io]") {
    unsigned seed = 100;
    for (int const descriptor : {0x00, 0x10, 0x20, 0x30})
        for (int const kind : {3, 11})
            for (int const bits : {8, 16}) {
                CAPTURE(descriptor, kind, bits);
                check({.kind = kind, .bits = bits, .descriptor = descriptor}, "", random_values(1u << bits, ++seed),
                      [&](std::uint32_t v) {
                          auto const g = static_cast<std::uint8_t>(v);
                          return rgba8{g, g, g, bits == 16 ? static_cast<std::uint8_t>(v >> 8) : std::uint8_t{255}};
                      });
            }
}

TEST_CASE("TGA color maps may start anywhere, and may be there without use", "[io]") {
    std::mt19937 random(7);
    for (int const map_bits : {15, 16, 24, 32})
        for (int const bits : {8, 16})
            for (int const first : {0, 1, 100})
                for (int const kind : {1, 9}) {
                    CAPTURE(map_bits, bits, first, kind);
                    constexpr int length = 20;
                    std::vector<std::uint32_t> colors(length);
                    std::string map;
                    for (std::uint32_t& c : colors) map += number(c = static_cast<std::uint32_t>(random()), map_bits);
                    auto values = random_values(length, static_cast<unsigned>(first + bits));
                    for (int y = 0; y < height; ++y)
                        for (int x = 0; x < width; ++x) values(x, y) += static_cast<std::uint32_t>(first);
                    header const h{
                        .kind = kind, .bits = bits, .map_first = first, .map_length = length, .map_bits = map_bits};
                    check(h, map, values, [&](std::uint32_t v) {
                        return color(colors[v - static_cast<std::uint32_t>(first)], map_bits);
                    });
                    values(3, 2) = static_cast<std::uint32_t>(first + length); // beyond the map: black
                    check(h, map, values, [&](std::uint32_t v) {
                        auto const i = v - static_cast<std::uint32_t>(first);
                        return i < length ? color(colors[i], map_bits) : rgba8{0, 0, 0, 255};
                    });
                }
    auto const values = random_values(1u << 24, 9);
    check({.kind = 2, .bits = 24, .map_length = 3, .map_bits = 24}, "123456789", values,
          [](std::uint32_t v) { return color(v, 24); });
}

TEST_CASE("a TGA that is not read is refused by the name of its feature", "[io]") {
    auto const refusal = [](header const& h) -> std::string {
        try {
            read_info(files::from_text(head(h) + std::string(1000, '\1')));
            return "";
        } catch (io_error const& e) {
            return e.what();
        }
    };
    CHECK_THAT(refusal({.kind = 32, .bits = 8, .map_length = 4, .map_bits = 24}),
               ContainsSubstring("TGA of the type 32, with Huffman codes"));
    CHECK_THAT(refusal({.kind = 2, .bits = 24, .descriptor = 0x60}), ContainsSubstring("TGA with interleaved rows"));
    CHECK_THAT(refusal({.kind = 2, .bits = 8}), ContainsSubstring("is not a PNG, JPEG, BMP, TGA"));
}
