// SPDX-License-Identifier: BSL-1.0
// Statistics under mpi, beside those of one process, to the last bit.
#include <quoin/mpi/mpi.hpp>

#include "mpi/mpi_support.hpp"

#include <quoin/exec/simd.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/measure/mean_std.hpp>
#include <quoin/measure/min_max.hpp>
#include <quoin/measure/projections.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("mpi: statistics") {
    mpi const policy(MPI_COMM_WORLD, simd{});
    for (index_t const height : {1, 63, 65, 300, 900}) {
        auto const reals = test::same_noise<float>({101, height});
        auto const real_bands = scatter(policy, reals.view());
        auto const [mean, lines] = statistics(policy, real_bands.view() | gaussian3, mean_std, projections);
        auto const [one_mean, one_lines] = statistics(serial{}, reals.view() | gaussian3, mean_std, projections);
        CHECK(mean.mean == one_mean.mean);
        CHECK(mean.std == one_mean.std);
        CHECK(lines.rows == one_lines.rows);
        CHECK(lines.columns == one_lines.columns);

        auto const bytes = test::same_noise<rgb<std::uint8_t>>({77, height});
        auto const byte_bands = scatter(policy, bytes.view());
        auto const [counts, range, first] = statistics(policy, byte_bands.view(), histogram, min_max, argmax);
        auto const [one_counts, one_range, one_first] = statistics(serial{}, bytes.view(), histogram, min_max, argmax);
        CHECK(counts.g == one_counts.g);
        CHECK(histogram(policy, byte_bands.view()).b == one_counts.b); // counted where the pixels lie
        CHECK(range.min == one_range.min);
        CHECK(first.b.x == one_first.b.x);
        CHECK(first.b.y == one_first.b.y);
    }
}
