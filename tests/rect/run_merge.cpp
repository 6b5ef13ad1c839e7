// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/rect/detail/merged_runs.hpp>
#include <quoin/rect/run_merge.hpp>

#include <catch2/catch_test_macros.hpp>

#include <map>

using namespace quoin;

namespace {

std::vector<labeled_rect> merged(bit_image const& m) {
    return rectangles(serial{}, m, run_merge(serial{}, m), components(serial{}, m));
}

/// A loop over the runs of the rows: a run that the row above has too makes that one's rectangle higher.
std::vector<rect> slow(bit_image const& m) {
    std::vector<rect> done;
    std::map<std::pair<index_t, index_t>, std::size_t> above;
    for (index_t y = 0; y < m.height(); ++y) {
        std::map<std::pair<index_t, index_t>, std::size_t> here;
        for (index_t x = 0; x < m.width();) {
            index_t end = x;
            while (end < m.width() && m.get(end, y)) ++end;
            if (end > x) {
                if (auto const known = above.find({x, end}); known != above.end()) {
                    here[{x, end}] = known->second;
                    ++done[known->second].height;
                } else {
                    here[{x, end}] = done.size();
                    done.push_back({x, y, end - x, 1});
                }
            }
            x = end + 1;
        }
        above = std::move(here);
    }
    return done;
}

void check(bit_image const& m) {
    auto const list = merged(m);
    auto const expected = slow(m);
    REQUIRE(list.size() == expected.size());
    for (std::size_t i = 0; i < list.size(); ++i) REQUIRE(list[i].box == expected[i]);
    REQUIRE(masks::fault(m, list) == "");

    // In one pass, whatever the strips and in whatever order they come.
    auto const parts = components(serial{}, m).components;
    auto const one_pass = [&](auto const& policy, index_t strip) {
        std::vector<labeled_rect> found;
        std::vector<component> of;
        detail::merge_memory scratch;
        detail::merge_runs(policy, m, detail::strips_of(m.width(), 0, m.height(), strip), connectivity::four, found, of,
                           scratch);
        return found == list && of == parts;
    };
    for (index_t strip : {1, 2, 7, 64, 1000}) REQUIRE(one_pass(serial{}, strip));
    REQUIRE(one_pass(test::backwards_policy{}, 5));
    REQUIRE(one_pass(test::thread_policy{2}, 9));
}

} // namespace

TEST_CASE("run_merge: equal to a loop over the runs", "[segment][run_merge]") {
    std::uint64_t seed = 0;
    for (index_t width : {0, 1, 2, 63, 64, 65, 127, 128, 129, 200})
        for (double density : {0.0, 0.1, 0.5, 0.9, 0.99, 1.0}) {
            CAPTURE(width, density, ++seed);
            check(masks::random(width, 140, density, seed));
        }
    for (seed = 0; seed < 40; ++seed) {
        CAPTURE(seed);
        check(masks::random_shapes(300, 90, 90, seed));
    }
}

TEST_CASE("run_merge: runs that change beyond a word boundary", "[segment][run_merge]") {
    // One row differs from the other in a single pixel: every position, for a run over three words.
    for (index_t at = 0; at < 192; ++at) {
        CAPTURE(at);
        for (bool upper : {false, true}) {
            auto m = masks::where(192, 2, [](index_t x, index_t) { return x > 2 && x < 189; });
            m.set(at, upper ? 0 : 1, !m.get(at, 0));
            check(m);
        }
    }
}

TEST_CASE("run_merge: rectangles over many strips", "[segment][run_merge]") {
    // Bars that begin and end anywhere, some over the whole height, some in step with the strips.
    check(masks::where(300, 200, [](index_t x, index_t y) { return x % 4 != 3 && y >= x % 67 && y < 200 - x % 41; }));
    check(masks::where(130, 200, [](index_t x, index_t y) { return x % 3 == 0 || y % 64 == 63; }));
    check(masks::where(64, 200, [](index_t x, index_t y) { return x % 2 == 0 && y / 64 % 2 == 0; }));
    check(masks::where(64, 200, [](index_t, index_t) { return true; }));
    check(masks::where(1, 200, [](index_t, index_t y) { return y % 9 != 0; }));
}

TEST_CASE("run_merge: rows with many more runs than their neighbor", "[segment][run_merge]") {
    // Ten times 100 bars of eight columns, each with single pixels above or below it.
    for (bool bars_above : {false, true}) {
        auto const m = masks::where(900, 40, [&](index_t x, index_t y) {
            return y % 4 < 2 && x % 9 != 8 && ((y % 4 == 0) == bars_above || x % 2 == 0);
        });
        CAPTURE(bars_above);
        check(m);
        CHECK(components(serial{}, m).components.size() == 1000);
    }
}

TEST_CASE("run_merge: golden sum over all masks of 4 x 4", "[segment][run_merge]") {
    std::size_t sum = 0;
    for (std::uint64_t number = 0; number < 1u << 16; ++number) sum += merged(masks::from_number(4, 4, number)).size();
    CHECK(sum == 287744);
}
