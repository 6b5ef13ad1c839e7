// SPDX-License-Identifier: BSL-1.0
#include "files.hpp"

#include <quoin/io/gds_writer.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <cmath>
#include <limits>
#include <map>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;

namespace {

/// The records of a file, by the tables of the GDSII manual.
struct record {
    int kind = 0;
    std::string data;

    /// Number i of those with `size` bytes each.
    long long number(int i, int size) const {
        unsigned long long value = 0;
        for (int k = 0; k < size; ++k) value = value << 8 | static_cast<unsigned char>(data.at(i * size + k));
        int const unused = 64 - 8 * size;
        return static_cast<long long>(value << unused) >> unused;
    }
    double real(int i) const {
        double value = 0;
        for (int k = 1; k < 8; ++k) value += static_cast<unsigned char>(data.at(8 * i + k)) * std::pow(256.0, -k);
        return value * std::pow(16.0, (data.at(8 * i) & 127) - 64);
    }
};

std::vector<record> records_of(files::bytes const& file) {
    std::vector<record> all;
    for (std::size_t at = 0; at < file.size();) {
        auto const byte = [&](std::size_t i) { return std::to_integer<unsigned>(file.at(at + i)); };
        std::size_t const length = byte(0) << 8 | byte(1);
        REQUIRE(length >= 4);
        REQUIRE(length % 2 == 0);
        record r{static_cast<int>(byte(2)), {}};
        for (std::size_t i = 4; i < length; ++i) r.data += static_cast<char>(byte(i));
        all.push_back(r);
        at += length;
    }
    return all;
}

/// The kinds of records as hexadecimal digits.
std::string kinds(std::vector<record> const& all) {
    std::string text;
    for (record const& r : all)
        for (int const digit : {r.kind / 16, r.kind % 16}) text += "0123456789abcdef"[digit];
    return text;
}

std::uint64_t bits_of_unit(double unit) {
    files::folder const folder;
    gds_writer out(folder / "a.gds", {1, 1}, {.unit = unit});
    out.commit();
    record const units = records_of(files::read(folder / "a.gds")).at(3);
    CHECK(units.kind == 3);
    CHECK(units.real(1) == unit);
    CHECK(units.real(0) == unit / 1e-6);
    return static_cast<std::uint64_t>(units.number(1, 8));
}

} // namespace

TEST_CASE("gds_writer: a rectangle, record by record", "[io]") {
    files::folder const folder;
    gds_writer out(folder / "a.gds", {100, 50}, {.cell = "METAL", .layer = 7, .datatype = 300, .unit = 5e-9});
    out.write({3, 4, 20, 10});
    CHECK(folder.count() == 1);
    CHECK(!std::filesystem::exists(folder / "a.gds"));
    out.commit();

    auto const all = records_of(files::read(folder / "a.gds"));
    // HEADER BGNLIB LIBNAME UNITS BGNSTR STRNAME, BOUNDARY LAYER DATATYPE XY ENDEL, ENDSTR ENDLIB
    REQUIRE(kinds(all) == "000102030506"
                          "080d0e1011"
                          "0704");
    CHECK(all[0].number(0, 2) == 600);
    for (int const k : {1, 4}) {
        REQUIRE(all[k].data.size() == 24);
        for (int i = 0; i < 12; ++i) CHECK(all[k].number(i, 2) == std::array{1970, 1, 1, 0, 0, 0}[i % 6]);
    }
    CHECK(all[2].data == std::string("quoin\0", 6));
    CHECK(all[3].real(0) == 5e-3);
    CHECK(all[3].real(1) == 5e-9);
    CHECK(all[5].data == std::string("METAL\0", 6));
    CHECK(all[7].number(0, 2) == 7);
    CHECK(all[8].number(0, 2) == 300);
    REQUIRE(all[9].data.size() == 40);
    std::vector<long long> corners;
    for (int i = 0; i < 10; ++i) corners.push_back(all[9].number(i, 4));
    // The rows 4 to 13 from the top of 50.
    CHECK(corners == std::vector<long long>{3, 36, 23, 36, 23, 46, 3, 46, 3, 36});
}

TEST_CASE("gds_writer: 64 bytes a rectangle, coordinates to the end of their range", "[io]") {
    files::folder const folder;
    constexpr index_t most = std::numeric_limits<std::int32_t>::max();
    std::uintmax_t sizes[2];
    for (int const count : {0, 1}) {
        gds_writer out(folder / "a.gds", {most, most});
        for (int i = 0; i < 10 * count; ++i) out.write({most - 1, 0, 1, 1});
        out.commit();
        sizes[count] = std::filesystem::file_size(folder / "a.gds");
    }
    CHECK(sizes[1] - sizes[0] == 640);
    auto const all = records_of(files::read(folder / "a.gds"));
    CHECK(all.at(9).number(0, 4) == most - 1);
    CHECK(all.at(9).number(1, 4) == most - 1);
    CHECK(all.at(9).number(4, 4) == most);
    CHECK(all.at(9).number(5, 4) == most);
}

TEST_CASE("gds_writer: reals are exact", "[io]") {
    // As other programs write them.
    CHECK(bits_of_unit(1e-9) == 0x3944b82fa09b5a54);
    CHECK(bits_of_unit(1e-3) == 0x3e4189374bc6a7f0);
    CHECK(bits_of_unit(1) == 0x4110000000000000);
    // A fraction of 16 exactly, and the doubles beside it.
    for (double const power : {0.0625, std::ldexp(1.0, -28), std::ldexp(1.0, -29), std::ldexp(1.0, -31)})
        for (double const unit : {std::nextafter(power, 0), power, std::nextafter(power, 1)}) bits_of_unit(unit);
    CHECK(bits_of_unit(0.0625) == 0x4010000000000000);
    bits_of_unit(1e-15);
}

TEST_CASE("gds_writer: many cells, each placed once", "[io]") {
    files::folder const folder;
    for (index_t const count : {0, 1, 1000, 2500}) {
        CAPTURE(count);
        gds_writer out(folder / "a.gds", {3000, 1}, {.cell = "A", .cell_rectangles = 1000});
        for (index_t x = 0; x < count; ++x) out.write({x, 0, 1, 1});
        out.commit();
        std::map<std::string, int> rectangles;
        std::vector<std::string> placed;
        std::string cell;
        long long next = 0;
        auto const text = [](record const& r) { return std::string(r.data.c_str()); };
        for (record const& r : records_of(files::read(folder / "a.gds"))) {
            if (r.kind == 6) rectangles[cell = text(r)];
            if (r.kind == 8) ++rectangles[cell];
            if (r.kind == 18) placed.push_back(text(r));
            if (r.kind == 16 && r.data.size() == 40) CHECK(r.number(0, 4) == next++);
            if (r.kind == 16 && r.data.size() == 8) CHECK(r.data == std::string(8, '\0'));
        }
        CHECK(next == count);
        CHECK(cell == "A");
        std::map<std::string, int> expected{{"A", 0}};
        for (index_t i = 0; i * 1000 < count; ++i)
            expected["A_" + std::to_string(i)] = static_cast<int>(std::min<index_t>(1000, count - i * 1000));
        CHECK(rectangles == expected);
        expected.erase("A");
        CHECK(placed.size() == expected.size());
        for (std::string const& name : placed) CHECK(expected.erase(name) == 1);
    }
}

TEST_CASE("gds_writer: the same bytes into memory", "[io]") {
    files::folder const folder;
    for (index_t const split : {0, 1000}) {
        CAPTURE(split);
        gds_options const options{.cell = "A", .layer = 3, .unit = 2e-9, .cell_rectangles = split};
        std::string bytes = "before";
        gds_writer into = gds_writer::into(bytes, {3000, 9}, options);
        gds_writer out(folder / "a.gds", {3000, 9}, options);
        for (index_t x = 0; x < 2500; ++x)
            for (gds_writer* to : {&into, &out}) to->write({x, x % 9, 1, 1});
        into.commit();
        out.commit();
        std::string file = "before";
        for (std::byte const b : files::read(folder / "a.gds")) file += static_cast<char>(b);
        CHECK(bytes == file);
    }
    std::string bytes;
    CHECK_THROWS_AS(gds_writer::into(bytes, {0, 9}), invalid_argument);
    CHECK(bytes.empty());
}

TEST_CASE("gds_writer: what cannot be written is refused before a file is made", "[io]") {
    files::folder const folder;
    constexpr index_t most = std::numeric_limits<std::int32_t>::max();
    auto const refuses = [&](extent size, gds_options const& options, char const* part) {
        CHECK_THROWS_MATCHES(gds_writer(folder / "a.gds", size, options), invalid_argument,
                             MessageMatches(ContainsSubstring(part)));
        CHECK_THROWS_AS(gds_writer::check(size, options), invalid_argument);
        CHECK(folder.count() == 0);
    };
    refuses({0, 5}, {}, "0 x 5 pixels");
    refuses({most + 1, 5}, {}, "2147483648 x 5 pixels");
    refuses({5, most + 1}, {}, "to 2147483647 pixels");
    for (char const* name : {"", "two words", "a-b", "\xc3\xa4", "A23456789_B23456789_C23456789_D23"})
        refuses({5, 5}, {.cell = name}, "1 to 32");
    refuses({5, 5}, {.cell = "A23456789_B23456789_C2345", .cell_rectangles = 1000}, "1 to 24");
    refuses({5, 5}, {.layer = -1}, "layer -1");
    refuses({5, 5}, {.layer = 32768}, "layer 32768");
    refuses({5, 5}, {.datatype = 32768}, "datatype 32768");
    for (double const unit : {0.0, -1e-9, 9e-16, 1.5, std::numeric_limits<double>::quiet_NaN()})
        refuses({5, 5}, {.unit = unit}, "1e-15 to 1");
    for (index_t const count : {-1, 1, 999}) refuses({5, 5}, {.cell_rectangles = count}, "1000 or more");

    gds_writer out(folder / "a.gds", {5, 4});
    constexpr index_t far = std::numeric_limits<index_t>::max();
    for (rect const box : {rect{0, 0, 0, 1}, rect{0, 0, 1, 0}, rect{-1, 0, 2, 1}, rect{4, 0, 2, 1}, rect{0, 3, 1, 2},
                           rect{5, 0, 1, 1}, rect{2, 0, far, 1}, rect{far, far, far, far}})
        CHECK_THROWS_MATCHES(out.write(box), invalid_argument,
                             MessageMatches(ContainsSubstring("in an image of 5 x 4")));
    CHECK_THROWS_MATCHES(gds_writer(folder / "none/a.gds", {5, 4}), io_error,
                         MessageMatches(ContainsSubstring("none/a.gds")));
}
