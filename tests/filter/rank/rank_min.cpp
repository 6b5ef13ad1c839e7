// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/rank/rank_min.hpp>

#include "support/functor.hpp"
#include "support/message.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("rank_min, rank_max: every type of channel equals the formula", "[filter][rank_min][rank_max]") {
    test::channel_types::each([]<class T>() {
        auto const end = [](bool greatest) {
            return [=](auto const& at, auto) {
                double v = at(0, 0);
                for (int j = -1; j <= 1; ++j)
                    for (int i = -2; i <= 1; ++i)
                        v = greatest ? std::max(v, static_cast<double>(at(i, j)))
                                     : std::min(v, static_cast<double>(at(i, j)));
                return v;
            };
        };
        CHECK(test::wrong_alone<T>(rank_min(4, 3), end(false), 0, {131, 7}) == "");
        CHECK(test::wrong_alone<T>(rank_max(4, 3), end(true), 0, {131, 7}) == "");
    });
}

TEST_CASE("rank_min, rank_max: sides that are refused", "[filter][rank_min][rank_max]") {
    CHECK(test::message([] { (void)rank_min(0); }) ==
          "quoin::rank_min: a rectangle of 0 x 0 pixels; give sides from 1 to 511");
    CHECK(test::message([] { (void)rank_max(3, 512); }) ==
          "quoin::rank_max: a rectangle of 3 x 512 pixels; give sides from 1 to 511");
}
