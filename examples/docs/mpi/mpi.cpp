// SPDX-License-Identifier: BSL-1.0
// One image on several processes: read, filtered, measured, cut into rectangles and written together.
// Run it as `mpirun -np 4 mpi`; alone it is one process.
#undef NDEBUG
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/io/write_image.hpp>
#include <quoin/measure/otsu.hpp>
#include <quoin/mpi.hpp>

#include <cassert>
#include <cstdio>
#include <filesystem>

using namespace quoin;

namespace {

void process_together(std::filesystem::path const& folder) {
    mpi const policy(MPI_COMM_WORLD, simd{});
    auto const wafer = read_pnm_bands<std::uint8_t>(policy, folder / "wafer.pgm");
    auto const smooth = to_image(policy, wafer.view() | gaussian3);
    auto const level = static_cast<std::uint8_t>(otsu(policy, smooth.view()));
    write_pnm_bands(policy, to_image(policy, smooth.view() | threshold(level)), folder / "mask.pgm");

    auto const found = segment_bands(policy, smooth.view() | threshold(level), {.open = 1, .min_area = 20});
    for (labeled_rect const& each : found.rectangles) // those that begin in this process's rows
        std::printf("rank %d: %lld, %lld, %lld x %lld\n", policy.rank(), static_cast<long long>(each.box.x),
                    static_cast<long long>(each.box.y), static_cast<long long>(each.box.width),
                    static_cast<long long>(each.box.height));
    assert(found.all_components == 2 && found.all_rectangles >= 2);
}

} // namespace

int main(int argc, char** argv) {
    int provided = 0;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
    int rank = 0;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    auto const folder = std::filesystem::temp_directory_path() / "quoin-mpi-example";
    if (rank == 0) {
        image<std::uint8_t> drawn(640, 480);
        for (index_t y = 100; y < 380; ++y)
            for (index_t x = 0; x < 640; ++x) drawn(x, y) = (x > 50 && x < 200) || (x > 400 && x < 600) ? 220 : 20;
        std::filesystem::create_directories(folder);
        write_image(folder / "wafer.pgm", drawn.view());
    }
    MPI_Barrier(MPI_COMM_WORLD);
    process_together(folder);
    MPI_Finalize();
    if (rank == 0) std::filesystem::remove_all(folder);
}
