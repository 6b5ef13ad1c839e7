// SPDX-License-Identifier: BSL-1.0
// Stages of structuring elements on the tile engine, on a host space: the chords are copied there.
#include "kokkos_support.hpp"

#include <quoin/exec/kokkos_tiles.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/morphology/open.hpp>
#include <quoin/filter/morphology/top_hat.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using element = structuring_element;

namespace {

template <class Pipeline>
void check(Pipeline const& pipeline) {
    auto const expected = to_image(serial{}, pipeline);
    kokkos_tiles<Kokkos::DefaultHostExecutionSpace> const tiles;
    CHECK(same_pixels(expected, to_image(tiles, pipeline)));
    CHECK(same_pixels(expected, to_image(tiles, pipeline, {5, 7})));
}

} // namespace

TEST_CASE("kokkos_tiles: elements of any form", "[kokkos]") {
    auto const colors = noise<rgb8>({71, 37}, 4);
    auto const gray = noise<std::uint8_t>({140, 40}, 5);
    check(colors.view() | open(element::from_rows("0110/1111/0011").anchored(3, 0)));
    for (element const& e : {element::disc(4), element::line(9, 30), element::rectangle(6, 3)})
        check(gray.view() | extend(reflect_101) | erode(e) | top_hat(e));
    check(gray.view() | gradient(element::cross(2)));
}
