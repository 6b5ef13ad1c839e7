// SPDX-License-Identifier: BSL-1.0
// laplacian<7> against its kernels as they are written.
#include <quoin/filter/edge/laplacian.hpp>

#include "lengths.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("laplacian: 7 x 7, of which bytes saturate", "[filter][laplacian]") {
    CHECK(test::wrong_laplacian(laplacian<7>,
                                test::laplacian_kernel({1, 2, -1, -4, -1, 2, 1}, {1, 6, 15, 20, 15, 6, 1})) == "");
}
