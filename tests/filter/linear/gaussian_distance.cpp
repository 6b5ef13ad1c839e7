// SPDX-License-Identifier: BSL-1.0
// How far gaussian is from the Gaussian that is not cut.
#include <quoin/filter/linear/gaussian.hpp>

#include "filter/linear/wide_distance.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::distance_of;

TEST_CASE("gaussian: is as near the Gaussian as it says", "[filter][gaussian]") {
    for (double sigma : {0.3, 0.75, 1.0, 1.3, 2.0, 2.7, 3.0, 3.01, 3.5, 4.0, 5.0, 5.7, 6.0}) {
        CAPTURE(sigma);
        CHECK(distance_of<float>(gaussian(sigma), sigma, sigma, {131, 83}, 255, reflect_101) <= 0.031);
        CHECK(distance_of<std::uint8_t>(gaussian(sigma), sigma, sigma, {131, 83}, 255, reflect_101) <=
              (sigma <= 3 ? 1.85 : 1.0));
    }
    CHECK(distance_of<float>(gaussian(4, 1.5), 4, 1.5, {91, 67}, 255, replicate) <= 0.031);
    CHECK(distance_of<std::int32_t>(gaussian(5), 5, 5, {91, 67}, 255000, reflect) <= 31);
    CHECK(distance_of<std::uint16_t>(gaussian(5), 5, 5, {91, 67}, 255, reflect) <= 3.34);
}
