// SPDX-License-Identifier: BSL-1.0
#include <quoin/feature/good_features.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("good_features: the corners of squares", "[feature][good_features]") {
    image<std::uint8_t> in(120, 90);
    for (index_t y = 0; y < 90; ++y)
        for (index_t x = 0; x < 120; ++x) in(x, y) = x >= 30 && x < 70 && y >= 20 && y < 60 ? 200 : 20;
    auto const found = good_features(serial{}, in.view(), {.distance = 10});
    REQUIRE(found.size() == 4);
    for (double const x : {29.5, 69.5})
        for (double const y : {19.5, 59.5})
            CHECK(std::count_if(found.begin(), found.end(), [=](keypoint const& k) {
                      return std::abs(k.x - x) < 1 && std::abs(k.y - y) < 1;
                  }) == 1);
    for (auto const& policy : test::vector_policies())
        CHECK(good_features(policy, in.view(), {.distance = 10}) == found);
    CHECK_THROWS_AS(good_features(serial{}, in.view(), {.quality = 2}), invalid_argument);
}
