// SPDX-License-Identifier: BSL-1.0
// wide_gaussian of other types than bytes and float.
#include "filter/linear/wide_distance.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::distance;

TEST_CASE("wide_gaussian: the other types", "[filter][wide_gaussian]") {
    CHECK(distance<std::uint16_t>(10, 10, {91, 67}, 65535, reflect_101) <= 0.05 * 257 + 0.5);
    CHECK(distance<std::int16_t>(10, 10, {91, 67}, -32768, reflect_101) <= 0.05 * 128 + 0.5);
    CHECK(distance<std::int32_t>(10, 10, {91, 67}, 255e4, reflect_101) <= 0.05e4 + 0.5);
    CHECK(distance<double>(10, 10, {91, 67}, 255, reflect_101) <= 0.05);
}
