// SPDX-License-Identifier: BSL-1.0
#include "../support/thread_policy.hpp"
#include "masks.hpp"

#include <quoin/segment/minimum.hpp>
#include <quoin/segment/run_merge.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <policy Policy = serial>
std::vector<rectangle> fewest(bit_image const& m, Policy const& p = {}) {
    auto const result = minimum(p, m);
    REQUIRE(result.optimal);
    REQUIRE(result.gap == 0);
    return rectangles(p, m, result.cuts, components(p, m));
}

std::size_t merged(bit_image const& m) {
    return rectangles(serial{}, m, run_merge(serial{}, m), components(serial{}, m)).size();
}

/// The sum of the counts over all masks of a size.
std::size_t sum_of_all(index_t width, index_t height) {
    std::size_t sum = 0;
    bit_image m(width, height);
    std::uint64_t const row = (std::uint64_t{1} << width) - 1;
    for (std::uint64_t number = 0; number >> (width * height) == 0; ++number) {
        for (index_t y = 0; y < height; ++y) *m.row(y) = number >> (y * width) & row;
        auto const cut = minimum(serial{}, m);
        if (!cut.optimal) FAIL("not optimal: mask " << number);
        sum += rectangles(serial{}, m, cut.cuts, components(serial{}, m)).size();
    }
    return sum;
}

} // namespace

TEST_CASE("minimum: brute force agrees on every mask of the small sizes", "[segment][minimum]") {
    struct {
        index_t width, height;
        std::size_t sum;
    } const sizes[] = {{2, 2, 21}, {3, 3, 1306}, {4, 3, 13368}, {3, 4, 13368}, {4, 4, 275208}};
    for (auto const& s : sizes) {
        CAPTURE(s.width, s.height);
        masks::brute_force best(s.width, s.height);
        std::size_t sum = 0;
        for (std::uint64_t number = 0; number >> (s.width * s.height) == 0; ++number) {
            bit_image const m = masks::from_number(s.width, s.height, number);
            auto const cut = minimum(serial{}, m);
            auto const list = rectangles(serial{}, m, cut.cuts, components(serial{}, m));
            bool const right =
                cut.optimal && static_cast<int>(list.size()) == best(number) && masks::fault(m, list).empty();
            if (!right) FAIL("mask " << number << ": " << list.size() << " rectangles. " << masks::fault(m, list));
            sum += list.size();
        }
        CHECK(sum == s.sum);
    }
}

TEST_CASE("minimum: golden sums over all masks of larger sizes", "[segment][minimum]") {
    CHECK(sum_of_all(3, 6) == 1223970);
    CHECK(sum_of_all(4, 5) == 5371796);
    CHECK(sum_of_all(10, 2) == 5424924);
}

TEST_CASE("minimum: golden sums that take a minute", "[.slow][segment][minimum]") {
    CHECK(sum_of_all(3, 7) == 11260344);
    CHECK(sum_of_all(4, 6) == 101367296);
}

TEST_CASE("minimum: brute force agrees on random masks up to 8 x 7", "[segment][minimum]") {
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        index_t const width = 5 + static_cast<index_t>(seed % 4);
        index_t const height = 4 + static_cast<index_t>(seed / 4 % 4);
        double const density = 0.3 + 0.05 * static_cast<double>(seed / 16 % 12);
        CAPTURE(seed, width, height, density);
        bit_image const m = masks::random(width, height, density, seed);
        auto const list = fewest(m);
        REQUIRE(masks::fault(m, list) == "");
        REQUIRE(static_cast<int>(list.size()) == masks::brute_force(width, height)(masks::to_number(m)));
    }
}

TEST_CASE("minimum: adversaries and their counts", "[segment][minimum]") {
    struct adversary {
        char const* name;
        bit_image mask;
        std::size_t fewest;
        std::size_t merged; // 0: not stated
    };
    auto const comb = [](index_t x, index_t y) { return x % 2 == 0 || y == 0; };
    auto const spiral = [] {
        // A path that turns right wherever going on would touch itself, with gaps of one pixel.
        bit_image m(65, 65);
        index_t x = 0, y = 0, dx = 1, dy = 0;
        auto const set = [&](index_t u, index_t v) { return u >= 0 && v >= 0 && u < 65 && v < 65 && m.get(u, v); };
        auto const inside = [&](index_t u, index_t v) { return u >= 0 && v >= 0 && u < 65 && v < 65; };
        m.set(0, 0);
        for (int turns = 0; turns < 2;) {
            if (inside(x + dx, y + dy) && !set(x + 2 * dx, y + 2 * dy)) {
                x += dx, y += dy, turns = 0;
                m.set(x, y);
            } else {
                std::swap(dx, dy), dx = -dx, ++turns;
            }
        }
        return m;
    };
    auto const frame =
        masks::where(65535, 4, [](index_t x, index_t y) { return x == 0 || x == 65534 || y == 0 || y == 3; });
    adversary const list[] = {
        {"zeros", bit_image(64, 48), 0, 0},
        {"ones", masks::where(64, 48, [](index_t, index_t) { return true; }), 1, 1},
        {"checkerboard", masks::where(64, 64, [](index_t x, index_t y) { return (x + y) % 2 == 0; }), 2048, 2048},
        {"grid", masks::where(65, 65, [](index_t x, index_t y) { return x % 2 == 0 || y % 2 == 0; }), 1027, 1089},
        {"holes", masks::where(64, 64, [](index_t x, index_t y) { return x % 3 != 1 || y % 3 != 1; }), 444, 484},
        {"triangle", masks::where(64, 64, [](index_t x, index_t y) { return x <= y; }), 64, 64},
        {"band", masks::where(64, 64, [](index_t x, index_t y) { return std::abs(x - y) <= 3; }), 64, 64},
        {"diagonal", masks::where(64, 64, [](index_t x, index_t y) { return x == y; }), 64, 64},
        {"comb", masks::where(65, 64, comb), 34, 34},
        {"comb on its side", masks::transposed(masks::where(65, 64, comb)), 34, 65},
        {"rings",
         masks::where(63, 63,
                      [](index_t x, index_t y) {
                          return std::min({x, y, 62 - x, 62 - y}) % 2 == 0;
                      }),
         64, 0},
        {"spiral", spiral(), 65, 0},
        {"disc",
         masks::where(
             2048, 2048,
             [](index_t x, index_t y) { return (x - 1024) * (x - 1024) + (y - 1024) * (y - 1024) <= 1000 * 1000; }),
         1173, 0},
        {"dotted row", masks::where(65535, 1, [](index_t x, index_t) { return x % 2 == 1; }), 32767, 32767},
        {"dotted column", masks::where(1, 65535, [](index_t, index_t y) { return y % 2 == 1; }), 32767, 32767},
        {"frame", frame, 4, 4},
        {"two holes that touch in a corner", masks::picture({"####", "#.##", "##.#", "####"}), 6, 0},
    };
    for (adversary const& a : list) {
        CAPTURE(a.name);
        auto const found = fewest(a.mask);
        CHECK(found.size() == a.fewest);
        CHECK(masks::fault(a.mask, found) == "");
        CHECK(!masks::mergeable(found));
        if (a.merged > 0) CHECK(merged(a.mask) == a.merged);
    }
}

TEST_CASE("minimum: random pixels come out at the known rate", "[segment][minimum]") {
    auto const rate = [](std::size_t count, index_t side) {
        return static_cast<double>(count) / static_cast<double>(side * side);
    };
    auto const near = [](double value, double expected) { return std::abs(value / expected - 1) < 0.03; };
    bit_image const half = masks::random(512, 512, 0.5, 1);
    CHECK(near(rate(fewest(half).size(), 512), 0.2126));
    CHECK(near(rate(merged(half), 512), 0.2292));
    CHECK(near(rate(fewest(masks::random(500, 500, 0.9, 1)).size(), 500), 0.0895));
    CHECK(near(rate(fewest(masks::random(500, 500, 0.95, 1)).size(), 500), 0.0477));
}

TEST_CASE("minimum: turned, mirrored and enlarged masks need as many; merging runs never fewer", "[segment][minimum]") {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        CAPTURE(seed);
        index_t const width = std::vector<index_t>{1, 63, 64, 65, 127, 128, 129, 40}[seed % 8];
        bit_image const m =
            seed % 3 == 0 ? masks::random(width, 70, 0.7, seed) : masks::random_shapes(width, 70, 60, seed);
        auto const list = fewest(m);
        CHECK(masks::fault(m, list) == "");
        CHECK(!masks::mergeable(list));
        CHECK(fewest(masks::transposed(m)).size() == list.size());
        CHECK(fewest(masks::mirrored(m)).size() == list.size());
        CHECK(fewest(masks::flipped(m)).size() == list.size());
        CHECK(fewest(masks::enlarged(m, 3)).size() == list.size());
        CHECK(list.size() <= merged(m));
        CHECK(list.size() <= merged(masks::transposed(m)));
    }
}

TEST_CASE("minimum: copies far apart add up", "[segment][minimum]") {
    bit_image const m = masks::random_shapes(90, 80, 50, 5);
    auto const four = masks::where(
        200, 200, [&](index_t x, index_t y) { return x % 100 < 90 && y % 100 < 80 && m.get(x % 100, y % 100); });
    CHECK(fewest(four).size() == 4 * fewest(m).size());
}

TEST_CASE("minimum: stopped early it stays exact, and the gap is true", "[segment][minimum]") {
    bool stopped = false;
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        CAPTURE(seed);
        bit_image const m = masks::random(150, 150, 0.6 + 0.03 * static_cast<double>(seed), seed);
        auto const map = components(serial{}, m);
        index_t const best = static_cast<index_t>(fewest(m).size());
        for (index_t phases : {0, 1, 2, 5}) {
            CAPTURE(phases);
            auto const cut = minimum(serial{}, m, phases);
            auto const list = rectangles(serial{}, m, cut.cuts, map);
            index_t const count = static_cast<index_t>(list.size());
            CHECK(masks::fault(m, list) == "");
            CHECK(count >= best);
            CHECK(count - cut.gap <= best);
            CHECK(cut.optimal == (cut.gap == 0));
            if (cut.optimal) CHECK(count == best);
            stopped |= !cut.optimal;
            for (int threads : {2, 3}) {
                test::thread_policy const p{threads};
                auto const threaded = minimum(p, m, phases);
                CHECK(threaded.gap == cut.gap);
                CHECK(rectangles(p, m, threaded.cuts, map) == list);
            }
        }
    }
    CHECK(stopped);
}

TEST_CASE("minimum: a negative number of phases is refused", "[segment][minimum]") {
    CHECK_THROWS_AS(minimum(serial{}, bit_image(2, 2), -1), invalid_argument);
    CHECK_THROWS_AS(minimum(serial{}, bit_image(0, index_t{1} << 31)), invalid_argument);
}
