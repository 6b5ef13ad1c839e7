// SPDX-License-Identifier: BSL-1.0
// JPEG files of every kind of color, written here: each component of a 16 x 16 picture has one value.
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

struct component {
    int value; ///< of its samples
    int id = 0, horizontal = 1, vertical = 1;
};

std::string segment(int marker, std::string const& content) {
    std::size_t const length = content.size() + 2;
    return {std::string{'\xFF', static_cast<char>(marker), static_cast<char>(length >> 8),
                        static_cast<char>(length & 255)} +
            content};
}

std::string const jfif = segment(0xE0, std::string("JFIF\0\1\1\0\0\1\0\1\0\0", 14));
std::string adobe(int transform) {
    return segment(0xEE, std::string("Adobe\0d\0\0\0\0", 11) + static_cast<char>(transform));
}
std::string exif(std::string const& tiff) {
    return segment(0xE1, std::string("Exif\0\0", 6) + tiff);
}

/// The standard's table for the differences of luma, and one that has the end of a block alone, as 0000.
std::string const dc_table("\x00\0\1\5\1\1\1\1\1\1\0\0\0\0\0\0\0\0\1\2\3\4\5\6\7\x08\x09\x0A\x0B", 29);
std::string const ac_table("\x10\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0", 18);

struct recipe {
    std::string before = {}; ///< segments before the frame
    bool tables = true;      ///< with Huffman tables
    int frame = 0xC0;        ///< the marker
    int bits = 8;
    bool quantization = true;
    int width = 16, height = 16;
    std::string after = {}; ///< bytes behind the end
};

std::string jpeg(std::vector<component> const& components, recipe const& r = {}) {
    std::string out = "\xFF\xD8" + r.before;
    if (r.quantization) out += segment(0xDB, std::string(1, '\0') + std::string(64, '\x08'));
    std::string frame{static_cast<char>(r.bits),   static_cast<char>(r.height >> 8),
                      static_cast<char>(r.height), static_cast<char>(r.width >> 8),
                      static_cast<char>(r.width),  static_cast<char>(components.size())};
    std::string scan(1, static_cast<char>(components.size()));
    int number = 0;
    for (component const& c : components) {
        ++number;
        auto const id = static_cast<char>(c.id ? c.id : number);
        frame += {id, static_cast<char>(c.horizontal << 4 | c.vertical), '\0'};
        scan += {id, '\0'};
    }
    scan += std::string("\0\x3F\0", 3);
    out += segment(r.frame, frame);
    if (r.tables) out += segment(0xC4, dc_table) + segment(0xC4, ac_table);
    out += segment(0xDA, scan);

    std::string bits;
    auto const put = [&](unsigned v, int count) {
        for (int i = count - 1; i >= 0; --i) bits += v >> i & 1 ? '1' : '0';
    };
    int most_h = 1, most_v = 1;
    for (component const& c : components) {
        most_h = std::max(most_h, c.horizontal);
        most_v = std::max(most_v, c.vertical);
    }
    bool const single = components.size() == 1;
    int const units = single ? (r.width + 7) / 8 * ((r.height + 7) / 8)
                             : (r.width + 8 * most_h - 1) / (8 * most_h) * ((r.height + 8 * most_v - 1) / (8 * most_v));
    for (int unit = 0; unit < units; ++unit)
        for (component const& c : components)
            for (int block = 0; block < (single ? 1 : c.horizontal * c.vertical); ++block) {
                int const difference = unit == 0 && block == 0 ? c.value - 128 : 0;
                int const length = difference == 0 ? 0 : static_cast<int>(std::log2(std::abs(difference))) + 1;
                // Codes of the standard's luma table: 00, 010, 011, 100, 101, 110, 1110, 11110, 111110.
                if (length == 0) put(0, 2);
                else if (length <= 5) put(static_cast<unsigned>(length) + 1, 3);
                else put((1u << (length - 2)) - 2, length - 2);
                put(static_cast<unsigned>(difference < 0 ? difference + (1 << length) - 1 : difference), length);
                put(r.tables ? 0 : 10, 4); // the end of the block
            }
    while (bits.size() % 8) bits += '1';
    for (std::size_t i = 0; i < bits.size(); i += 8) {
        auto const byte = static_cast<char>(std::stoi(bits.substr(i, 8), nullptr, 2));
        out += byte;
        if (byte == '\xFF') out += '\0';
    }
    return out + "\xFF\xD9" + r.after;
}

void check(std::string const& file, rgb8 expected, int width = 16, int height = 16) {
    auto const read = read_image<rgb8>(files::from_text(file));
    REQUIRE(read.size() == extent{width, height});
    for (index_t y = 0; y < height; ++y)
        for (index_t x = 0; x < width; ++x) {
            rgb8 const p = read(x, y);
            CAPTURE(x, y, int{p.r}, int{p.g}, int{p.b}, int{expected.r}, int{expected.g}, int{expected.b});
            REQUIRE(std::max({std::abs(p.r - expected.r), std::abs(p.g - expected.g), std::abs(p.b - expected.b)}) <=
                    1);
        }
}

/// JFIF's formula.
rgb8 from_ycbcr(int y, int cb, int cr) {
    auto const byte = [](double v) { return static_cast<std::uint8_t>(std::lround(std::clamp(v, 0.0, 255.0))); };
    return {byte(y + 1.402 * (cr - 128)), byte(y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128)),
            byte(y + 1.772 * (cb - 128))};
}
/// Inverted inks.
rgb8 from_cmyk(int c, int m, int y, int k) {
    auto const byte = [k](int v) { return static_cast<std::uint8_t>(std::lround(v * k / 255.0)); };
    return {byte(c), byte(m), byte(y)};
}

std::string refusal(std::string const& file) {
    try {
        read_image<rgb8>(files::from_text(file), "it");
        return "";
    } catch (io_error const& e) {
        return e.what();
    }
}

} // namespace

TEST_CASE("the colors of a JPEG are those of libjpeg's rules", "[io]") {
    std::vector<component> const three{{200}, {90}, {160}};
    std::vector<component> const named{{200, 'R'}, {90, 'G'}, {160, 'B'}};
    rgb8 const plain{200, 90, 160};
    rgb8 const ycbcr = from_ycbcr(200, 90, 160);
    check(jpeg({{77}}), {77, 77, 77});
    check(jpeg(three), ycbcr);
    check(jpeg(three, {.before = jfif}), ycbcr);
    check(jpeg(three, {.before = adobe(1)}), ycbcr);
    check(jpeg(three, {.before = adobe(0)}), plain);
    check(jpeg(three, {.before = jfif + adobe(0)}), ycbcr);
    check(jpeg(named), plain);
    check(jpeg(named, {.before = adobe(1)}), ycbcr);
    check(jpeg(named, {.before = jfif}), ycbcr);
    check(jpeg({{200, 7}, {90, 3}, {160, 200}}), ycbcr);

    std::vector<component> const four{{200}, {90}, {160}, {210}};
    rgb8 const inks = from_cmyk(200, 90, 160, 210);
    rgb8 const y = from_ycbcr(200, 90, 160);
    check(jpeg(four), inks);
    check(jpeg(four, {.before = adobe(0)}), inks);
    check(jpeg(four, {.before = adobe(2)}), from_cmyk(255 - y.r, 255 - y.g, 255 - y.b, 210));
    check(jpeg(four, {.before = jfif}), inks);
}

TEST_CASE("a JPEG without Huffman tables means the standard's", "[io]") {
    for (auto const& colors : {std::vector<component>{{31}}, {{200}, {90}, {160}}, {{200}, {90}, {160}, {255}}}) {
        auto const with = read_image<rgb8>(files::from_text(jpeg(colors)));
        auto const without = read_image<rgb8>(files::from_text(jpeg(colors, {.tables = false})));
        CHECK(files::same(with, without.view()));
    }
}

TEST_CASE("JPEG components of every whole ratio are read", "[io]") {
    for (int const h : {1, 2, 3, 4})
        for (int const v : {1, 2, 4})
            for (int const width : {16, 37}) {
                CAPTURE(h, v, width);
                check(jpeg({{200, 0, h, v}, {90}, {160}}, {.width = width, .height = 21}), from_ycbcr(200, 90, 160),
                      width, 21);
                check(jpeg({{200}, {90, 0, h, v}, {160}}, {.width = width, .height = 21}), from_ycbcr(200, 90, 160),
                      width, 21);
                check(jpeg({{77, 0, h, v}}, {.width = width, .height = 21}), {77, 77, 77}, width, 21);
            }
    CHECK_THAT(refusal(jpeg({{200, 0, 3, 1}, {90, 0, 2, 1}, {160}})),
               ContainsSubstring("2 x 1 samples beside one of 3 x 1, which is no whole ratio"));
}

TEST_CASE("the first picture of a JPEG file is read", "[io]") {
    std::string const second = jpeg({{10}}, {.width = 8, .height = 8});
    check(jpeg({{200}}, {.after = second}), {200, 200, 200});
    check(jpeg({{200}}, {.before = segment(0xE1, std::string("thumbnail") + second)}), {200, 200, 200});
    check(jpeg({{200}}, {.after = "anything"}), {200, 200, 200});
}

TEST_CASE("a JPEG that is not read is refused by the name of its feature", "[io]") {
    CHECK_THAT(refusal(jpeg({{1}}, {.frame = 0xC3})), ContainsSubstring("SOF3 (lossless)"));
    CHECK_THAT(refusal(jpeg({{1}}, {.frame = 0xC5})), ContainsSubstring("SOF5 (hierarchical)"));
    CHECK_THAT(refusal(jpeg({{1}}, {.frame = 0xC9})), ContainsSubstring("SOF9 (of arithmetic codes)"));
    CHECK_THAT(refusal(jpeg({{1}}, {.bits = 12})), ContainsSubstring("JPEG of 12 bits a channel"));
    CHECK_THAT(refusal(jpeg({{1}}, {.height = 0})), ContainsSubstring("its height behind the first scan (DNL)"));
    CHECK_THAT(refusal(jpeg({{1}, {2}})), ContainsSubstring("JPEG of 2 components"));
    CHECK_THAT(refusal(jpeg({{1}}, {.quantization = false})),
               ContainsSubstring("the JPEG quantization table 0, which the file does not define"));
    CHECK_THAT(refusal(jpeg({{1}}, {.tables = false, .frame = 0xC2})), ContainsSubstring("the Huffman table 0"));
}

TEST_CASE("the orientation of Exif data is told, and applied when asked for", "[io]") {
    auto const directory = [](bool little, int type, int value) {
        std::string const tail = little ? std::string{'\x0E', '\1', static_cast<char>(type),  '\0', '\1', '\0',
                                                      '\0',   '\0', static_cast<char>(value), '\0', '\0', '\0'}
                                        : std::string{'\1', '\x0E', '\0', static_cast<char>(type),  '\0', '\0',
                                                      '\0', '\1',   '\0', static_cast<char>(value), '\0', '\0'};
        std::string orientation = tail;
        orientation[little ? 0 : 1] = '\x12'; // 0x0112 behind 0x010E
        std::string const head =
            little ? std::string("II*\0\x08\0\0\0\2\0", 10) : std::string("MM\0*\0\0\0\x08\0\2", 10);
        return exif(head + tail + orientation);
    };
    for (int value = 1; value <= 8; ++value)
        for (bool const little : {false, true}) {
            auto const file =
                files::from_text(jpeg({{90}}, {.before = directory(little, 3, value), .width = 9, .height = 5}));
            CHECK(read_info(file).orientation == value);
            CHECK(read_image<std::uint8_t>(file).size() == extent{9, 5});
            CHECK(read_image<std::uint8_t>(file, "it", {}, orientation::upright).size() ==
                  (value < 5 ? extent{9, 5} : extent{5, 9}));
        }
    for (auto const& [type, value] : {std::pair{3, 0}, {3, 9}, {4, 6}})
        CHECK(read_info(files::from_text(jpeg({{90}}, {.before = directory(true, type, value)}))).orientation == 1);
    for (std::string const& broken : {std::string("II*\0\xFF\xFF\xFF\xFF", 8),
                                      std::string("II*\0\x08\0\0\0\xFF\xFF", 10), std::string("XX"), std::string()})
        CHECK(read_info(files::from_text(jpeg({{90}}, {.before = exif(broken)}))).orientation == 1);
}
