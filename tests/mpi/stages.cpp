// SPDX-License-Identifier: BSL-1.0
// Chains under mpi that change the extent and the order of rows, or filter the columns first.
#include <quoin/mpi/mpi.hpp>

#include "mpi/mpi_support.hpp"

#include <quoin/filter/linear/box.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/linear/wide_gaussian.hpp>
#include <quoin/filter/rank/median.hpp>
#include <quoin/geometry/flip.hpp>
#include <quoin/geometry/resize.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("mpi: a chain that changes the extent") {
    for (extent const size : {extent{67, 129}, extent{200, 3}, extent{5, 1}})
        test::check_bands<std::uint8_t>(test::scalar_policies(), size,
                                        [](auto v) { return v | median(5) | flip_y | resize({31, 44}) | gaussian3; });
}

TEST_CASE("mpi: a wide window") {
    for (extent const size : {extent{67, 129}, extent{200, 3}})
        test::check_bands<float>(test::scalar_policies(), size, [](auto v) { return v | gaussian(9.5); });
}

TEST_CASE("mpi: sums of rows that begin at rows of the image") {
    for (extent const size : {extent{67, 129}, extent{200, 3}})
        test::check_bands<float>(test::scalar_policies(), size,
                                 [](auto v) { return v | box(3, 40) | flip_y | box(1, 17); });
}
