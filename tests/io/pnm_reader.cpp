// SPDX-License-Identifier: BSL-1.0
#include "files.hpp"

#include <quoin/io/pnm_reader.hpp>
#include <quoin/io/pnm_writer.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <cmath>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;

namespace {

using u8 = std::uint8_t;
using u16 = std::uint16_t;

template <class P>
image<P> all_of(std::string const& text) {
    auto const bytes = files::from_text(text);
    pnm_reader<P> in(bytes);
    image<P> result(in.size());
    in.read_rows(result.view());
    return result;
}

template <class P>
std::string refusal(std::string const& text) {
    try {
        all_of<P>(text);
        return "";
    } catch (io_error const& e) {
        return e.what();
    }
}

} // namespace

TEST_CASE("rows stream through a band", "[io]") {
    files::folder const folder;
    auto const path = folder / "a.pgm";
    index_t const width = 9001; // more than the reader converts at a time
    auto const whole = files::random_image<u16>(width, 23, 4);
    {
        pnm_writer<u16> out(path, width, 23);
        for (index_t y = 0; y < 23; y += 5)
            out.write_rows(subview(whole.view(), {0, y, width, std::min<index_t>(5, out.rows_left())}));
        CHECK(out.rows_left() == 0);
        out.commit();
    }
    pnm_reader<u16> in(path);
    CHECK(in.size() == extent{width, 23});
    CHECK(in.info() == image_info{width, 23, 1, 16, 65535, image_format::pnm});
    image<u16> band(width, 7);
    for (index_t y = 0; y < 23;) {
        index_t const rows = std::min<index_t>(7, in.rows_left());
        auto const part = subview(band.view(), {0, 0, width, rows});
        in.read_rows(part);
        REQUIRE(files::same(part, subview(whole.view(), {0, y, width, rows})));
        y += rows;
    }
    CHECK(in.rows_left() == 0);
    CHECK_THROWS_MATCHES(in.read_rows(band.view()), invalid_argument, MessageMatches(ContainsSubstring("0 rows")));
}

TEST_CASE("rows go into any view", "[io]") {
    std::string const text = "P3 2 2 255 1 2 3 4 5 6 7 8 9 10 11 12\n";
    auto const bytes = files::from_text(text);
    image<rgb8> upside(2, 2);
    pnm_reader<rgb8>(bytes).read_rows(flip_rows(upside.view()));
    CHECK(upside(0, 1) == rgb8{1, 2, 3});
    CHECK(upside(1, 0) == rgb8{10, 11, 12});
    planar_image<rgb8> planes(4, 4);
    pnm_reader<rgb8>(bytes).read_rows(subview(planes.view(), {1, 1, 2, 2}));
    CHECK(planes.view().load(2, 1) == rgb8{4, 5, 6});
    CHECK(planes.view().load(0, 0) == rgb8{0, 0, 0});
    image<rgb8> narrow(1, 2);
    CHECK_THROWS_AS(pnm_reader<rgb8>(bytes).read_rows(narrow.view()), invalid_argument);
}

TEST_CASE("all kinds of PNM are read", "[io]") {
    auto const bits = all_of<u8>("P1 3 2 1 0 1\n0#c\n10");
    CHECK(bits(0, 0) == 0);
    CHECK(bits(1, 0) == 255);
    CHECK(bits(1, 1) == 0);
    CHECK(bits(2, 1) == 255);
    auto const packed = all_of<u8>(std::string("P4\n10 2\n\x80\x40\x00\x80", 12));
    CHECK(packed(0, 0) == 0);
    CHECK(packed(1, 0) == 255);
    CHECK(packed(9, 0) == 0);
    CHECK(packed(8, 1) == 0);
    CHECK(packed(0, 1) == 255);
    CHECK(all_of<u16>("P2 #one\n2 # two\n1\n# three\n65535\n256 65535 ")(0, 0) == 256);
    CHECK(all_of<u8>("P5 2 1 255\nab")(1, 0) == 'b');
    CHECK(all_of<u16>("P5 1 1 65535\nab")(0, 0) == 'a' * 256 + 'b');
    CHECK(all_of<rgb8>("P6 1 1 255\nabc")(0, 0) == rgb8{'a', 'b', 'c'});
    CHECK(all_of<rgb16>("P6 1 1 300\n\1\2\1\3\1\4")(0, 0) == rgb16{258, 259, 260});
}

TEST_CASE("a PAM has its fields in any order, and up to four channels", "[io]") {
    auto const pam = [](std::string const& fields, std::string const& samples) {
        return "P7\n" + fields + "ENDHDR\n" + samples;
    };
    CHECK(all_of<rgba8>(pam("WIDTH 1\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\n", "abcd"))(0, 0) ==
          rgba8{'a', 'b', 'c', 'd'});
    CHECK(all_of<rgba8>(pam("# one\nMAXVAL 255\n\nDEPTH 2\nHEIGHT  1\r\nWIDTH\t1\n", "ab"))(0, 0) ==
          rgba8{'a', 'a', 'a', 'b'});
    CHECK(all_of<rgb8>(pam("WIDTH 1\nHEIGHT 1\nDEPTH 3\nMAXVAL 255\n", "abc"))(0, 0) == rgb8{'a', 'b', 'c'});
    CHECK(all_of<u16>(pam("WIDTH 1\nHEIGHT 1\nDEPTH 1\nMAXVAL 65535\n", "ab"))(0, 0) == 'a' * 256 + 'b');
    auto const two =
        all_of<u8>(pam("WIDTH 2\nHEIGHT 1\nDEPTH 1\nMAXVAL 1\nTUPLTYPE BLACKANDWHITE\n", std::string("\0\1", 2)));
    CHECK(two(0, 0) == 0);
    CHECK(two(1, 0) == 255);
    CHECK_THAT(refusal<u8>(pam("WIDTH 1\nHEIGHT 1\nDEPTH 5\nMAXVAL 255\n", "abcde")),
               ContainsSubstring("PAM of the depth 5"));
    CHECK_THAT(refusal<u8>(pam("WIDTH 1\nHEIGHT 1\nDEPTH 1\n", "a")), ContainsSubstring("(MAXVAL) 0"));
    CHECK_THAT(refusal<u8>(pam("WIDTH x\n", "a")), ContainsSubstring("the line \"WIDTH x\""));
    CHECK_THAT(refusal<u8>("P7\nWIDTH 1\n"), ContainsSubstring("ENDHDR"));
    CHECK_THAT(refusal<u8>(pam("WIDTH 2\nHEIGHT 1\nDEPTH 1\nMAXVAL 1\nTUPLTYPE BLACKANDWHITE\n", "\2\2")),
               ContainsSubstring("at most 1"));
}

TEST_CASE("the last number of a text may end the file, and no other", "[io]") {
    CHECK(all_of<u8>("P2 2 1 255\n12 22")(1, 0) == 22);
    CHECK(all_of<rgb8>("P3 1 1 255 1 2 3")(0, 0) == rgb8{1, 2, 3});
    CHECK_THAT(refusal<u8>("P2 2 1 255\n12"), ContainsSubstring("truncated"));
    CHECK_THAT(refusal<u8>("P2 2 1 255"), ContainsSubstring("white space after it"));
}

TEST_CASE("a PNM of another depth is scaled by its maxval", "[io]") {
    for (int const most : {1, 15, 100, 255, 256, 1000, 4095, 65534, 65535}) {
        std::string const text = "P2 65536 1 " + std::to_string(most) + "\n";
        std::string samples;
        for (int v = 0; v < 65536; ++v) samples += std::to_string(v % (most + 1)) + ' ';
        auto const bytes = all_of<u8>(text + samples);
        auto const words = all_of<u16>(text + samples);
        auto const floats = all_of<float>(text + samples);
        for (int x = 0; x < 65536; ++x) {
            int const v = x % (most + 1);
            auto const scaled = [&](double white) { return static_cast<int>(std::floor(v * white / most + 0.5)); };
            REQUIRE(bytes(x, 0) == (most <= 255 ? v : scaled(255)));
            REQUIRE(words(x, 0) == (most > 255 ? v : scaled(65535)));
            REQUIRE(floats(x, 0) == static_cast<float>(v));
        }
    }
    CHECK(all_of<rgba8>("P2 1 1 1000 500 ")(0, 0) == rgba8{128, 128, 128, 255});
}

TEST_CASE("samples stay as stored, and none may exceed maxval", "[io]") {
    CHECK(all_of<u8>("P2 2 1 15 15 3\n")(0, 0) == 15);
    CHECK(all_of<u16>("P2 2 1 1000 999 3\n")(0, 0) == 999);
    CHECK(all_of<u16>("P2 2 1 15 15 3\n")(0, 0) == 65535);
    CHECK_THAT(refusal<u8>("P2 2 1 15 16 3\n"), ContainsSubstring("at most 15"));
    CHECK_THAT(refusal<u8>("P5 2 1 100\nde"),
               ContainsSubstring("has the sample 101") && ContainsSubstring("at most 100"));
    CHECK_THAT(refusal<u16>("P5 1 1 300\n\2\1"), ContainsSubstring("has the sample 513"));
}

TEST_CASE("headers that make no sense are refused", "[io]") {
    CHECK_THAT(refusal<u8>("P8 1 1 255\na"), ContainsSubstring("P1 to P7"));
    CHECK_THAT(refusal<u8>("Q5 1 1 255\na"), ContainsSubstring("P1 to P7"));
    CHECK_THAT(refusal<u8>("P52 1 255\nab"), ContainsSubstring("no white space after P5"));
    CHECK_THAT(refusal<u8>("P5"), ContainsSubstring("no white space after P5"));
    CHECK_THAT(refusal<u8>("P5 -1 1 255\na"), ContainsSubstring("the width"));
    CHECK_THAT(refusal<u8>("P5 0 1 255\na"), ContainsSubstring("0 x 1"));
    CHECK_THAT(refusal<u8>("P5 1 1 0\na"), ContainsSubstring("maxval"));
    CHECK_THAT(refusal<u8>("P5 1 1 65536\na"), ContainsSubstring("at most 65535"));
    CHECK_THAT(refusal<u8>("P5 1 1x 255\na"), ContainsSubstring("the height 1 is followed by"));
    CHECK_THAT(refusal<u8>("P5 3 1 255\nab"),
               ContainsSubstring("take at least 3 bytes after the header, but 2 are there"));
    CHECK_THAT(refusal<u8>("P1 2 1 12"), ContainsSubstring("expected 0 or 1"));
}
