// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/edge/prewitt.hpp>

#include "lengths.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("prewitt: the length of both differences", "[filter][prewitt]") {
    test::plain_kernel const a{{{-1, 0, 1}, {-1, 0, 1}, {-1, 0, 1}}};
    test::plain_kernel const b{{{-1, -1, -1}, {0, 0, 0}, {1, 1, 1}}};
    CHECK(test::wrong_length(prewitt, test::length_of(a, b)) == "");
}
