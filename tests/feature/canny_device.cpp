// SPDX-License-Identifier: BSL-1.0
// canny under a policy that takes over whole pipelines.
#include "plain_canny.hpp"
#include "support/device_policy.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("canny: the pixels are graded on a device, and the masks are made on its host", "[feature][canny]") {
    auto const in = test::random_levels<std::uint8_t>({131, 70}, 256, 9);
    int kernels = 0;
    CHECK(canny(test::device_policy{&kernels}, in, 300, 600) ==
          test::plain_canny<std::uint8_t>(in, 300, 600, 3, gradient_norm::l1).result);
    CHECK(kernels == 1);
}
