// SPDX-License-Identifier: BSL-1.0
// Runs the tests on each process of MPI_COMM_WORLD.
#include <catch2/catch_session.hpp>

#include <mpi.h>

int main(int argc, char** argv) {
    int provided = 0;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
    int failed = Catch::Session().run(argc, argv) != 0;
    MPI_Allreduce(MPI_IN_PLACE, &failed, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    MPI_Finalize();
    return failed;
}
