// SPDX-License-Identifier: BSL-1.0
// What the operations alone do not show: chains, zipped pipelines, and the work that a device leaves to the host.
#include "gpu.hpp"

#include <quoin/quoin.hpp>

namespace gpu {

namespace {

struct difference {
    using vectorized = void;
    template <class V>
    QUOIN_INLINE V operator()(V const& a, V const& b) const {
        return max(a, b) - min(a, b);
    }
};

} // namespace

void test_chains(self_test& test) {
    image<rgb8> const source = noise<rgb8>({1003, 517});
    auto const view = source.view();
    auto const check = [&](char const* what, auto const& pipeline) {
        test.same(what, to_image(serial{}, pipeline), to_image(kokkos<space>{}, pipeline));
    };
    auto const smooth = view | gray | gaussian3;
    check("five filters", smooth | sobel_magnitude | sharpen | brightness(1.2f));
    check("a wrap border behind other stages", view | extend(wrap) | gaussian3 | gaussian5);
    check("quarter turns", view | gaussian3 | rotate90 | sharpen | transpose);
    check("flips and a crop", view | gaussian3 | flip_x | crop(3, 5, 900, 500) | sharpen | flip_y);
    check("resampling", view | gray | resize({500, 700}, resize_kernel::cubic) | gaussian3 | pyramid_down);
    check("two inputs", zip(view | gray, smooth) | difference{});
    check("a halo beyond the fast memory", view | gray | gaussian(12));

    test.expect("sum", sum(kokkos<space>{}, smooth) == sum(serial{}, smooth), "differs");
    test.expect("min_max", min_max(kokkos<space>{}, smooth) == min_max(serial{}, smooth), "differs");
    test.expect("histogram", histogram(kokkos<space>{}, smooth) == histogram(serial{}, smooth), "differs");
    auto const bright = smooth | threshold(127);
    bit_image const mask = to_bits(kokkos<space>{}, bright);
    test.expect("segment",
                segment(kokkos<space>{}, mask).rectangles == segment(serial{}, to_bits(serial{}, bright)).rectangles,
                "other rectangles");
}

} // namespace gpu
