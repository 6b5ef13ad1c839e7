// SPDX-License-Identifier: BSL-1.0
// canny of float pixels.
#include "plain_canny.hpp"

#include <catch2/catch_test_macros.hpp>

TEST_CASE("canny: float pixels against plain loops, under every policy", "[feature][canny]") {
    CHECK(test::wrong_canny<float>() == "");
}
