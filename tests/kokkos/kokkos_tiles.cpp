// SPDX-License-Identifier: BSL-1.0
// The tile engine, as it runs on devices, on a host space: the bytes of serial for every border and tile, and one kernel a
// pipeline, two where a wrap border stands behind another local stage.
#include "kokkos_support.hpp"

#include <quoin/exec/kokkos_tiles.hpp>
#include <quoin/quoin.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using tiles = kokkos_tiles<Kokkos::DefaultHostExecutionSpace>;

namespace {

template <class Pipeline>
void check(Pipeline const& pipeline, int kernels_expected = 1) {
    auto const expected = to_image(serial{}, pipeline);
    kernel_counter const kernels;
    CHECK(same_pixels(expected, to_image(tiles{}, pipeline)));
    CHECK(kernels.count() == kernels_expected);
    CHECK(same_pixels(expected, to_image(tiles{}, pipeline, {5, 7})));
    CHECK(same_pixels(expected, to_image(tiles{}, pipeline, {1, 1})));
}

} // namespace

TEST_CASE("kokkos_tiles: chains and borders", "[kokkos]") {
    for (extent const size : {extent{1, 1}, extent{2, 9}, extent{40, 3}, extent{71, 37}}) {
        CAPTURE(size.width, size.height);
        auto const source = noise<rgb8>(size, 4);
        auto const view = source.view();
        auto const luma = view | gray;
        check(luma | gaussian3 | sobel_magnitude | sharpen | brightness(1.2f));
        check(view | extend(replicate) | gaussian3 | sharpen);
        check(luma | extend(reflect) | gaussian(1.5) | sobel_y);
        check(luma | extend(constant(77)) | box(5) | sobel_x);
        check(luma | extend(wrap) | gaussian3);
        check(luma | gaussian3 | extend(wrap) | sharpen, 2);
    }
}

TEST_CASE("kokkos_tiles: several inputs", "[kokkos]") {
    auto const source = noise<std::uint8_t>({53, 29}, 5);
    auto const view = source.view();
    auto const difference = [](std::uint8_t a, std::uint8_t b) { return a - b; };
    check(zip(view, view | gaussian3) | difference | sobel_x);
    // Each zipped pipeline that must be cut costs its own two kernels, its neighbour one.
    check(zip(view | extend(wrap) | gaussian3 | sharpen, view) | difference, 4);
}

TEST_CASE("kokkos_tiles: a halo beyond the fast scratch memory", "[kokkos]") {
    auto const source = noise<std::uint16_t>({90, 70}, 6);
    check(source.view() | gaussian(12));
}

TEST_CASE("kokkos_tiles: errors come before work", "[kokkos]") {
    image<std::uint8_t> source(4, 4), wrong(4, 5);
    CHECK_THROWS_AS(run(tiles{}, source.view() | gaussian3, wrong.view()), invalid_argument);
    CHECK_THROWS_AS(run(tiles{}, source.view() | gaussian3, source.view()), invalid_argument);
}
