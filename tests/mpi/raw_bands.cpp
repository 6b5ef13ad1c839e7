// SPDX-License-Identifier: BSL-1.0
// Files of pixels alone, and rows that one process writes.
#include <quoin/mpi/raw_bands.hpp>

#include "mpi/mpi_support.hpp"

#include <quoin/exec/serial.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("mpi: raw files") {
    mpi const policy(MPI_COMM_WORLD, serial{});
    test::shared_folder const folder(policy);
    auto const file = folder / "raw";
    auto const check = [&]<class P>(P, extent size) {
        auto const whole = test::same_noise<P>(size);
        auto const bands = scatter(policy, whole);
        write_raw_bands(policy, bands, file);
        CHECK(std::filesystem::file_size(file) == static_cast<std::uintmax_t>(size.area()) * sizeof(P));
        CHECK(test::same_pixels(gather(read_raw_bands<P>(policy, file, size)), whole));
        auto const below = test::same_noise<P>({size.width, size.height - 1});
        auto const cut = gather(read_raw_bands<P>(policy, file, below.size(), size.width * index_t{sizeof(P)}));
        CHECK(cut(size.width - 1, 0) == whole(size.width - 1, 1));
        CHECK_THROWS_AS(read_raw_bands<P>(policy, file, {size.width, size.height + 1}), io_error);
        CHECK_THROWS_AS(read_raw_bands<P>(policy, file, size, -1), invalid_argument);

        image<P> collected(size);
        index_t rows_so_far = 0;
        gather_rows(policy, bands, [&](auto const& rows) {
            for (index_t y = 0; y < rows.height(); ++y, ++rows_so_far)
                for (index_t x = 0; x < rows.width(); ++x) collected(x, rows_so_far) = rows.load(x, y);
        });
        if (policy.rank() == 0) CHECK(test::same_pixels(collected, whole));
        else CHECK(rows_so_far == 0);
        CHECK_THROWS_AS(gather_rows(policy, bands, [](auto const&) { throw canceled("stopped"); }), canceled);
    };
    check(float{}, {31, 5});
    check(rgb<std::uint16_t>{}, {1500, 2000}); // several pieces
}
