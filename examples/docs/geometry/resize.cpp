// SPDX-License-Identifier: BSL-1.0
// resize: another extent, anywhere in a pipeline.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/geometry/resize.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 100, 200, 100}; // one row
    quoin::image_view<std::uint8_t const> const view(values, 4, 1);
    quoin::serial const policy;

    // Each result reads three of the pixels, with weights of 3, 3 and 1 of 7: the edge cuts the kernel off.
    auto const half = quoin::to_image(policy, view | quoin::resize({2, 1}));
    assert(half(0, 0) == 71 && half(1, 0) == 143);
    // The nearest kernel copies pixels.
    auto const nearest = quoin::to_image(policy, view | quoin::resize({2, 1}, quoin::resize_kernel::nearest));
    assert(nearest(0, 0) == 100 && nearest(1, 0) == 100);
    // Enlarged by triangles, the values between two pixels lie on a line.
    auto const twice = quoin::to_image(policy, view | quoin::resize({8, 1}));
    assert(twice(1, 0) == 25 && twice(2, 0) == 75 && twice(3, 0) == 125);

    // A resampling stage changes the extent of the pipeline, and needs no image between the stages.
    auto const photo = picture::photo();
    auto const small = photo.view() | quoin::gray | quoin::resize({60, 40}) | quoin::gaussian3;
    assert(small.size() == (quoin::extent{60, 40}));

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const enlarged = photo.view() | quoin::resize({60, 40}, quoin::resize_kernel::lanczos3) |
                          quoin::resize({240, 160}, quoin::resize_kernel::nearest);
    pages.save("resize", "resize=60x40:lanczos3, and its pixels enlarged", photo, quoin::to_image(policy, enlarged));
}
