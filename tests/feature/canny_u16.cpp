// SPDX-License-Identifier: BSL-1.0
// canny of 16-bit pixels.
#include "plain_canny.hpp"

#include <catch2/catch_test_macros.hpp>

TEST_CASE("canny: 16-bit pixels against plain loops, under every policy", "[feature][canny]") {
    CHECK(test::wrong_canny<std::uint16_t>() == "");
}
