// SPDX-License-Identifier: BSL-1.0
// Gathering stages in the tile engine, on a host space: the bytes of serial for every tile; behind other stages, one
// kernel and one image more.
#include "kokkos_support.hpp"

#include <quoin/exec/kokkos_tiles.hpp>
#include <quoin/quoin.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class Pipeline>
void check(Pipeline const& pipeline, int kernels_expected = 1) {
    using tiles = kokkos_tiles<Kokkos::DefaultHostExecutionSpace>;
    auto const expected = to_image(serial{}, pipeline);
    kernel_counter const kernels;
    for (tiling const t : {tiling{}, tiling{5, 7}, tiling{1, 1}})
        CHECK(same_pixels(expected, to_image(tiles{}, pipeline, t)));
    CHECK(kernels.count() == 3 * kernels_expected);
}

} // namespace

TEST_CASE("kokkos_tiles: gathering stages", "[kokkos]") {
    affine const turn{0.9, -0.2, 5.5, 0.2, 0.9, -3.25};
    for (extent const size : {extent{1, 1}, extent{40, 3}, extent{201, 60}}) {
        CAPTURE(size.width, size.height);
        auto const source = noise<rgb8>(size, 4);
        auto const view = source.view();
        check(view | extend(constant(7)) | warp_affine(turn, interpolation::cubic, {50, 33}));
        check(view | extend(replicate) | pad(3, 2, 1, 9) | gray | gaussian3);
        check(view | gray | gaussian3 | warp_affine(turn) | sobel_x | rotate(30), 3);
        check(zip(view | gray | rotate(10), view | gray) | [](auto a, auto b) { return a - b; }, 4);
    }
}
