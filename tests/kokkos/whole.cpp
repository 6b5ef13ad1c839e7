// SPDX-License-Identifier: BSL-1.0
// Whole stages in the tile engine, on a host space: the bytes of serial.
#include "kokkos_support.hpp"

#include <quoin/exec/kokkos_tiles.hpp>
#include <quoin/quoin.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class Pipeline>
void check(Pipeline const& pipeline) {
    using tiles = kokkos_tiles<Kokkos::DefaultHostExecutionSpace>;
    auto const expected = to_image(serial{}, pipeline);
    for (tiling const t : {tiling{}, tiling{5, 7}}) CHECK(same_pixels(expected, to_image(tiles{}, pipeline, t)));
}

} // namespace

TEST_CASE("kokkos_tiles: whole stages", "[kokkos][whole]") {
    for (extent const size : {extent{1, 1}, extent{40, 3}, extent{201, 60}}) {
        CAPTURE(size.width, size.height);
        auto const source = noise<rgb8>(size, 4);
        check(source.view() | area_open(5) | gaussian3);
        check(source.view() | gray | gaussian3 | area_open(9) | gaussian3 | area_close(7));
        check(zip(source.view() | gray | area_open(5), source.view() | gray) | [](auto a, auto b) { return b - a; });
    }
}
