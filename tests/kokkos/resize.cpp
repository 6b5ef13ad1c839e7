// SPDX-License-Identifier: BSL-1.0
// resize in the tile engine, on a host space: the bytes of serial for every tile, in one kernel.
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

TEST_CASE("kokkos_tiles: tables in the memory of a space", "[kokkos]") {
    auto const source = noise<std::uint8_t>({90, 31}, 4);
    auto const small = source.view() | resize({40, 31}, resize_kernel::cubic) | gaussian3;
    auto const pipeline = zip(small, source.view() | resize({40, 31})) | [](auto a, auto b) { return a - b; };
    auto const moved = detail::with_device_tables<Kokkos::DefaultHostExecutionSpace>(pipeline);
    CHECK(same_pixels(to_image(serial{}, pipeline), to_image(serial{}, moved)));
}

TEST_CASE("kokkos_tiles: resize", "[kokkos]") {
    for (extent const size : {extent{1, 1}, extent{40, 3}, extent{301, 70}}) {
        CAPTURE(size.width, size.height);
        auto const source = noise<rgb8>(size, 4);
        auto const luma = source.view() | gray;
        check(source.view() | resize({40, 30}));
        check(luma | resize({133, 20}, resize_kernel::cubic) | gaussian3 | resize({17, 50}) | flip_x);
        check(luma | convert_to<float> | resize<resize_mode::accurate>({29, 31}, resize_kernel::lanczos3));
        check(source.view() | resize_area({17, 50}));
        check(luma | resize_linear({133, 20}) | resize_cubic({17, 50}));
        check(luma | pyramid_down | convert_to<std::uint16_t> | pyramid_up | pyramid_down);
        check(luma | resize({50, 20}) | extend(wrap) | gaussian3, 2);
    }
}
