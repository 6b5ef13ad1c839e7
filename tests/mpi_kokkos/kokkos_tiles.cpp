// SPDX-License-Identifier: BSL-1.0
// The tile engine on a host space under mpi: the bytes of serial on any number of ranks.
#include <quoin/exec/kokkos_tiles.hpp>
#include <quoin/mpi/mpi.hpp>

#include <quoin/exec/serial.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/geometry/flip.hpp>

#include <catch2/catch_session.hpp>
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <random>

using namespace quoin;

TEST_CASE("mpi over kokkos_tiles") {
    mpi const policy(MPI_COMM_WORLD, kokkos_tiles<Kokkos::DefaultHostExecutionSpace>{});
    std::mt19937 numbers(11);
    for (extent const size : {extent{67, 129}, extent{200, 3}, extent{5, 1}}) {
        image<std::uint8_t> whole(size);
        for (index_t y = 0; y < size.height; ++y)
            std::generate_n(whole.view().row(y), size.width, [&] { return static_cast<std::uint8_t>(numbers()); });
        auto const bands = scatter(policy, whole);
        auto const check = [&](auto const& make) {
            auto const expected = to_image(serial{}, make(whole.view()));
            auto const found = gather(to_image(policy, make(bands.view())));
            bool same = found.size() == expected.size();
            for (index_t y = 0; same && y < expected.height(); ++y)
                same =
                    std::equal(expected.view().row(y), expected.view().row(y) + expected.width(), found.view().row(y));
            INFO(size.width << " x " << size.height);
            CHECK(same);
        };
        check([](auto v) { return v | gaussian3 | sobel_magnitude; });
        check([](auto v) { return v | flip_y | extend(wrap) | gaussian3; });
    }
}

int main(int argc, char** argv) {
    int provided = 0;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
    int failed = 0;
    {
        Kokkos::ScopeGuard const running(
            Kokkos::InitializationSettings().set_num_threads(2).set_disable_warnings(true));
        failed = Catch::Session().run(argc, argv) != 0;
        MPI_Allreduce(MPI_IN_PLACE, &failed, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    }
    MPI_Finalize();
    return failed;
}
