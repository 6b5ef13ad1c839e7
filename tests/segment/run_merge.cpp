// SPDX-License-Identifier: BSL-1.0
#include "masks.hpp"

#include <quoin/segment/run_merge.hpp>

#include <catch2/catch_test_macros.hpp>

#include <map>

using namespace quoin;

namespace {

std::vector<rectangle> merged(bit_image const& m) {
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

TEST_CASE("run_merge: golden sum over all masks of 4 x 4", "[segment][run_merge]") {
    std::size_t sum = 0;
    for (std::uint64_t number = 0; number < 1u << 16; ++number) sum += merged(masks::from_number(4, 4, number)).size();
    CHECK(sum == 287744);
}
