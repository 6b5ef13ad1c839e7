// SPDX-License-Identifier: BSL-1.0
// TIFF: what tiff_writer writes is read back, and so is what libtiff itself writes in every layout.
#include "files.hpp"

#include <quoin/io/detail/decoders.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#if QUOIN_WITH_TIFF

#include <quoin/io/image_reader.hpp>
#include <quoin/io/read_info.hpp>
#include <quoin/io/tiff_writer.hpp>

#include <algorithm>
#include <cmath>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;

namespace {

using u8 = std::uint8_t;
using u16 = std::uint16_t;
using u32 = std::uint32_t;

template <class P>
image<P> numbers(index_t width, index_t height, unsigned seed) {
    if constexpr (std::integral<channel_t<P>>) return files::random_image<P>(width, height, seed);
    std::mt19937 random(seed);
    image<P> result(width, height);
    for (index_t y = 0; y < height; ++y)
        for (index_t x = 0; x < width; ++x)
            result(x, y) = make_pixel<P>([&](auto) {
                return static_cast<channel_t<P>>(
                    std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 60) - 40));
            });
    return result;
}

/// How libtiff is asked to lay out a page.
struct layout {
    int bits = 8, channels = 1, photometric = PHOTOMETRIC_MINISBLACK;
    int compression = COMPRESSION_NONE;
    bool tiles = false, planes = false;
    int strip = 3;
    char const* mode = "w";
    int format = SAMPLEFORMAT_UINT;
    int orientation = 1;
};

constexpr int width = 53, height = 37;

/// Writes a page whose packed rows are given: of all channels, or where there are planes of one.
template <class Row>
void put_page(TIFF* t, layout const& l, Row const& row) {
    TIFFSetField(t, TIFFTAG_IMAGEWIDTH, width);
    TIFFSetField(t, TIFFTAG_IMAGELENGTH, height);
    TIFFSetField(t, TIFFTAG_BITSPERSAMPLE, l.bits);
    TIFFSetField(t, TIFFTAG_SAMPLESPERPIXEL, l.channels);
    TIFFSetField(t, TIFFTAG_SAMPLEFORMAT, l.format);
    TIFFSetField(t, TIFFTAG_PHOTOMETRIC, l.photometric);
    TIFFSetField(t, TIFFTAG_COMPRESSION, l.compression);
    TIFFSetField(t, TIFFTAG_ORIENTATION, l.orientation);
    TIFFSetField(t, TIFFTAG_PLANARCONFIG, l.planes ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG);
    int const colors = l.photometric == PHOTOMETRIC_RGB || l.photometric == PHOTOMETRIC_YCBCR ? 3 : 1;
    if (l.channels > colors) {
        std::vector<u16> const extra(static_cast<std::size_t>(l.channels - colors), EXTRASAMPLE_UNASSALPHA);
        TIFFSetField(t, TIFFTAG_EXTRASAMPLES, l.channels - colors, extra.data());
    }
    int const together = l.planes ? 1 : l.channels;
    if (l.tiles) {
        TIFFSetField(t, TIFFTAG_TILEWIDTH, 32);
        TIFFSetField(t, TIFFTAG_TILELENGTH, 16);
        for (int plane = 0; plane < (l.planes ? l.channels : 1); ++plane)
            for (int y = 0; y < height; y += 16)
                for (int x = 0; x < width; x += 32) {
                    std::string tile(static_cast<std::size_t>(TIFFTileSize(t)), '\x77');
                    auto const bytes = static_cast<std::size_t>(TIFFTileRowSize(t));
                    for (int r = 0; r < std::min(16, height - y); ++r) {
                        std::string const whole = row(y + r, plane);
                        auto const at = static_cast<std::size_t>(x * together * l.bits / 8);
                        tile.replace(static_cast<std::size_t>(r) * bytes, std::min(bytes, whole.size() - at),
                                     whole.substr(at, bytes));
                    }
                    TIFFWriteTile(t, tile.data(), static_cast<u32>(x), static_cast<u32>(y), 0, static_cast<u16>(plane));
                }
    } else {
        TIFFSetField(t, TIFFTAG_ROWSPERSTRIP, l.strip);
        for (int plane = 0; plane < (l.planes ? l.channels : 1); ++plane)
            for (int y = 0; y < height; ++y) {
                std::string line = row(y, plane);
                TIFFWriteScanline(t, line.data(), static_cast<u32>(y), static_cast<u16>(plane));
            }
    }
}

template <class Row>
void put(std::filesystem::path const& path, layout const& l, Row const& row) {
    TIFF* const t = TIFFOpen(path.string().c_str(), l.mode);
    put_page(t, l, row);
    TIFFClose(t);
}

template <class P>
std::string packed_row(image<P> const& pixels, int y, int plane, bool planes) {
    using T = channel_t<P>;
    std::string out;
    auto const* const samples = reinterpret_cast<T const*>(pixels.view().row(y));
    for (int i = 0; i < width * channels_v<P>; ++i)
        if (!planes || i % channels_v<P> == plane) out.append(reinterpret_cast<char const*>(samples + i), sizeof(T));
    return out;
}

/// The pixels are indices of colors.
void put_palette(std::filesystem::path const& path, u16 (&colors)[3][256], image<u8> const& index) {
    TIFF* const t = TIFFOpen(path.string().c_str(), "w");
    TIFFSetField(t, TIFFTAG_BITSPERSAMPLE, 8);
    TIFFSetField(t, TIFFTAG_COLORMAP, colors[0], colors[1], colors[2]);
    put_page(t, {.photometric = PHOTOMETRIC_PALETTE}, [&](int y, int) { return packed_row(index, y, 0, false); });
    TIFFClose(t);
}

/// A row of samples of any number of bits, the first bits of a byte first.
std::string packed_bits(image<u16> const& samples, int y, int bits) {
    std::string out(static_cast<std::size_t>((width * bits + 7) / 8), '\0');
    for (int i = 0; i < width * bits; ++i)
        if (samples(i / bits, y) >> (bits - 1 - i % bits) & 1)
            out[static_cast<std::size_t>(i / 8)] =
                static_cast<char>(out[static_cast<std::size_t>(i / 8)] | 0x80 >> i % 8);
    return out;
}

std::string refusal(std::filesystem::path const& path) {
    try {
        read_image<rgba<u16>>(path);
        return "";
    } catch (io_error const& e) {
        return e.what();
    }
}

} // namespace

TEMPLATE_TEST_CASE("a TIFF gives back the pixels, whole and in bands", "[io]", u8, u32, rgb16, rgba<float>) {
    using P = TestType;
    files::folder const folder;
    auto const path = folder / "a.tif";
    for (extent const size : {extent{1, 1}, {5, 1}, {1, 9}, {211, 137}, {30000, 3}})
        for (auto const compression : {tiff_compression::none, tiff_compression::lzw, tiff_compression::deflate}) {
            CAPTURE(size.width, size.height, int(compression));
            auto const pixels = numbers<P>(size.width, size.height, 5);
            {
                tiff_writer<P> out(path, size.width, size.height, compression);
                for (index_t y = 0; y < size.height; y += 10)
                    out.write_rows(subview(pixels.view(), {0, y, size.width, std::min<index_t>(10, out.rows_left())}));
                out.commit();
            }
            image_info const info = read_info(path);
            CHECK(info.size() == size);
            CHECK(info.bits == int{8 * sizeof(channel_t<P>)});
            CHECK(info.channels == channels_v<P>);
            CHECK(info.floating == std::floating_point<channel_t<P>>);
            CHECK(files::same(read_image<P>(path), pixels.view()));
            CHECK(files::same(read_image<P>(files::read(path)), pixels.view()));
            image_reader<P> in(path);
            for (index_t y = 0; y < size.height; y += 7) {
                image<P> band(size.width, std::min<index_t>(7, in.rows_left()));
                in.read_rows(band.view());
                REQUIRE(files::same(band, subview(pixels.view(), {0, y, size.width, band.height()})));
            }
            image<P> more(size.width, 1);
            CHECK_THROWS_AS(in.read_rows(more.view()), invalid_argument);
        }
    CHECK(folder.count() == 1);
    {
        tiff_writer<P> const forgotten(folder / "b.tif", 4, 4);
    }
    CHECK(folder.count() == 1);
}

TEMPLATE_TEST_CASE("a TIFF is read in every layout", "[io]", u16, float, rgb8) {
    using P = TestType;
    files::folder const folder;
    auto const path = folder / "a.tif";
    auto const pixels = numbers<P>(width, height, 6);
    for (bool const tiles : {false, true})
        for (bool const planes : {false, true})
            for (int const compression : {COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE})
                for (char const* mode : {"wl", "wb", "w8"})
                    for (int const strip : {1, 5, 100}) {
                        if (tiles && strip > 1) continue;
                        CAPTURE(tiles, planes, compression, mode, strip);
                        layout const l{.bits = 8 * sizeof(channel_t<P>),
                                       .channels = channels_v<P>,
                                       .photometric = channels_v<P> == 1 ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB,
                                       .compression = compression,
                                       .tiles = tiles,
                                       .planes = planes,
                                       .strip = strip,
                                       .mode = mode,
                                       .format =
                                           std::floating_point<channel_t<P>> ? SAMPLEFORMAT_IEEEFP : SAMPLEFORMAT_UINT};
                        put(path, l, [&](int y, int plane) { return packed_row(pixels, y, plane, planes); });
                        CHECK(files::same(read_image<P>(path), pixels.view()));
                    }
}

TEST_CASE("TIFF samples of 1 to 16 bits are read, and white may be 0", "[io]") {
    files::folder const folder;
    auto const path = folder / "a.tif";
    for (int const bits : {1, 2, 3, 4, 6, 8, 10, 12, 14, 16})
        for (bool const inverted : {false, true})
            for (bool const tiles : {false, true}) {
                CAPTURE(bits, inverted, tiles);
                int const most = (1 << bits) - 1;
                image<u16> samples(width, height);
                std::mt19937 random(7);
                for (int y = 0; y < height; ++y)
                    for (int x = 0; x < width; ++x)
                        samples(x, y) = static_cast<u16>(random() & static_cast<unsigned>(most));
                layout const l{.bits = bits,
                               .photometric = inverted ? PHOTOMETRIC_MINISWHITE : PHOTOMETRIC_MINISBLACK,
                               .tiles = tiles};
                if (bits == 16) {
                    put(path, l, [&](int y, int) { return packed_row(samples, y, 0, false); });
                } else {
                    put(path, l, [&](int y, int) { return packed_bits(samples, y, bits); });
                }
                CHECK(read_info(path).maxval == (bits < 8 ? 255 : most));
                auto const deep = read_image<u16>(path);
                auto const bytes = read_image<u8>(path);
                for (int y = 0; y < height; ++y)
                    for (int x = 0; x < width; ++x) {
                        int const v = inverted ? most - samples(x, y) : samples(x, y);
                        int const byte = static_cast<int>(std::floor(v * 255.0 / most + 0.5));
                        REQUIRE(bytes(x, y) == byte);
                        REQUIRE(deep(x, y) == (bits > 8 ? v : 257 * byte));
                    }
            }
}

TEST_CASE("TIFF palettes, alpha of gray, orientations and pages are read", "[io]") {
    files::folder const folder;
    auto const path = folder / "a.tif";
    auto const index = files::random_image<u8>(width, height, 8);
    u16 colors[3][256];
    std::mt19937 random(9);
    for (auto& channel : colors)
        for (u16& c : channel) c = static_cast<u16>(257 * (random() % 256));
    put_palette(path, colors, index);
    auto const read = read_image<rgb8>(path);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int c = 0; c < 3; ++c) REQUIRE(read.view().row(y)[3 * x + c] == colors[c][index(x, y)] / 257);

    auto const pairs = files::random_image<rgb8>(width, height, 10); // its first two channels
    put(path, {.channels = 2}, [&](int y, int) {
        std::string line;
        for (int x = 0; x < width; ++x) line += {static_cast<char>(pairs(x, y).r), static_cast<char>(pairs(x, y).g)};
        return line;
    });
    auto const with_alpha = read_image<rgba8>(path);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            rgb8 const p = pairs(x, y);
            REQUIRE(with_alpha(x, y) == rgba8{p.r, p.r, p.r, p.g});
        }

    put(path, {.orientation = 6}, [&](int y, int) { return packed_row(index, y, 0, false); });
    CHECK(read_info(path).orientation == 6);
    CHECK(read_image<u8>(path, {}, orientation::upright).size() == extent{height, width});

    TIFF* const pages = TIFFOpen(path.string().c_str(), "w");
    for (unsigned page = 0; page < 3; ++page) {
        auto const pixels = files::random_image<u8>(width, height, 20 + page);
        put_page(pages, {}, [&](int y, int) { return packed_row(pixels, y, 0, false); });
        TIFFWriteDirectory(pages);
    }
    TIFFClose(pages);
    for (unsigned page = 0; page < 3; ++page) {
        image_reader<u8> in(path, {}, page);
        CHECK(in.pages() == 3);
        image<u8> pixels(in.size());
        in.read_rows(pixels.view());
        auto const written = files::random_image<u8>(width, height, 20 + page);
        CHECK(files::same(pixels, written.view()));
    }
    CHECK_THROWS_WITH(image_reader<u8>(path, {}, 3), ContainsSubstring("has no page 3"));
    CHECK_THROWS_WITH(image_reader<u8>(files::from_text("P5 1 1 255\na"), "it", {}, 1),
                      ContainsSubstring("has no page 1"));
}

TEST_CASE("a TIFF's runs of PackBits may pass the ends of rows", "[io]") {
    files::folder const folder;
    auto const path = folder / "a.tif";
    constexpr int strip = 8;
    image<u8> pixels(width, height);
    TIFF* const t = TIFFOpen(path.string().c_str(), "w");
    put_page(t, {.compression = COMPRESSION_PACKBITS, .strip = strip},
             [](int, int) { return std::string(width, ' '); });
    std::mt19937 random(12);
    for (int top = 0; top < height; top += strip) {
        std::string runs;
        int const end = width * std::min(height, top + strip);
        for (int at = width * top; at < end;) {
            int const count = std::min(end - at, 1 + static_cast<int>(random() % 128));
            auto const value = static_cast<u8>(random());
            runs += {static_cast<char>(1 - count), static_cast<char>(value)};
            for (int const stop = at + count; at < stop; ++at) pixels(at % width, at / width) = value;
        }
        TIFFWriteRawStrip(t, static_cast<u32>(top / strip), runs.data(), static_cast<tmsize_t>(runs.size()));
    }
    TIFFClose(t);
    CHECK(files::same(read_image<u8>(path), pixels.view()));
    image_reader<u8> in(path);
    for (index_t y = 0; y < height; ++y) {
        image<u8> row(width, 1);
        in.read_rows(row.view());
        CHECK(files::same(row, subview(pixels.view(), {0, y, width, 1})));
    }
}

TEST_CASE("a TIFF's palette of bytes may be stored in three ways", "[io]") {
    files::folder const folder;
    auto const path = folder / "a.tif";
    auto const index = files::random_image<u8>(width, height, 13);
    for (int const factor : {1, 256, 257}) {
        CAPTURE(factor);
        u16 colors[3][256];
        for (int i = 0; i < 256; ++i)
            for (int c = 0; c < 3; ++c) colors[c][i] = static_cast<u16>((i * (2 * c + 1) & 255) * factor);
        put_palette(path, colors, index);
        auto const read = read_image<rgb8>(path);
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                for (int c = 0; c < 3; ++c)
                    REQUIRE(int{read.view().row(y)[3 * x + c]} == (index(x, y) * (2 * c + 1) & 255));
    }
}

TEST_CASE("a TIFF of JPEG colors is the same in bands", "[io]") {
    if (TIFFIsCODECConfigured(COMPRESSION_JPEG) == 0) SKIP("this libtiff has no JPEG");
    files::folder const folder;
    auto const path = folder / "a.tif";
    for (int const ratio : {1, 2})
        for (bool const tiles : {false, true}) {
            CAPTURE(ratio, tiles);
            TIFF* const t = TIFFOpen(path.string().c_str(), "w");
            TIFFSetField(t, TIFFTAG_COMPRESSION, COMPRESSION_JPEG);
            TIFFSetField(t, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
            TIFFSetField(t, TIFFTAG_YCBCRSUBSAMPLING, ratio, ratio);
            put_page(t,
                     {.channels = 3,
                      .photometric = PHOTOMETRIC_YCBCR,
                      .compression = COMPRESSION_JPEG,
                      .tiles = tiles,
                      .strip = 48},
                     [](int y, int) {
                         std::string row;
                         for (int x = 0; x < width; ++x)
                             row += {static_cast<char>(120 + x), static_cast<char>(60 + y), static_cast<char>(40)};
                         return row;
                     });
            TIFFClose(t);
            auto const whole = read_image<rgb8>(path);
            CHECK(std::abs(whole(20, 20).r - 140) < 9);
            CHECK(std::abs(whole(20, 20).b - 40) < 9);
            image_reader<rgb8> in(path);
            image<rgb8> band(in.size());
            in.read_rows(band.view());
            CHECK(files::same(band, whole.view()));
        }
}

TEST_CASE("a TIFF that speaks of alpha has none where its pixels have no sample for it", "[io]") {
    files::folder const folder;
    auto const path = folder / "a.tif";
    auto const pixels = files::random_image<u8>(width, height, 16);
    TIFF* const t = TIFFOpen(path.string().c_str(), "w");
    TIFFSetField(t, TIFFTAG_SAMPLESPERPIXEL, 1);
    u16 const alpha = EXTRASAMPLE_UNASSALPHA;
    REQUIRE(TIFFSetField(t, TIFFTAG_EXTRASAMPLES, 1, &alpha) == 1);
    put_page(t, {}, [&](int y, int) { return packed_row(pixels, y, 0, false); });
    TIFFClose(t);
    CHECK(read_info(path).channels == 1);
    CHECK(files::same(read_image<u8>(path), pixels.view()));
}

TEST_CASE("pages of a TIFF that lead back to the first end there", "[io]") {
    files::folder const folder;
    auto const path = folder / "a.tif";
    auto const pixels = files::random_image<u8>(width, height, 15);
    TIFF* const t = TIFFOpen(path.string().c_str(), "wl");
    for (int page = 0; page < 2; ++page) {
        put_page(t, {}, [&](int y, int) { return packed_row(pixels, y, 0, false); });
        TIFFWriteDirectory(t);
    }
    TIFFClose(t);
    auto file = files::read(path);
    auto const number = [&](std::size_t at, int bytes) {
        std::size_t value = 0;
        for (int i = bytes - 1; i >= 0; --i)
            value = 256 * value + std::to_integer<std::size_t>(file[at + static_cast<std::size_t>(i)]);
        return value;
    };
    auto const next_of = [&](std::size_t page) {
        return page + 2 + 12 * number(page, 2);
    }; // where the next one is told
    std::size_t const first = number(4, 4), second = number(next_of(first), 4);
    for (std::size_t i = 0; i < 4; ++i) file[next_of(second) + i] = file[4 + i];
    for (index_t page = 0; page < 6; ++page) {
        CAPTURE(page);
        if (page < 2) CHECK(image_reader<u8>(file, "it", {}, page).pages() == 2);
        else CHECK_THROWS_WITH(image_reader<u8>(file, "it", {}, page), ContainsSubstring("has no page"));
    }
}

TEST_CASE("a TIFF whose decoder loses pixels is refused", "[io]") {
    files::folder const folder;
    auto const path = folder / "a.tif";
    auto const black_and_white = [](int y, int) {
        std::string line;
        for (int x = 0; x < (width + 7) / 8; ++x) line += static_cast<char>(x * 37 + y * 11);
        return line;
    };
    put(path, {.bits = 1, .compression = COMPRESSION_CCITTFAX4, .strip = height}, black_and_white);
    auto damaged = files::read(path);
    CHECK_NOTHROW(read_image<u8>(damaged));
    for (std::size_t i = 40; i < 60; ++i) damaged[i] ^= std::byte{0x55};
    CHECK_THROWS_WITH(read_image<u8>(damaged), ContainsSubstring("is a TIFF that is damaged or ends early in its pix"));

    if (TIFFIsCODECConfigured(COMPRESSION_JPEG) == 0) SKIP("this libtiff has no JPEG");
    auto const pixels = files::random_image<u8>(width, height, 14);
    put(path, {.compression = COMPRESSION_JPEG, .strip = 48},
        [&](int y, int) { return packed_row(pixels, y, 0, false); });
    auto const jpeg = files::read(path);
    CHECK_NOTHROW(read_image<u8>(jpeg));
    auto const at = [&](std::string const& what) {
        auto const sought = files::from_text(what);
        auto const found = std::search(jpeg.begin(), jpeg.end(), sought.begin(), sought.end());
        REQUIRE(found != jpeg.end());
        return static_cast<std::size_t>(found - jpeg.begin());
    };
    damaged = jpeg;
    std::size_t const scan = at("\xFF\xDA");
    damaged[scan + 200] = std::byte{0xFF}; // a marker that ends the scan
    damaged[scan + 201] = std::byte{0xD9};
    CHECK_THROWS_WITH(read_image<u8>(damaged), ContainsSubstring("damaged or ends early in its pixels"));

    auto deep = jpeg;
    std::size_t const bits = at(std::string("\xFF\xC0\0\x0B", 4)) + 4;
    REQUIRE(deep[bits] == std::byte{8});
    deep[bits] = std::byte{16};
    CHECK_THROWS_WITH(read_image<u8>(deep),
                      ContainsSubstring("is a TIFF that the linked libtiff does not read (Unsup"));
}

TEST_CASE("a TIFF that is not read is refused by its name, and one cut short too", "[io]") {
    files::folder const folder;
    auto const path = folder / "a.tif";
    auto const row = [](int, int) { return std::string(4000, '\1'); };
    auto const with = [&](layout const& l) {
        put(path, l, row);
        return refusal(path);
    };
    CHECK_THAT(with({.channels = 5, .photometric = PHOTOMETRIC_SEPARATED}), ContainsSubstring("TIFF with inks (CMYK)"));
    CHECK_THAT(with({.bits = 64, .format = SAMPLEFORMAT_IEEEFP}), ContainsSubstring("64-bit floating-point numbers"));
    CHECK_THAT(with({.bits = 16, .format = SAMPLEFORMAT_INT}), ContainsSubstring("TIFF with signed integers"));
    CHECK_THAT(with({.bits = 24}), ContainsSubstring("TIFF with 24 bits a sample"));
    CHECK_THAT(with({.channels = 3, .photometric = PHOTOMETRIC_CIELAB}), ContainsSubstring("colors of the kind 8"));
    CHECK_THAT(with({.bits = 32, .format = SAMPLEFORMAT_IEEEFP}), ContainsSubstring("read it as float"));
    for (int const compression : {COMPRESSION_NONE, COMPRESSION_LZW})
        for (bool const tiles : {false, true}) {
            auto const pixels = files::random_image<u8>(width, height, 3);
            put(path, {.compression = compression, .tiles = tiles},
                [&](int y, int) { return packed_row(pixels, y, 0, false); });
            auto const whole = files::read(path);
            for (std::size_t length = 8; length < whole.size(); length += 13) {
                CAPTURE(compression, tiles, length, whole.size());
                CHECK_THROWS_AS(read_image<u8>(std::span(whole).first(length), "it"), io_error);
            }
            CHECK_THROWS_WITH(read_image<u8>(whole, "it", {.max_pixels = 100}), ContainsSubstring("limit is 100"));
        }
}

#else

TEST_CASE("TIFF files are refused where libtiff is not linked", "[io]") {
    SKIP("quoin::tiff is off");
}

#endif
