// SPDX-License-Identifier: BSL-1.0
// Stages under mpi that need all rows of their input.
#include <quoin/mpi/mpi.hpp>

#include "mpi/mpi_support.hpp"

#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/morphology/area_open.hpp>
#include <quoin/geometry/warp_affine.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("mpi: stages that need all rows") {
    for (extent const size : {extent{67, 129}, extent{200, 3}}) {
        test::check_bands<std::uint8_t>(test::scalar_policies(), size, [](auto v) { return v | area_open(20); });
        test::check_bands<std::uint8_t>(test::scalar_policies(), size, [](auto v) {
            return v | gaussian3 | warp_affine({0.9, 0.3, 1.5, -0.3, 0.9, 2.5});
        });
    }
}
