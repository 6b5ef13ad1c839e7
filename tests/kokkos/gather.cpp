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

TEST_CASE("kokkos_tiles: copies of a pipeline have maps of their own", "[kokkos]") {
    using space = Kokkos::DefaultHostExecutionSpace;
    auto const source = noise<rgb8>({40, 30}, 4);
    image<float> map_x(50, 20), map_y(50, 20);
    for (index_t y = 0; y < 20; ++y)
        for (index_t x = 0; x < 50; ++x) {
            map_x(x, y) = static_cast<float>(x) * 0.8f - 1;
            map_y(x, y) = static_cast<float>(x + y) * 0.4f;
        }
    auto const p = source.view() | remap(map_x.view(), map_y.view()) | gray;
    auto const expected = to_image(serial{}, p);
    detail::device_source<space, std::remove_const_t<decltype(p)>> const copy(p);
    for (index_t y = 0; y < 20; ++y)
        for (index_t x = 0; x < 50; ++x) map_x(x, y) = map_y(x, y) = 0;
    CHECK(same_pixels(expected, to_image(kokkos_tiles<space>{}, copy.view())));
}
