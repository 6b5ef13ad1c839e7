// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/mask/runs.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// Row by row, pixel by pixel.
std::vector<std::vector<pixel_run>> slow_runs(bit_image const& m) {
    std::vector<std::vector<pixel_run>> rows(static_cast<std::size_t>(m.height()));
    for (index_t y = 0; y < m.height(); ++y)
        for (index_t x = 0; x < m.width(); ++x) {
            if (!m.get(x, y)) continue;
            auto& row = rows[static_cast<std::size_t>(y)];
            if (x == 0 || !m.get(x - 1, y)) row.push_back({static_cast<std::int32_t>(x), 0});
            row.back().end = static_cast<std::int32_t>(x + 1);
        }
    return rows;
}

} // namespace

TEST_CASE("runs: equal to a loop over the pixels, at every width around a word", "[segment][runs]") {
    for (index_t width : {0, 1, 2, 63, 64, 65, 127, 128, 129, 300})
        for (double density : {0.0, 0.1, 0.5, 0.9, 1.0}) {
            CAPTURE(width, density);
            bit_image const m = masks::random(width, 130, density, 7);
            auto const expected = slow_runs(m);
            run_list const found = runs(serial{}, m);
            REQUIRE(found.height() == 130);
            index_t total = 0;
            for (index_t y = 0; y < 130; ++y) {
                auto const row = found.row(y);
                auto const& plain = expected[static_cast<std::size_t>(y)];
                REQUIRE(std::equal(row.begin(), row.end(), plain.begin(), plain.end()));
                total += static_cast<index_t>(plain.size());
            }
            CHECK(found.size() == total);
            run_list const threaded = runs(test::thread_policy{3}, m);
            CHECK((threaded.all == found.all && threaded.first == found.first));
        }
}

TEST_CASE("runs: a mask without rows has none", "[segment][runs]") {
    run_list const none = runs(serial{}, bit_image(5, 0));
    CHECK(none.height() == 0);
    CHECK(none.size() == 0);
}

TEST_CASE("runs: a mask too wide for its columns is refused", "[segment][runs]") {
    CHECK_THROWS_AS(runs(serial{}, bit_image(index_t{1} << 31, 0)), invalid_argument);
}
