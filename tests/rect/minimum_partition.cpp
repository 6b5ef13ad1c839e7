// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/mask_algorithms.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/rect/minimum_partition.hpp>
#include <quoin/rect/run_merge.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cmath>

using namespace quoin;

namespace {

std::vector<labeled_rect> fewest(bit_image const& m) {
    serial const p;
    auto const result = minimum_partition(p, m);
    REQUIRE(result.optimal);
    REQUIRE(result.gap == 0);
    return rectangles(p, m, result.cuts, components(p, m));
}

std::size_t merged(bit_image const& m) {
    return rectangles(serial{}, m, run_merge(serial{}, m), components(serial{}, m)).size();
}

bool meet(detail::chord const& across, detail::chord const& down) {
    return across.begin <= down.line && down.line <= across.end && down.begin <= across.line && across.line <= down.end;
}

/// The fewest rectangles as the formula has it, from counts of windows of 2 x 2 pixels, all pairs of chords, and a
/// matching by one augmenting path after the other.
index_t by_formula(bit_image const& m) {
    index_t convex = 0, concave = 0, diagonal = 0;
    auto const at = [&](index_t x, index_t y) {
        return x >= 0 && y >= 0 && x < m.width() && y < m.height() && m.get(x, y);
    };
    for (index_t y = 0; y <= m.height(); ++y)
        for (index_t x = 0; x <= m.width(); ++x) {
            int const set = at(x - 1, y - 1) + at(x, y - 1) + at(x - 1, y) + at(x, y);
            convex += set == 1;
            concave += set == 3;
            diagonal += set == 2 && at(x - 1, y - 1) == at(x, y);
        }
    auto const across = detail::horizontal_chords(serial{}, m);
    auto const down = detail::vertical_chords(serial{}, m);
    std::vector<std::vector<std::size_t>> on_line(static_cast<std::size_t>(m.width()));
    for (std::size_t v = 0; v < down.size(); ++v) on_line[static_cast<std::size_t>(down[v].line)].push_back(v);
    std::vector<std::vector<std::size_t>> conflicts(across.size());
    for (std::size_t h = 0; h < across.size(); ++h)
        for (index_t x = across[h].begin; x <= across[h].end && x < m.width(); ++x)
            for (std::size_t v : on_line[static_cast<std::size_t>(x)])
                if (meet(across[h], down[v])) conflicts[h].push_back(v);

    constexpr std::size_t none = ~std::size_t{0};
    std::vector<std::size_t> mate(down.size(), none), seen(down.size(), none);
    index_t matched = 0;
    struct place {
        std::size_t h, next;
    };
    std::vector<place> path;
    for (std::size_t root = 0; root < across.size(); ++root) {
        path.assign(1, {root, 0});
        while (!path.empty()) {
            auto& [h, next] = path.back();
            if (next == conflicts[h].size()) {
                path.pop_back();
                continue;
            }
            std::size_t const v = conflicts[h][next++];
            if (seen[v] == root) continue;
            seen[v] = root;
            if (mate[v] != none) {
                path.push_back({mate[v], 0});
                continue;
            }
            for (place const& step : path) mate[conflicts[step.h][step.next - 1]] = step.h;
            ++matched;
            break;
        }
    }
    index_t const kept = static_cast<index_t>(across.size() + down.size()) - matched;
    return concave - kept + (convex - concave + 2 * diagonal) / 4;
}

/// The sum of the counts over all masks of a size.
std::size_t sum_of_all(index_t width, index_t height) {
    std::size_t sum = 0;
    bit_image m(width, height);
    std::uint64_t const row = (std::uint64_t{1} << width) - 1;
    for (std::uint64_t number = 0; number >> (width * height) == 0; ++number) {
        for (index_t y = 0; y < height; ++y) *m.row(y) = number >> (y * width) & row;
        auto const cut = minimum_partition(serial{}, m);
        if (!cut.optimal) FAIL("not optimal: mask " << number);
        sum += rectangles(serial{}, m, cut.cuts, components(serial{}, m)).size();
    }
    return sum;
}

} // namespace

TEST_CASE("minimum_partition: brute force agrees on every mask of the small sizes", "[segment][minimum_partition]") {
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
            auto const cut = minimum_partition(serial{}, m);
            auto const list = rectangles(serial{}, m, cut.cuts, components(serial{}, m));
            bool const right =
                cut.optimal && static_cast<int>(list.size()) == best(number) && masks::fault(m, list).empty();
            if (!right) FAIL("mask " << number << ": " << list.size() << " rectangles. " << masks::fault(m, list));
            sum += list.size();
        }
        CHECK(sum == s.sum);
    }
}

TEST_CASE("minimum_partition: golden sums over all masks of larger sizes", "[segment][minimum_partition]") {
    CHECK(sum_of_all(3, 6) == 1223970);
#if !QUOIN_SANITIZED
    CHECK(sum_of_all(4, 5) == 5371796);
    CHECK(sum_of_all(10, 2) == 5424924);
#endif
}

TEST_CASE("minimum_partition: golden sums that take a minute", "[.slow][segment][minimum_partition]") {
    CHECK(sum_of_all(3, 7) == 11260344);
    CHECK(sum_of_all(4, 6) == 101367296);
}

TEST_CASE("minimum_partition: brute force agrees on random masks up to 8 x 7", "[segment][minimum_partition]") {
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

TEST_CASE("minimum_partition: adversaries and their counts", "[segment][minimum_partition]") {
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
        {"rings", masks::where(63, 63, [](index_t x, index_t y) { return std::min({x, y, 62 - x, 62 - y}) % 2 == 0; }),
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

TEST_CASE("minimum_partition: random pixels come out at the known rate", "[segment][minimum_partition]") {
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

TEST_CASE("minimum_partition: turned, mirrored and enlarged masks need as many; merging runs never fewer",
          "[segment][minimum_partition]") {
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

TEST_CASE("minimum_partition: copies far apart add up", "[segment][minimum_partition]") {
    bit_image const m = masks::random_shapes(90, 80, 50, 5);
    auto const four = masks::where(
        200, 200, [&](index_t x, index_t y) { return x % 100 < 90 && y % 100 < 80 && m.get(x % 100, y % 100); });
    CHECK(fewest(four).size() == 4 * fewest(m).size());
}

TEST_CASE("minimum_partition: stopped early it stays exact, and the gap is true", "[segment][minimum_partition]") {
    bool stopped = false;
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        CAPTURE(seed);
        bit_image const m = masks::random(150, 150, 0.6 + 0.03 * static_cast<double>(seed), seed);
        auto const map = components(serial{}, m);
        index_t const best = static_cast<index_t>(fewest(m).size());
        for (index_t phases : {0, 1, 2, 5}) {
            CAPTURE(phases);
            auto const cut = minimum_partition(serial{}, m, {.max_phases = phases});
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
                auto const threaded = minimum_partition(p, m, {.max_phases = phases});
                CHECK(threaded.gap == cut.gap);
                CHECK(rectangles(p, m, threaded.cuts, map) == list);
            }
        }
    }
    CHECK(stopped);
}

TEST_CASE("minimum_partition: dense noise within a budget of phases", "[segment][minimum_partition]") {
    for (double density : {0.7, 0.8, 0.9, 0.95})
        for (std::uint64_t seed = 1; seed <= (QUOIN_SANITIZED ? 1 : 2); ++seed) {
            CAPTURE(density, seed);
            bit_image const m = masks::random(400, 400, density, seed);
            auto const map = components(serial{}, m);
            auto const fewest_count = static_cast<index_t>(fewest(m).size());
            CHECK(fewest_count == by_formula(m));
            for (index_t phases : {0, 1, 3}) {
                CAPTURE(phases);
                minimum_options const budget{.max_phases = phases};
                auto const cut = minimum_partition(serial{}, m, budget);
                auto const list = rectangles(serial{}, m, cut.cuts, map);
                auto const count = static_cast<index_t>(list.size());
                CHECK(masks::fault(m, list) == "");
                CHECK(count - cut.gap <= fewest_count);
                CHECK(count >= fewest_count);
                CHECK(cut.optimal == (cut.gap == 0));
                if (phases == 0 && density >= 0.9) CHECK(!cut.optimal);
                if (phases == 3) CHECK(static_cast<double>(count) <= 1.005 * static_cast<double>(fewest_count));
                auto const same = [&](auto const& p) {
                    auto const other = minimum_partition(p, m, budget);
                    return other.gap == cut.gap && other.cuts.horizontal == cut.cuts.horizontal &&
                           other.cuts.vertical == cut.cuts.vertical;
                };
                CHECK(same(test::backwards_policy{}));
                for (int threads : {2, 5}) CHECK(same(test::thread_policy{threads}));
            }
        }
}

TEST_CASE("minimum_partition: a budget of time", "[segment][minimum_partition]") {
    bit_image const m = masks::random(400, 400, 0.9, 3);
    auto const map = components(serial{}, m);
    auto const count = [&](minimum_walls const& cut) {
        return static_cast<index_t>(rectangles(serial{}, m, cut.cuts, map).size());
    };
    auto const at_once = minimum_partition(serial{}, m, {.max_seconds = 0});
    auto const no_phase = minimum_partition(serial{}, m, {.max_phases = 0});
    CHECK(!at_once.optimal);
    CHECK(at_once.cuts.horizontal == no_phase.cuts.horizontal);
    CHECK(at_once.cuts.vertical == no_phase.cuts.vertical);
    CHECK(at_once.gap == no_phase.gap);
    auto const soon = minimum_partition(serial{}, m, {.max_seconds = 1e-3});
    auto const all = minimum_partition(serial{}, m, {.max_seconds = 3600});
    CHECK(all.optimal);
    CHECK(count(soon) - soon.gap <= count(all));
    CHECK(count(all) <= count(soon));
    CHECK(count(soon) <= count(at_once) + at_once.gap);
}

TEST_CASE("minimum_partition: discs, rings and ellipses", "[segment][minimum_partition]") {
    auto const rings = masks::where(500, 500, [](index_t x, index_t y) {
        index_t const d = (x - 250) * (x - 250) + (y - 250) * (y - 250);
        return d < 250 * 250 && d / 4000 % 2 == 0;
    });
    auto const ellipses = masks::where(700, 300, [](index_t x, index_t y) {
        index_t const u = x % 233 - 110, v = y % 150 - 75;
        return (u * u * 2 + v * v * 3 <= 20000 && u * u + v * v * 5 >= 2000) || (u + v) % 200 == 0;
    });
    auto const discs = masks::where(900, 260, [](index_t x, index_t y) {
        index_t const u = x % 128 - 64, v = y % 130 - 65;
        return u * u + v * v <= 63 * 63;
    });
    for (bit_image const& m : {rings, ellipses, discs}) {
        auto const list = fewest(m);
        CHECK(masks::fault(m, list) == "");
        CHECK(static_cast<index_t>(list.size()) == by_formula(m));
        CHECK(fewest(masks::transposed(m)).size() == list.size());
    }
}

TEST_CASE("minimum_partition: the conflicts are those of all pairs of chords", "[segment][minimum_partition]") {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        index_t const width = std::vector<index_t>{1, 2, 63, 64, 65, 129, 1300}[seed % 7];
        CAPTURE(seed, width);
        bit_image const m = seed % 2 == 0 ? masks::random(width, 90, 0.75 + 0.005 * static_cast<double>(seed), seed)
                                          : masks::random_shapes(width, 90, 100, seed);
        auto const across = detail::horizontal_chords(serial{}, m);
        auto const down = detail::vertical_chords(serial{}, m);
        auto const order = detail::order_along_chains(across, width, 64);
        auto const id = detail::inverse(detail::order_along_chains(down, m.height(), 16));
        std::vector<bool> seen(id.size());
        for (detail::chord_id i : id) seen[static_cast<std::size_t>(i)] = true;
        REQUIRE(std::find(seen.begin(), seen.end(), false) == seen.end());
        auto const found = detail::find_conflicts(across, down, m.size(), order, id);
        REQUIRE(found.size() == static_cast<index_t>(across.size()));
        for (detail::chord_id h = 0; h < found.size(); ++h) {
            detail::chord const& a = across[static_cast<std::size_t>(order[static_cast<std::size_t>(h)])];
            std::vector<detail::chord_id> expected, got;
            for (std::size_t v = 0; v < down.size(); ++v)
                if (meet(a, down[v])) expected.push_back(id[v]);
            found.for_each(h, [&](detail::chord_id v) { got.push_back(v); });
            std::sort(expected.begin(), expected.end());
            std::sort(got.begin(), got.end());
            REQUIRE(got == expected);
        }
    }
}

TEST_CASE("minimum_partition: budgets that cannot be are refused", "[segment][minimum_partition]") {
    CHECK_THROWS_AS(minimum_partition(serial{}, bit_image(2, 2), {.max_phases = -1}), invalid_argument);
    CHECK_THROWS_AS(minimum_partition(serial{}, bit_image(2, 2), {.max_seconds = -1}), invalid_argument);
    CHECK_THROWS_AS(minimum_partition(serial{}, bit_image(2, 2), {.max_seconds = std::nan("")}), invalid_argument);
    CHECK_THROWS_AS(minimum_partition(serial{}, bit_image(0, index_t{1} << 31)), invalid_argument);
}
