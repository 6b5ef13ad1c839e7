// SPDX-License-Identifier: BSL-1.0
// PNM files of several processes, beside those of one; errors that all ranks throw.
#include <quoin/mpi/pnm_bands.hpp>

#include "mpi/mpi_support.hpp"

#include <quoin/exec/serial.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// What f() throws, where every rank must throw the same.
template <class F>
std::string message_of(mpi<serial> const& policy, F const& f) {
    std::string text;
    try {
        f();
    } catch (error const& e) {
        text = e.what();
    }
    std::string of_first = text;
    detail::broadcast_bytes(*policy.group(), of_first, 0);
    CHECK(text == of_first);
    return text;
}

} // namespace

TEST_CASE("mpi: PNM files") {
    mpi const policy(MPI_COMM_WORLD, serial{});
    test::shared_folder const folder(policy);
    auto const check = [&]<class P>(P, extent size) {
        auto const whole = test::same_noise<P>(size);
        auto const one = folder / "one.pnm", all = folder / "all.pnm";
        if (policy.rank() == 0) {
            pnm_writer<P> out(one, size.width, size.height);
            out.write_rows(whole.view());
            out.commit();
        }
        write_pnm_bands(policy, scatter(policy, whole), all);
        CHECK(files::read(all) == files::read(one));
        CHECK(test::same_pixels(gather(read_pnm_bands<P>(policy, one)), whole));
    };
    check(std::uint8_t{}, {31, 1});
    check(std::uint16_t{}, {7, 100});
    check(rgb<std::uint8_t>{}, {2000, 1000});
    check(rgba<std::uint16_t>{}, {3, 4});

    auto const bad = folder / "bad.pgm";
    auto const write = [&](std::string const& text) {
        MPI_Barrier(policy.group()->comm());
        if (policy.rank() == 0) files::write(bad, text);
        MPI_Barrier(policy.group()->comm());
    };
    auto const reading = [&] { return message_of(policy, [&] { (void)read_pnm_bands<std::uint8_t>(policy, bad); }); };
    write("P5 2 3 99\nabcabd");
    CHECK(reading().find("has the sample 100 in rows") != std::string::npos);
    write("P5 2 3 255\nabc");
    CHECK(reading().find("is truncated") != std::string::npos);
    write("P2 1 1 255\n7\n");
    CHECK(reading().find("samples as text") != std::string::npos);
    CHECK(message_of(policy, [&] {
              write_pnm_bands(policy, scatter(policy, test::same_noise<std::uint8_t>({3, 3})),
                              folder / "none" / "x.pgm");
          }).find("give a name in a folder that exists") != std::string::npos);
    MPI_Barrier(policy.group()->comm());
    CHECK(folder.count() == 3); // and no temporary one
}

TEST_CASE("mpi: one rank fails, all throw what it threw") {
    mpi const policy(MPI_COMM_WORLD, serial{});
    band_image<std::uint8_t> const bands(policy, {4, 40});
    int const failing = policy.ranks() - 1;
    auto const fails = [rank = policy.rank(), failing](std::uint8_t v) {
        if (rank == failing) throw canceled("quoin::test: stopped by rank " + std::to_string(rank));
        return v;
    };
    CHECK(message_of(policy, [&] { (void)to_image(policy, bands.view() | fails); }) ==
          "quoin::test: stopped by rank " + std::to_string(failing));
    CHECK(message_of(policy, [&] {
              run(policy, bands.view(), const_cast<band_image<std::uint8_t>&>(bands));
          }).find("is a source of the pipeline, too") != std::string::npos);
    band_image<std::uint8_t> other(policy, {5, 40});
    CHECK(message_of(policy, [&] { run(policy, bands.view(), other); }) ==
          "quoin::run: the pipeline makes 4 x 40 pixels, the band_image has 5 x 40; give a band_image of the same "
          "extent");
    CHECK_THROWS_AS(band_image<std::uint8_t>(policy, {-1, 2}), invalid_argument);
    CHECK_THROWS_AS((mpi{MPI_COMM_NULL, serial{}}), invalid_argument);
}
