// SPDX-License-Identifier: BSL-1.0
// libpng and libjpeg-turbo beside stb: the same pixels of the same files. Empty without quoin::codecs.
#include <quoin/io/detail/decoders.hpp>
#if QUOIN_WITH_CODECS
#include "../support/data.hpp"
#include "files.hpp"

#include <quoin/io.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <array>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;

namespace {

constexpr index_t plenty = index_t{1} << 28;

/// All samples of a file, as bytes.
using samples = std::vector<unsigned char>;

struct gather {
    image_info info;
    samples& out;
    template <class T>
    void operator()(index_t, T const* row) const {
        auto const* bytes = reinterpret_cast<unsigned char const*>(row);
        out.insert(out.end(), bytes, bytes + info.width * info.channels * index_t{sizeof(T)});
    }
};

detail::input input_of(files::bytes const& file) {
    return {"quoin::test", file, "it"};
}

enum class decoder { stb, codecs, rows };

/// @returns the samples, or in `refusal` why there are none.
samples decode(files::bytes const& file, decoder by, std::string& refusal, index_t budget = plenty) {
    samples out;
    refusal.clear();
    try {
        auto in = input_of(file);
        image_info const info = detail::read_header(in, detail::recognize(in));
        in.rewind();
        if (by == decoder::rows) {
            detail::png_rows rows(in, budget);
            CHECK(rows.info() == info);
            detail::decode_rows(rows, gather{info, out});
            CHECK(in.at_end());
            return out;
        }
        auto verified = detail::verified_bytes(in, info, budget);
        if (by == decoder::stb) detail::decode_with_stb(in, info, verified, budget, gather{info, out});
        else if (!detail::decode_with_codecs(in, info, verified, budget, gather{info, out})) FAIL("only stb reads it");
    } catch (io_error const& e) {
        refusal = e.what();
        out.clear();
    }
    return out;
}

samples decode(files::bytes const& file, decoder by) {
    std::string refusal;
    samples const out = decode(file, by, refusal);
    CHECK(refusal == "");
    return out;
}

void put_number(std::string& out, std::uint32_t v) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(v >> shift);
}

std::string chunk(std::string const& type, std::string const& content) {
    std::string out;
    put_number(out, static_cast<std::uint32_t>(content.size()));
    out += type + content;
    put_number(out, detail::crc32(0, out.data() + 4, out.size() - 4));
    return out;
}

/// Bytes as a zlib stream that is not compressed.
std::string stored(std::string const& bytes) {
    std::string out = "\x78\x01";
    for (std::size_t at = 0; at < bytes.size();) {
        std::size_t const step = std::min<std::size_t>(bytes.size() - at, 65535);
        auto const low = static_cast<unsigned char>(step), high = static_cast<unsigned char>(step >> 8);
        out += {at + step == bytes.size() ? '\1' : '\0', static_cast<char>(low), static_cast<char>(high),
                static_cast<char>(~low), static_cast<char>(~high)};
        out += bytes.substr(at, step);
        at += step;
    }
    std::uint32_t low = 1, high = 0; // Adler's checksum, which not every build of libpng can be told to ignore
    for (char const byte : bytes) {
        low = (low + static_cast<unsigned char>(byte)) % 65521;
        high = (high + low) % 65521;
    }
    for (std::uint32_t const sum : {high, low}) out += {static_cast<char>(sum >> 8), static_cast<char>(sum)};
    return out;
}

struct png_kind {
    int color, depth;
    bool interlaced = false;
    std::string palette = {};
    std::string transparent = {};
};

std::size_t channels_of(int color) {
    constexpr std::array<std::size_t, 7> counts{1, 0, 3, 1, 2, 0, 4};
    return counts[static_cast<std::size_t>(color)];
}

/// A PNG of random samples and filters, its pixels in several chunks with another one between.
files::bytes random_png(png_kind const& kind, std::uint32_t width, std::uint32_t height, std::mt19937& random) {
    std::string pixels;
    auto const rows = [&](std::uint32_t w, std::uint32_t h) {
        if (w == 0) return;
        for (std::uint32_t y = 0; y < h; ++y) {
            pixels += static_cast<char>(random() % 5);
            std::size_t const bits = w * channels_of(kind.color) * static_cast<std::size_t>(kind.depth);
            // Small numbers, so that transparent colors occur.
            for (std::size_t i = 0; i < (bits + 7) / 8; ++i) pixels += static_cast<char>(random() % 3 ? 0 : random());
        }
    };
    if (!kind.interlaced) rows(width, height);
    constexpr std::uint32_t adam7[7][4] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
                                           {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
    for (auto const& [x, y, dx, dy] : adam7)
        if (kind.interlaced) rows((width + dx - 1 - x) / dx, (height + dy - 1 - y) / dy);
    std::string header;
    put_number(header, width);
    put_number(header, height);
    header += {static_cast<char>(kind.depth), static_cast<char>(kind.color), '\0', '\0', kind.interlaced ? '\1' : '\0'};
    std::string out = "\x89PNG\r\n\x1A\n" + chunk("IHDR", header) + chunk("gAMA", std::string("\0\0\1\0", 4));
    if (!kind.palette.empty()) out += chunk("PLTE", kind.palette);
    if (!kind.transparent.empty()) out += chunk("tRNS", kind.transparent);
    std::string const data = stored(pixels);
    std::size_t const part = random() % data.size();
    out += chunk("IDAT", data.substr(0, part)) + chunk("teXt", "between") + chunk("IDAT", "") +
           chunk("IDAT", data.substr(part)) + chunk("IEND", "");
    return files::from_text(out);
}

std::vector<png_kind> png_kinds() {
    std::vector<png_kind> all;
    std::string colors;
    for (int i = 0; i < 768; ++i) colors += static_cast<char>(i * 37 % 256);
    for (bool const interlaced : {false, true}) {
        for (int const depth : {1, 2, 4, 8, 16}) {
            all.push_back({0, depth, interlaced});
            for (int const key : {0, 1, 3, 257}) // of these bits, some do not count
                all.push_back({0, depth, interlaced, {}, {static_cast<char>(key >> 8), static_cast<char>(key)}});
            if (depth >= 8) {
                for (int const color : {2, 4, 6}) all.push_back({color, depth, interlaced});
                all.push_back({2, depth, interlaced, {}, std::string(6, '\0')});
                all.push_back({2, depth, interlaced, colors.substr(0, 30), std::string("\1\0\0\0\0\0", 6)});
            }
            if (depth > 8) continue;
            for (std::size_t const entries : {1u, 2u, 3u, 200u, 256u}) // fewer and more than the bits can tell
                for (std::size_t const alphas : {0u, 1u, 2u, 256u})
                    all.push_back({3, depth, interlaced, colors.substr(0, 3 * entries), colors.substr(0, alphas)});
        }
    }
    return all;
}

template <class P>
files::bytes file_of(std::string const& extension, image<P> const& image, write_options options = {}) {
    files::folder const folder;
    write_image(folder / ("a" + extension), image, options);
    return files::read(folder / ("a" + extension));
}

int largest_difference(samples const& a, samples const& b) {
    REQUIRE(a.size() == b.size());
    int most = 0;
    for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(a[i] - b[i]));
    return most;
}

} // namespace

TEST_CASE("every kind of PNG has the same samples by libpng, row by row, and by stb", "[io]") {
    unsigned const seed = 20261128;
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (png_kind const& kind : png_kinds())
        for (auto const& [width, height] : {std::pair{1u, 1u}, {5u, 3u}, {37u, 21u}}) {
            CAPTURE(kind.color, kind.depth, kind.interlaced, kind.palette.size(), kind.transparent.size(), width);
            auto const file = random_png(kind, width, height, random);
            samples const expected = decode(file, decoder::stb);
            CHECK(decode(file, decoder::codecs) == expected);
            CHECK(decode(file, decoder::rows) == expected);
        }
}

TEST_CASE("a damaged PNG is refused by all decoders, or by none", "[io]") {
    unsigned const seed = 20261129;
    CAPTURE(seed);
    std::mt19937 random(seed);
    auto const kinds = png_kinds();
    int refused = 0;
    for (int round = 0; round < 2000; ++round) {
        CAPTURE(round);
        png_kind const& kind = kinds[random() % kinds.size()];
        auto const file = random_png(kind, 1 + random() % 9, 1 + random() % 9, random);
        std::string text(reinterpret_cast<char const*>(file.data()), file.size());
        if (random() % 2) text.resize(random() % text.size());
        else text[random() % text.size()] = static_cast<char>(random());
        auto const damaged = files::from_text(text);
        std::string by_stb, by_codecs, by_rows;
        samples const expected = decode(damaged, decoder::stb, by_stb);
        CHECK(decode(damaged, decoder::codecs, by_codecs) == expected);
        CHECK(by_codecs == by_stb); // the walk over the chunks has refused it
        CHECK(decode(damaged, decoder::rows, by_rows) == expected);
        CHECK(by_rows.empty() == by_stb.empty());
        refused += !by_stb.empty();
    }
    CHECK(refused > 1000);
}

TEST_CASE("what is wrong within the pixels of a PNG is told by libpng", "[io]") {
    auto const png = [&](std::string const& data) {
        std::string header("\0\0\0\x10\0\0\0\x10\x08\0\0\0\0", 13);
        return files::from_text("\x89PNG\r\n\x1A\n" + chunk("IHDR", header) + chunk("IDAT", data) + chunk("IEND", ""));
    };
    std::string refusal;
    for (decoder const by : {decoder::codecs, decoder::rows}) {
        decode(png(stored(std::string(16 * 17, '\0'))), by, refusal);
        CHECK(refusal == "");
        for (std::string const& data : {stored(std::string(16 * 17 - 1, '\0')), stored(std::string(16 * 17, '\x09')),
                                        std::string("not zlib's"), std::string()}) {
            decode(png(data), by, refusal);
            CHECK_THAT(refusal, ContainsSubstring("quoin::test: it: is a damaged PNG: ") &&
                                    ContainsSubstring("; copy or download it again"));
        }
    }
}

TEST_CASE("PNG headers that lie are refused by their names", "[io]") {
    auto const refusal_of = [](std::string const& header, std::string const& more) {
        std::string refusal;
        decode(files::from_text("\x89PNG\r\n\x1A\n" + chunk("IHDR", header) + more + chunk("IDAT", "") +
                                chunk("IEND", "")),
               decoder::codecs, refusal);
        return refusal;
    };
    std::string const gray("\0\0\0\1\0\0\0\1\x08\0\0\0\0", 13);
    std::string const alpha("\0\0\0\1\0\0\0\1\x08\6\0\0\0", 13);
    std::string const paletted("\0\0\0\1\0\0\0\1\x08\3\0\0\0", 13);
    CHECK_THAT(refusal_of(std::string("\0\0\0\1\0\0\0\1\x08\0\1\2\3", 13), ""),
               ContainsSubstring("has the PNG compression 1, filter method 2 and interlacing 3"));
    CHECK_THAT(refusal_of(gray, chunk("tRNS", "abc")), ContainsSubstring("tRNS chunk of 3 bytes; expected 2"));
    CHECK_THAT(refusal_of(alpha, chunk("tRNS", "abcdef")), ContainsSubstring("beside alpha"));
    CHECK_THAT(refusal_of(paletted, chunk("tRNS", "abc") + chunk("PLTE", "abc")),
               ContainsSubstring("before its palette"));
    CHECK_THAT(refusal_of(gray, chunk("IDAT", "") + chunk("tRNS", "ab")),
               ContainsSubstring("second or misplaced chunk tRNS"));
}

TEST_CASE("libpng and libjpeg keep to the limit of memory", "[io]") {
    auto const photo = files::random_image<rgb8>(64, 48, 3);
    for (auto const& file : {file_of(".png", photo), file_of(".jpg", photo)}) {
        std::string refusal;
        for (index_t budget = 1; budget < plenty; budget *= 4) {
            CAPTURE(budget);
            if (!decode(file, decoder::codecs, refusal, budget).empty()) break;
            CHECK_THAT(refusal, ContainsSubstring("raise read_limits::max_bytes"));
        }
        CHECK(refusal == "");
    }
    std::mt19937 random(2);
    std::string refusal;
    CHECK(decode(random_png({6, 16, true}, 200, 200, random), decoder::rows, refusal, 200 * 200 * 8 - 1).empty());
    CHECK_THAT(refusal, ContainsSubstring("takes 320000 bytes to decode"));
}

TEST_CASE("libjpeg-turbo gives nearly stb's samples of a JPEG", "[io]") {
    image<rgb8> waves(121, 83);
    for (index_t y = 0; y < 83; ++y)
        for (index_t x = 0; x < 121; ++x)
            waves(x, y) = {static_cast<std::uint8_t>(127 + 120 * std::sin(0.1 * static_cast<double>(x))),
                           static_cast<std::uint8_t>(127 + 120 * std::sin(0.07 * static_cast<double>(y))),
                           static_cast<std::uint8_t>(127 + 120 * std::sin(0.05 * static_cast<double>(x + y)))};
    auto const full = file_of(".jpg", waves, {.jpeg_quality = 95});
    CHECK(largest_difference(decode(full, decoder::codecs), decode(full, decoder::stb)) <= 2);
    auto const half = file_of(".jpg", waves, {.jpeg_quality = 85});
    CHECK(largest_difference(decode(half, decoder::codecs), decode(half, decoder::stb)) <= 3);
    image<std::uint8_t> gray(40, 30);
    for (index_t y = 0; y < 30; ++y)
        for (index_t x = 0; x < 40; ++x) gray(x, y) = static_cast<std::uint8_t>(3 * x + 4 * y);
    auto const one = file_of(".jpg", gray);
    CHECK(read_info(one).channels == 1);
    CHECK(largest_difference(decode(one, decoder::codecs), decode(one, decoder::stb)) <= 1);
}

TEST_CASE("a JPEG that loses pixels is refused", "[io]") {
    auto file = file_of(".jpg", files::random_image<rgb8>(64, 48, 3));
    // Its last bytes of pixels are not there, but its end is.
    file.erase(file.end() - 300, file.end() - 2);
    std::string refusal;
    decode(file, decoder::codecs, refusal);
    CHECK_THAT(refusal, ContainsSubstring("it: is a damaged JPEG: ") && ContainsSubstring("copy or download it again"));
}

TEST_CASE("a full disk ends the encoders with an error and without a file", "[io]") {
    if (!std::filesystem::exists("/dev/full")) SKIP("there is no /dev/full");
    auto const photo = files::random_image<rgb8>(300, 200, 4);
    files::folder const folder;
    for (std::string const name : {"a.png", "a.jpg"}) {
        std::filesystem::create_symlink("/dev/full", folder / name);
        CHECK_THROWS_AS(write_image(folder / name, photo), io_error);
    }
}
#endif
