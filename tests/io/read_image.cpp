// SPDX-License-Identifier: BSL-1.0
#include "../support/data.hpp"
#include "files.hpp"

#include <quoin/io/read_image.hpp>
#include <quoin/io/read_info.hpp>
#include <quoin/io/write_image.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <chrono>
#include <cmath>
#include <utility>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;

namespace {

using u8 = std::uint8_t;
using u16 = std::uint16_t;

// 11 x 9 pixels by libjpeg: gray baseline, color progressive.
std::string const baseline_jpeg =
    "ffd8ffe000104a46494600010100000100010000ffdb0043000d090a0b0a080d0b0a0b0e0e0d0f13201513121213271c1e17"
    "202e2931302e292d2c333a4a3e333646372c2d405741464c4e525352323e5a615a50604a51524fffc0000b080009000b0101"
    "1100ffc4001f0000010501010101010100000000000000000102030405060708090a0bffc400b51000020103030204030505"
    "04040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a"
    "25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a8384858687"
    "88898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2"
    "e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffda0008010100003f00c5d3fc3f9c7c9fa56f47e1bf907c9fa569e97daba48f"
    "fd5afd2bffd9";
std::string const progressive_jpeg =
    "ffd8ffe000104a46494600010100000100010000ffdb0043000d090a0b0a080d0b0a0b0e0e0d0f13201513121213271c1e17"
    "202e2931302e292d2c333a4a3e333646372c2d405741464c4e525352323e5a615a50604a51524fffdb0043010e0e0e131113"
    "261515264f352d354f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f"
    "4f4f4f4f4f4f4f4fffc20011080009000b03012200021101031101ffc4001500010100000000000000000000000000000405"
    "ffc4001501010100000000000000000000000000000103ffda000c0301000210031000000113d34a07ffc400181000030101"
    "0000000000000000000000000001030431ffda00080101000105029e7166242e7fffc4001711000301000000000000000000"
    "0000000000020412ffda0008010301013f019a97c9ffc4001811000203000000000000000000000000000001032122ffda00"
    "08010201013f018f6acfffc40014100100000000000000000000000000000020ffda0008010100063f021fffc40018100002"
    "03000000000000000000000000000031102161ffda0008010100013f21c0a14107ffda000c030100020003000000103fffc4"
    "001511010100000000000000000000000000000001ffda0008010301013f1098ffc400161100030000000000000000000000"
    "000000000121ffda0008010201013f105a0fffc4001910010002030000000000000000000000000011c12141a1ffda000801"
    "0100013f10922ac1ab4703ffd9";

template <class P>
files::bytes file_of(std::string const& extension, index_t width, index_t height) {
    files::folder const folder;
    write_image(folder / ("a" + extension), files::random_image<P>(width, height, 11));
    return files::read(folder / ("a" + extension));
}

struct sample_file {
    char const* name;
    files::bytes bytes;
};

std::vector<sample_file> small_files() {
    std::vector<sample_file> all{
        {"gray PNG", file_of<u8>(".png", 7, 5)},
        {"rgba 16-bit PNG", file_of<rgba<u16>>(".png", 3, 3)},
        {"baseline JPEG", files::from_hex(baseline_jpeg)},
        {"progressive JPEG", files::from_hex(progressive_jpeg)},
        {"JPEG by stb", file_of<rgb8>(".jpg", 17, 9)},
        {"24-bit BMP", file_of<rgb8>(".bmp", 7, 5)},
        {"32-bit BMP", file_of<rgba8>(".bmp", 5, 3)},
        {"gray RLE TGA", file_of<u8>(".tga", 7, 5)},
        {"rgba RLE TGA", file_of<rgba8>(".tga", 7, 5)},
        {"P5", file_of<u8>(".pgm", 7, 5)},
        {"16-bit P6", file_of<rgb16>(".ppm", 7, 5)},
        {"P4", files::from_text("P4\n9 2\n\x81\x80\x42\x01")},
        {"P1", files::from_text("P1\n3 2\n101\n010")},
        {"P2", files::from_text("P2\n# comment\n2 2 200\n1 20\n200 0\n")},
        {"P3", files::from_text("P3 1 1 65535 1 20000 65535\n")},
    };
    // An uncompressed gray TGA of 5 x 3, rows upwards.
    std::string tga("\0\0\3\0\0\0\0\0\0\0\0\0\5\0\3\0\10\0", 18);
    for (char i = 0; i < 15; ++i) tga += static_cast<char>(7 * i);
    all.push_back({"raw TGA", files::from_text(tga)});
    return all;
}

/// The message of the io_error that reading throws, or "" when it does not throw.
template <class Bytes>
std::string refusal(Bytes const& bytes, read_limits limits = {}) {
    try {
        read_image<rgba<u16>>(std::span<std::byte const>(bytes), "it", limits);
        return "";
    } catch (io_error const& e) {
        return e.what();
    }
}

std::uint32_t crc_of(image<u8> const& image) {
    std::uint32_t crc = 0;
    for (index_t y = 0; y < image.height(); ++y)
        crc = detail::crc32(crc, image.view().row(y), static_cast<std::size_t>(image.width()));
    return crc;
}

} // namespace

TEST_CASE("conversions are those that file_pixel states", "[io]") {
    files::folder const folder;
    auto const path = folder / "a.png";
    auto const c8 = files::random_image<rgba8>(64, 64, 5);
    write_image(path, c8.view());
    auto const gray8 = read_image<u8>(path);
    auto const gray16 = read_image<u16>(path);
    auto const rgb16s = read_image<rgb16>(path);
    for (index_t y = 0; y < 64; ++y)
        for (index_t x = 0; x < 64; ++x) {
            rgba8 const p = c8(x, y);
            int const luminance = (9798 * p.r + 19235 * p.g + 3735 * p.b + 16384) >> 15;
            REQUIRE(gray8(x, y) == luminance);
            REQUIRE(gray16(x, y) == 257 * luminance);
            REQUIRE(rgb16s(x, y) == rgb16{u16(257 * p.r), u16(257 * p.g), u16(257 * p.b)});
        }

    auto const c16 = files::random_image<rgb16>(64, 64, 6);
    write_image(path, c16.view());
    auto const narrow = read_image<rgba8>(path);
    auto const luminance16 = read_image<u16>(path);
    auto const luminance8 = read_image<u8>(path);
    for (index_t y = 0; y < 64; ++y)
        for (index_t x = 0; x < 64; ++x) {
            rgb16 const p = c16(x, y);
            auto const round8 = [](int v) { return static_cast<u8>(std::lround(v / 257.0)); };
            auto const luminance = static_cast<int>(
                (std::int64_t{9798} * p.r + std::int64_t{19235} * p.g + std::int64_t{3735} * p.b + 16384) >> 15);
            REQUIRE(narrow(x, y) == rgba8{round8(p.r), round8(p.g), round8(p.b), 255});
            REQUIRE(luminance16(x, y) == luminance);
            REQUIRE(luminance8(x, y) == round8(luminance));
        }

    write_image(path, channel_of<0>(c8.view()));
    auto const replicated = read_image<rgba<u16>>(path);
    for (index_t x = 0; x < 64; ++x) {
        auto const v = static_cast<u16>(257 * c8(x, 3).r);
        REQUIRE(replicated(x, 3) == rgba<u16>{v, v, v, 65535});
    }
}

TEST_CASE("JPEG files are described as they are", "[io]") {
    CHECK(read_info(files::from_hex(baseline_jpeg)) == image_info{11, 9, 1, 8, 255, image_format::jpeg});
    CHECK(read_info(files::from_hex(progressive_jpeg)) == image_info{11, 9, 3, 8, 255, image_format::jpeg});
    CHECK_THROWS_WITH(read_info(files::from_hex("ffd8ffd9")), ContainsSubstring("ends before its pixels begin"));
}

TEST_CASE("a file cut short anywhere is refused", "[io]") {
    for (auto const& [name, bytes] : small_files()) {
        CAPTURE(name);
        REQUIRE(refusal(bytes) == "");
        // In a text the last number may end the file, so that it may have lost digits.
        std::size_t const text = std::string(name) == "P2" ? 2 : std::string(name) == "P3" ? 5 : 0;
        for (std::size_t length = 0; length < bytes.size() - text; ++length) {
            CAPTURE(length, bytes.size());
            CHECK_THAT(refusal(std::span(bytes).first(length)), ContainsSubstring("quoin::read_image: it: "));
        }
    }
}

TEST_CASE("a PNG with any bit flipped is refused", "[io]") {
    for (auto const& bytes : {file_of<u8>(".png", 7, 5), file_of<rgb16>(".png", 5, 3)})
        for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
            CAPTURE(bit, bytes.size());
            files::bytes flipped = bytes;
            flipped[bit / 8] ^= static_cast<std::byte>(1 << bit % 8);
            CHECK(refusal(flipped) != "");
        }
}

TEST_CASE("damage elsewhere ends in an image or an error, never in a crash", "[io]") {
    unsigned const seed = 20240501;
    CAPTURE(seed);
    std::mt19937 random(seed);
    int refused = 0;
    for (auto const& [name, bytes] : small_files())
        for (int round = 0; round < 400; ++round) {
            CAPTURE(name, round);
            files::bytes damaged = bytes;
            for (unsigned n = 1 + random() % 4; n > 0; --n)
                damaged[random() % damaged.size()] = static_cast<std::byte>(random());
            refused += refusal(damaged, {.max_pixels = 1 << 20, .max_bytes = 1 << 24}) != "";
        }
    CHECK(refused > 0);
}

TEST_CASE("headers that claim too much are refused at once", "[io]") {
    auto const start = std::chrono::steady_clock::now();
    std::string const side("\xFF\xFF\xFF\x7F", 4);
    // A 24-bit BMP of 2^31 - 1 a side, and of -2^31 rows.
    auto const bmp = [](std::string const& width, std::string const& height) {
        return files::from_text(std::string("BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", 18) + width + height +
                                std::string("\1\0\x18\0", 4) + std::string(1024, '\0'));
    };
    CHECK_THAT(refusal(bmp(side, side)), ContainsSubstring("truncated: 2147483647 rows take 6442450944 bytes each"));
    CHECK_THAT(refusal(bmp({"\1\0\0\0", 4}, {"\0\0\0\x80", 4})), ContainsSubstring("truncated: 2147483648 rows"));
    CHECK_THAT(refusal(bmp({"\1\0\0\0", 4}, {"\0\0\0\x80", 4}),
                       {.max_pixels = index_t{1} << 40, .max_bytes = index_t{1} << 40}),
               ContainsSubstring("truncated"));
    // 10000 x 10000 is within the limits; that it is not there is noticed after the bytes that are.
    CHECK_THAT(refusal(bmp({"\x10\x27\0\0", 4}, {"\x10\x27\0\0", 4})), ContainsSubstring("truncated"));

    // Run lengths may stand for any number of pixels.
    CHECK_THAT(refusal(files::from_text(std::string("\0\0\12\0\0\0\0\0\0\0\0\0\xFF\xFF\xFF\xFF\x18\0", 18))),
               ContainsSubstring("holds 65535 x 65535 pixels, but the limit is"));

    std::string ihdr("IHDR\x7F\xFF\xFF\xFF\x7F\xFF\xFF\xFF\x08\0\0\0\0", 17);
    std::uint32_t const crc = detail::crc32(0, ihdr.data(), ihdr.size());
    std::string png("\x89PNG\r\n\x1A\n\0\0\0\x0D", 12);
    png += ihdr;
    for (int shift = 24; shift >= 0; shift -= 8) png += static_cast<char>(crc >> shift);
    png += std::string("\x7F\xFF\xFF\xFFIDAT", 8);
    CHECK_THAT(refusal(files::from_text(png)), ContainsSubstring("holds 2147483647 x 2147483647 pixels"));

    CHECK_THAT(refusal(files::from_text("P5 2147483648 2147483647 255\n")), ContainsSubstring("more than can be"));
    CHECK_THAT(refusal(files::from_text("P5 99999999999999999999 1 255\n")), ContainsSubstring("at most"));
    CHECK_THAT(refusal(files::from_text("P6 200000000 200000000 65535\n")), ContainsSubstring("truncated"));

    auto jpeg = files::from_hex(baseline_jpeg);
    std::size_t const size_at = baseline_jpeg.find("ffc0000b08") / 2 + 5;
    for (std::size_t i = 0; i < 4; ++i) jpeg[size_at + i] = std::byte{0xFF};
    CHECK_THAT(refusal(jpeg), ContainsSubstring("holds 65535 x 65535 pixels, but the limit is"));
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
}

TEST_CASE("limits hold while decoding, too", "[io]") {
    auto const bytes = file_of<u8>(".png", 200, 100);
    CHECK(refusal(bytes, {.max_pixels = 20000}) == "");
    CHECK_THAT(refusal(bytes, {.max_pixels = 19999}),
               ContainsSubstring("holds 200 x 100 pixels, but the limit is 19999"));
    CHECK_THAT(refusal(bytes, {.max_bytes = 20000 * 9 - 1}), ContainsSubstring("limit is 179999 bytes"));
    CHECK_THAT(refusal(bytes, {.max_bytes = 20000 * 9}), ContainsSubstring("max_bytes"));
    CHECK(refusal(bytes, {.max_bytes = 20000 * 16}) == "");
}

TEST_CASE("what is no image says so", "[io]") {
    files::folder const folder;
    auto const message = [](std::filesystem::path const& path) -> std::string {
        try {
            read_image<u8>(path);
            return "";
        } catch (io_error const& e) {
            return e.what();
        }
    };
    auto const missing = folder / "missing.png";
    CHECK_THAT(message(missing), ContainsSubstring(missing.string()) && ContainsSubstring("No such file"));
    CHECK_THAT(message(folder.path()), ContainsSubstring("Is a directory"));
    files::write(folder / "empty.png", "");
    CHECK_THAT(message(folder / "empty.png"), ContainsSubstring("is empty; expected a PNG"));
    files::write(folder / "text.png", "no image");
    CHECK_THAT(message(folder / "text.png"), ContainsSubstring("starts with the bytes 6e 6f 20 69 6d 61 67 65"));
    for (auto const& [bytes, format] : {std::pair{"GIF89a and so on", "GIF"},
                                        {"RIFF\x9a\x03..WEBPVP8 ", "WebP"},
                                        {"....ftypavif....", "AVIF"},
                                        {"%PDF-1.7", "PDF"},
                                        {"<?xml version='1.0'?><svg>", "SVG"}}) {
        files::write(folder / "other.png", bytes);
        CHECK_THAT(message(folder / "other.png"), ContainsSubstring(std::string("is of the format ") + format + ","));
    }
    CHECK_THROWS_AS(read_info(missing), io_error);
}

TEST_CASE("JPEG segments that lie are refused before they are decoded", "[io]") {
    auto const jpeg = [](std::string const& hex) { return files::from_hex("ffd8" + hex + baseline_jpeg.substr(4)); };
    std::string many;
    for (int i = 0; i < 16; ++i) many += "ff";
    CHECK_THAT(refusal(jpeg("ffc4100300" + many + std::string(2 * 4080, '0'))),
               ContainsSubstring("table of 4080 codes"));
    CHECK_THAT(refusal(jpeg("ffc4001300" + std::string("05") + std::string(30, '0'))),
               ContainsSubstring("5 codes in 0"));
    CHECK_THAT(refusal(jpeg("ffc40005000000")), ContainsSubstring("3 bytes too many"));
    CHECK_THAT(refusal(jpeg("ffe10001")), ContainsSubstring("segment of 1 bytes"));
    CHECK_THAT(refusal(jpeg("ffc90011")), ContainsSubstring("SOF9"));
    CHECK(refusal(jpeg("ffe100040000")) == "");
}

TEST_CASE("a BMP's short palette is completed, and both headers are read", "[io]") {
    // 3 x 2 pixels of 8 bits, two colors in the file, one index (7) beyond them; rows upwards, padded to 4 bytes.
    std::string const pixels("\0\1\7\0\1\0\0\0", 8);
    std::string const modern = std::string("BM\0\0\0\0\0\0\0\0\x3E\0\0\0\x28\0\0\0\3\0\0\0\2\0\0\0\1\0\x08\0", 30) +
                               std::string(24, '\0') + std::string("\x10\x20\x30\0\x40\x50\x60\0", 8) + pixels;
    std::string const old = std::string("BM\0\0\0\0\0\0\0\0\x20\0\0\0\x0C\0\0\0\3\0\2\0\1\0\x08\0", 26) +
                            std::string("\x10\x20\x30\x40\x50\x60", 6) + pixels;
    for (auto const& text : {modern, old}) {
        auto const image = read_image<rgb8>(files::from_text(text));
        REQUIRE(image.size() == extent{3, 2});
        rgb8 const first{0x30, 0x20, 0x10};
        rgb8 const second{0x60, 0x50, 0x40};
        CHECK(image(0, 0) == second);
        CHECK(image(1, 0) == first);
        CHECK(image(0, 1) == first);
        CHECK(image(1, 1) == second);
        CHECK(image(2, 1) == rgb8{0, 0, 0});
        for (std::size_t length = 0; length < text.size(); ++length)
            CHECK(refusal(files::from_text(text.substr(0, length))) != "");
    }
}

TEST_CASE("the real images decode to the known pixels", "[io]") {
    for (char const* needed : {"chips/gcd_45nm_simed.png", "photos/coffee.png", "nuclei/img2d.pgm"})
        if (auto const why = test::missing(needed); !why.empty()) SKIP(why);
    auto const data = test::data_folder();
    struct known {
        char const* name;
        extent size;
        std::uint32_t crc;
    };
    // CRC-32 of the gray bytes as Pillow 9.4 decodes them.
    for (auto const& k : {known{"chips/CurvILT_mask1.png", {2048, 2048}, 0x7FD5AF86},
                          {"chips/CurvILT_mask3.png", {2048, 2048}, 0x43509D5A},
                          {"chips/CurvILT_resist1.png", {2048, 2048}, 0x2A7CBDD5},
                          {"chips/CurvILT_resist3.png", {2048, 2048}, 0x5F8B50BF},
                          {"chips/CurvILT_target1.png", {2048, 2048}, 0x266803F6},
                          {"chips/CurvILT_target3.png", {2048, 2048}, 0x60CBCA11},
                          {"chips/MOSAIC_test3.png", {2048, 2048}, 0x755AC632},
                          {"chips/gcd_45nm_origin.png", {3926, 3875}, 0x40C4C307},
                          {"chips/gcd_45nm_simed.png", {3926, 3875}, 0x20A1D669}}) {
        CAPTURE(k.name);
        CHECK(read_info(data / k.name) == image_info{k.size.width, k.size.height, 1, 8, 255, image_format::png});
        CHECK(crc_of(read_image<u8>(data / k.name)) == k.crc);
    }
    for (auto const& k : {known{"photos/astronaut.png", {512, 512}, 0xFDCAA55F},
                          {"photos/chelsea.png", {451, 300}, 0x0F829D59},
                          {"photos/coffee.png", {600, 400}, 0xACF41373}}) {
        CAPTURE(k.name);
        auto const image = read_image<rgb8>(data / k.name);
        REQUIRE(image.size() == k.size);
        std::uint32_t crc = 0;
        for (index_t y = 0; y < image.height(); ++y)
            crc = detail::crc32(crc, image.view().row(y), static_cast<std::size_t>(image.width()) * 3);
        CHECK(crc == k.crc);
    }
    CHECK(read_info(data / "photos/rocket.jpg") == image_info{640, 427, 3, 8, 255, image_format::jpeg});
    // The payload of the 16-bit files, big endian.
    for (auto const& k :
         {known{"nuclei/img2d.pgm", {512, 512}, 0x9FC32132}, {"nuclei/mask2d.pgm", {512, 512}, 0xED860090}}) {
        CAPTURE(k.name);
        auto image = read_image<u16>(data / k.name);
        REQUIRE(image.size() == k.size);
        std::uint32_t crc = 0;
        for (index_t y = 0; y < image.height(); ++y)
            for (index_t x = 0; x < image.width(); ++x) {
                unsigned char const bytes[2] = {static_cast<unsigned char>(image(x, y) >> 8),
                                                static_cast<unsigned char>(image(x, y) & 255)};
                crc = detail::crc32(crc, bytes, 2);
            }
        CHECK(crc == k.crc);
    }
}
