// SPDX-License-Identifier: BSL-1.0
// laplacian<5> against its kernels as they are written.
#include <quoin/filter/edge/laplacian.hpp>

#include "lengths.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("laplacian: 5 x 5", "[filter][laplacian]") {
    CHECK(test::wrong_laplacian(laplacian<5>, test::laplacian_kernel({1, 0, -2, 0, 1}, {1, 4, 6, 4, 1})) == "");
}
