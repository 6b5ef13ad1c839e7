// SPDX-License-Identifier: BSL-1.0
// Which rows of a band image a rank has, and what it sends of them.
#include <quoin/mpi/band_image.hpp>

#include "mpi/mpi_support.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/filter/linear/gaussian3.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>

using namespace quoin;

TEST_CASE("band_image: rows") {
    mpi const policy(MPI_COMM_WORLD, serial{});
    for (index_t const height : {0, 1, 4, 5, 17, 1000}) {
        band_image<rgb<std::uint16_t>> image(policy, {13, height});
        CHECK(image.size() == extent{13, height});
        CHECK(image.band().width() == 13);
        CHECK(image.band().height() == image.rows().end - image.rows().begin);
        index_t const mine = image.band().height();
        CHECK(mine >= height / policy.ranks());
        CHECK(mine <= height / policy.ranks() + 1);
        index_t before = 0, all = 0;
        MPI_Exscan(&mine, &before, 1, MPI_INT64_T, MPI_SUM, MPI_COMM_WORLD);
        MPI_Allreduce(&mine, &all, 1, MPI_INT64_T, MPI_SUM, MPI_COMM_WORLD);
        if (policy.rank() > 0) CHECK(image.rows().begin == before);
        CHECK(all == height);
        for (index_t y = 0; y < mine; ++y) CHECK(image.band().load(12, y) == rgb<std::uint16_t>{});
    }
}

TEST_CASE("band_image: a filter of three rows takes one row from each neighbor") {
    mpi const policy(MPI_COMM_WORLD, serial{});
    int const ranks = policy.ranks(), rank = policy.rank();
    band_image<std::uint8_t> const image(policy, {70000, 10 * ranks}); // a row has many pages
    (void)to_image(policy, image.view() | gaussian3);
    int const neighbors = (rank > 0) + (rank < ranks - 1);
    CHECK(image.sent_messages() == neighbors);
    CHECK(image.sent_rows() == neighbors);
    (void)gather(image);
    CHECK(image.sent_rows() == neighbors + 10 * (ranks - 1));
}

TEST_CASE("band_image: what a chain sends is what the model of docs/mpi.md says") {
    mpi const policy(MPI_COMM_WORLD, serial{});
    index_t const ranks = policy.ranks();
    index_t const reach = 3; // of the three stages below
    for (index_t const rows : {1, 2, 3, 8}) {
        band_image<std::uint8_t> const image(policy, {9, rows * ranks});
        (void)to_image(policy, image.view() | gaussian3 | gaussian3 | gaussian3);
        // Each band needs `reach` rows above and below it, as far as there are any, and each rank has `rows` of them.
        index_t messages = 0, sent = 0;
        for (index_t other = 0; other < ranks; ++other) {
            if (other == policy.rank()) continue;
            index_t const distance = std::abs(other - policy.rank());
            index_t const part = std::min(rows, reach - (distance - 1) * rows);
            if (part <= 0) continue;
            ++messages;
            sent += part;
        }
        INFO(rows << " rows a rank");
        CHECK(image.sent_messages() == messages);
        CHECK(image.sent_rows() == sent);
        CHECK(sent <= 2 * reach);
    }
}
