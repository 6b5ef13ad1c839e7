// SPDX-License-Identifier: BSL-1.0
// sobel<5> and sobel<7> against the kernels as they are written.
#include <quoin/filter/edge/sobel.hpp>

#include "lengths.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {
std::vector<int> const first5{-1, -2, 0, 2, 1}, smooth5{1, 4, 6, 4, 1};
std::vector<int> const first7{-1, -4, -5, 0, 5, 4, 1}, smooth7{1, 6, 15, 20, 15, 6, 1};
} // namespace

TEST_CASE("sobel: 5 x 5", "[filter][sobel]") {
    auto const dx = test::plain_kernel::product(smooth5, first5), dy = test::plain_kernel::product(first5, smooth5);
    CHECK(test::wrong_length(detail::wide_sobel(sobel<5>), test::length_of(dx, dy, 16)) == "");
}

TEST_CASE("sobel: 7 x 7", "[filter][sobel]") {
    auto const dx = test::plain_kernel::product(smooth7, first7), dy = test::plain_kernel::product(first7, smooth7);
    CHECK(test::wrong_length(detail::wide_sobel(sobel<7>), test::length_of(dx, dy, 256)) == "");
}
