// SPDX-License-Identifier: BSL-1.0
// Pipelines under mpi on any number of ranks, beside the same pipelines in one process.
#include <quoin/mpi/mpi.hpp>

#include "mpi/mpi_support.hpp"

#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/geometry/flip.hpp>
#include <quoin/pipe/zip.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("mpi: rows of the neighbors") {
    for (extent const size : {extent{67, 129}, extent{200, 3}, extent{5, 1}, extent{0, 4}})
        test::check_bands<std::uint8_t>(test::vector_policies(), size, [](auto v) { return v | gaussian3; });
    for (extent const size : {extent{67, 129}, extent{200, 3}, extent{5, 1}})
        test::check_bands<std::uint8_t>(test::vector_policies(), size, [](auto v) {
            return v | extend(wrap) | gaussian3 | gaussian3 | sobel_magnitude;
        });
}

TEST_CASE("mpi: several images") {
    for (extent const size : {extent{67, 129}, extent{3, 2}})
        test::check_bands<std::uint8_t>(test::vector_policies(), size, [](auto v) {
            return zip(v, v | flip_y | gaussian3) | vectorized([](auto a, auto b) { return max(a, b); });
        });
}
