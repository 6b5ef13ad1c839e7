// SPDX-License-Identifier: BSL-1.0
// sobel<5> against its kernels as they are written.
#include <quoin/filter/edge/sobel.hpp>

#include "lengths.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("sobel: 5 x 5", "[filter][sobel]") {
    std::vector<int> const first{-1, -2, 0, 2, 1}, smooth{1, 4, 6, 4, 1};
    auto const dx = test::plain_kernel::product(smooth, first), dy = test::plain_kernel::product(first, smooth);
    CHECK(test::wrong_length(sobel<5>, test::length_of(dx, dy, 16)) == "");
}
