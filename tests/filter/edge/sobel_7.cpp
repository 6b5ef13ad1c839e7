// SPDX-License-Identifier: BSL-1.0
// sobel<7> against its kernels as they are written.
#include <quoin/filter/edge/sobel.hpp>

#include "lengths.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("sobel: 7 x 7", "[filter][sobel]") {
    std::vector<int> const first{-1, -4, -5, 0, 5, 4, 1}, smooth{1, 6, 15, 20, 15, 6, 1};
    auto const dx = test::plain_kernel::product(smooth, first), dy = test::plain_kernel::product(first, smooth);
    CHECK(test::wrong_length(sobel<7>, test::length_of(dx, dy, 256)) == "");
}
