// SPDX-License-Identifier: BSL-1.0
#include "streamed.hpp"
#include "support/data.hpp"
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/io/read_image.hpp>
#include <quoin/rect/segment_stream.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

bit_image spiral(index_t side) {
    return masks::where(side, side, [&](index_t x, index_t y) {
        index_t const ring = std::min({x, y, side - 1 - x, side - 1 - y});
        bool const gap = x == ring && y == ring + 1; // from each ring inwards to the next
        return (ring % 2 == 0) != gap;
    });
}

} // namespace

TEST_CASE("segment_stream: equal to the whole mask for bands of every height", "[segment][stream]") {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        index_t const width = std::vector<index_t>{0, 1, 2, 63, 64, 65, 127, 128, 129, 30}[seed % 10];
        index_t const height = std::vector<index_t>{1, 2, 17, 33}[seed / 10 % 4];
        CAPTURE(seed, width, height);
        bit_image const m = seed % 3 == 0 ? masks::random_shapes(width, height, 60, seed)
                                          : masks::random(width, height, 0.2 + 0.01 * static_cast<double>(seed), seed);
        for (connectivity c : {connectivity::four, connectivity::eight})
            for (index_t band = 1; band <= height; ++band) {
                CAPTURE(band);
                REQUIRE(masks::stream_fault(serial{}, m, {band}, c) == "");
            }
    }
}

TEST_CASE("segment_stream: every mask of 4 x 4, row by row", "[segment][stream]") {
    for (std::uint64_t number = 0; number < 65536; ++number) {
        bit_image const m = masks::from_number(4, 4, number);
        for (connectivity c : {connectivity::four, connectivity::eight})
            if (auto const wrong = masks::stream_fault(serial{}, m, {1}, c); !wrong.empty())
                FAIL("mask " << number << ": " << wrong);
    }
}

TEST_CASE("segment_stream: parts that meet late", "[segment][stream]") {
    auto const comb = masks::where(129, 70, [](index_t x, index_t y) { return x % 2 == 0 || y == 69; });
    auto const tree = masks::where(128, 64, [](index_t x, index_t y) { // pairs of branches meet, then pairs of pairs
        index_t const level = y / 9;
        return y % 9 == 8 ? (x >> (level + 1)) % 2 == 0 || x % (index_t{2} << level) == 0
                          : x % (index_t{1} << level) == 0;
    });
    auto const rings =
        masks::where(101, 101, [](index_t x, index_t y) { return std::min({x, y, 100 - x, 100 - y}) % 2 == 0; });
    auto const checkers = masks::where(90, 60, [](index_t x, index_t y) { return (x + y) % 2 == 0; });
    auto const frame = masks::where(1000, 40, [](index_t x, index_t y) {
        return x == 0 || x == 999 || y == 0 || y == 39 || (x % 100 == 50 && y > 3);
    });
    for (bit_image const& m : {comb, tree, rings, checkers, frame, spiral(97), masks::transposed(comb),
                               masks::flipped(comb), masks::flipped(tree), masks::mirrored(spiral(98))})
        for (connectivity c : {connectivity::four, connectivity::eight})
            for (std::vector<index_t> const& heights :
                 {std::vector<index_t>{1}, {2}, {7}, {64}, {1000}, {1, 0, 5, 2, 31}})
                CHECK(masks::stream_fault(serial{}, m, heights, c) == "");
    CHECK(components(serial{}, spiral(97)).components.size() == 1);
}

TEST_CASE("segment_stream: the same under every policy", "[segment][stream]") {
    bit_image const m = masks::random(700, 300, 0.6, 11);
    for (connectivity c : {connectivity::four, connectivity::eight}) {
        CHECK(masks::stream_fault(test::backwards_policy{}, m, {130}, c) == "");
        for (int threads : {2, 5}) CHECK(masks::stream_fault(test::thread_policy{threads}, m, {130, 1}, c) == "");
    }
}

TEST_CASE("segment_stream: real layers", "[segment][stream][data]") {
    for (char const* name : {"gcd_45nm_simed", "CurvILT_mask1"}) {
        CAPTURE(name);
        std::filesystem::path const file = std::filesystem::path("chips") / (std::string(name) + ".png");
        if (auto const why = test::missing(file); !why.empty()) SKIP(why);
        auto const pixels = read_image<std::uint8_t>(test::data_folder() / file);
        auto const m =
            masks::where(pixels.width(), pixels.height(), [&](index_t x, index_t y) { return pixels(x, y) > 127; });
        CHECK(masks::stream_fault(serial{}, m, {100}, connectivity::four) == "");
        CHECK(masks::stream_fault(serial{}, m, {1}, connectivity::eight) == "");
    }
}

TEST_CASE("segment_stream: memory follows the width and what is open", "[segment][stream]") {
    // 100,000 x 3,000 pixels. Per 20 columns two bars that never end and one dot in every other row; a row of 50 joins
    // neighboring bars. Counts are known without an image.
    constexpr index_t width = 100000, height = 3000, columns = width / 20;
    struct counter {
        index_t rectangles = 0, joins = 0, components = 0, area = 0, cells = 0;
        void add_rectangle(index_t, rect const& box, index_t) { ++rectangles, cells += box.area(); }
        void join_parts(index_t, index_t) { ++joins; }
        void add_component(index_t, component const& c) { ++components, area += c.area; }
    } sink;
    segment_stream stream(width, sink);
    index_t most_rectangles = 0, most_parts = 0, pixels = 0;
    bit_image plain(width, 1), dots(width, 1), bridge(width, 1);
    for (index_t i = 0; i < columns; ++i)
        for (index_t x : {0, 1, 6, 7, 12}) {
            if (x < 12) plain.set(20 * i + x, 0);
            dots.set(20 * i + x, 0);
            bridge.set(20 * i + x, 0, x < 12);
        }
    for (index_t i = 0; i < columns; ++i)
        for (index_t x = 2; x < 6; ++x) bridge.set(20 * i + x, 0);
    for (index_t y = 0; y < height; ++y) {
        bit_image const& row = y % 50 == 49 ? bridge : y % 2 == 0 ? dots : plain;
        stream.push(serial{}, row);
        stream.flush(serial{});
        pixels += row.popcount();
        most_rectangles = std::max(most_rectangles, stream.open_rectangles());
        most_parts = std::max(most_parts, stream.open_parts());
    }
    stream.finish();
    CHECK(most_rectangles == 3 * columns);
    CHECK(most_parts <= 3 * columns);
    index_t const dot_rows = height / 2, bridges = height / 50;
    CHECK(sink.components == columns * (1 + dot_rows));
    CHECK(sink.joins == columns); // the two bars, once
    CHECK(sink.rectangles == columns * (dot_rows + 3 * bridges));
    CHECK(sink.area == pixels);
    CHECK(sink.cells == pixels);
    CHECK(stream.rows() == height);
}

TEST_CASE("segment_stream: low bands wait for each other", "[segment][stream]") {
    auto const m = masks::where(100, 200, [](index_t x, index_t y) { return x % 10 < 5 && y % 7 < 3; });
    masks::stream_collector sink;
    segment_stream stream(100, sink);
    for (index_t y = 0; y < 63; ++y) stream.push(serial{}, masks::cut_out(m, y, y + 1));
    CHECK((stream.rows() == 63 && stream.rectangles() == 0));
    stream.flush(serial{});
    CHECK((stream.rows() == 63 && stream.rectangles() == 90));
    stream.push(serial{}, masks::cut_out(m, 63, 130));
    CHECK((stream.rows() == 130 && stream.rectangles() == 190));
    stream.push(serial{}, masks::cut_out(m, 130, 190));
    stream.push(serial{}, masks::cut_out(m, 190, 200));
    CHECK((stream.rows() == 200 && stream.rectangles() == 280));
    stream.finish();
    CHECK((stream.rows() == 200 && stream.rectangles() == 290));
    CHECK(sink.result().first == rectangles(serial{}, m, run_merge(serial{}, m), components(serial{}, m)));
    CHECK(sink.fault.empty());
}

TEST_CASE("segment_stream: rows that cannot be are refused", "[segment][stream]") {
    masks::stream_collector sink;
    CHECK_THROWS_AS(segment_stream(-1, sink), invalid_argument);
    CHECK_THROWS_AS(segment_stream(index_t{1} << 31, sink), invalid_argument);
    segment_stream stream(5, sink);
    CHECK_THROWS_AS(stream.push(serial{}, bit_image(6, 1)), invalid_argument);
    stream.push(serial{}, bit_image(5, 0));
    stream.finish();
    stream.finish();
    CHECK(stream.rows() == 0);
    CHECK_THROWS_AS(stream.push(serial{}, bit_image(5, 1)), invalid_argument);
}
