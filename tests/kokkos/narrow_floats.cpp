// SPDX-License-Identifier: BSL-1.0
// Pixels of half and bfloat16 in the tile engine, in images as a device has them: the bytes of serial.
#include "kokkos_support.hpp"

#include <quoin/exec/kokkos_tiles.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/geometry/flip.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

using space = Kokkos::DefaultHostExecutionSpace;

template <class P>
void check(extent size, auto const& append) {
    CAPTURE(size.width, size.height);
    auto const source = noise<P>(size, 7);
    auto const expected = to_image(serial{}, append(source.view()));
    CHECK(same_pixels(expected, to_image(kokkos_tiles<space>{}, append(source.view()), {5, 7})));
    using Q = typename std::remove_cvref_t<decltype(expected)>::pixel_type;
    detail::device_image<space, P> in(size);
    detail::device_image<space, Q> const out(size);
    in.copy_from(source.view());
    kokkos_tiles<space>{}.run_resident(append(in.const_view()), out.view());
    image<Q> computed(size);
    out.copy_to(computed.view());
    CHECK(same_pixels(expected, computed));
}

} // namespace

TEST_CASE("kokkos_tiles: pixels of half and bfloat16", "[kokkos]") {
    for (extent const size : {extent{1, 1}, extent{3, 2}, extent{66, 35}, extent{131, 41}}) {
        check<rgb<half>>(size, [](auto v) { return v | convert_to<float> | gaussian3 | convert_to<bfloat16>; });
        check<bfloat16>(size, [](auto v) { return v | flip_x | convert_to<float> | convert_to<half>; });
    }
}
