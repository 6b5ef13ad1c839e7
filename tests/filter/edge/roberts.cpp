// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/edge/roberts.hpp>

#include "lengths.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("roberts: the length of both differences", "[filter][roberts]") {
    test::plain_kernel const a{{{0, 0, 0}, {0, -1, 0}, {0, 0, 1}}};
    test::plain_kernel const b{{{0, 0, 0}, {0, 0, 1}, {0, -1, 0}}};
    CHECK(test::wrong_length(roberts, test::length_of(a, b)) == "");
}
