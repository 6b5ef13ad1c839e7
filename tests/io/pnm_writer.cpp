// SPDX-License-Identifier: BSL-1.0
#include "files.hpp"

#include <quoin/io/pnm_writer.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;

TEST_CASE("the bytes are those of the format", "[io]") {
    files::folder const folder;
    image<rgb16> pixels(1, 2);
    pixels(0, 0) = {0x4142, 0x4344, 0x4546};
    pixels(0, 1) = {0x6162, 0x6364, 0x6566};
    pnm_writer<rgb16> out(folder / "a.ppm", 1, 2);
    out.write_rows(pixels.view());
    out.commit();
    CHECK(files::read(folder / "a.ppm") == files::from_text("P6\n1 2\n65535\nABCDEFabcdef"));

    image<std::uint8_t> gray(2, 2);
    gray(0, 0) = 'x';
    gray(1, 0) = gray(0, 1) = 'y';
    gray(1, 1) = 'z';
    pnm_writer<std::uint8_t> small(folder / "a.pgm", 2, 2);
    small.write_rows(flip_rows(gray.view()));
    small.commit();
    CHECK(files::read(folder / "a.pgm") == files::from_text("P5\n2 2\n255\nyzxy"));
}

TEST_CASE("an unfinished file does not appear", "[io]") {
    files::folder const folder;
    image<std::uint8_t> const rows(4, 2);
    {
        pnm_writer<std::uint8_t> out(folder / "a.pgm", 4, 3);
        out.write_rows(rows.view());
        CHECK(out.rows_left() == 1);
        CHECK_THROWS_MATCHES(out.commit(), invalid_argument,
                             MessageMatches(ContainsSubstring("1 of 3 rows are missing")));
        CHECK_THROWS_AS(out.write_rows(rows.view()), invalid_argument);
        image<std::uint8_t> const narrow(3, 1);
        CHECK_THROWS_AS(out.write_rows(narrow.view()), invalid_argument);
    }
    CHECK(folder.count() == 0);
    CHECK_THROWS_AS(pnm_writer<std::uint8_t>(folder / "b.pgm", 0, 3), invalid_argument);
    CHECK(folder.count() == 0);
}
