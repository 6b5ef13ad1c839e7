// SPDX-License-Identifier: BSL-1.0
// interpolation: the value between pixels, in four ways.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/interpolation.hpp>
#include <quoin/geometry/translate.hpp>

#include <cassert>

int main() {
    std::uint8_t const values[] = {0, 0, 0, 100, 100, 100}; // an edge
    quoin::image_view<std::uint8_t const> const view(values, 6, 1);
    quoin::serial const policy;

    // Half a pixel to the left, so that pixel 2 is read between the two sides of the edge.
    auto const shifted = [&](quoin::interpolation how) {
        return quoin::to_image(policy, view | quoin::translate(-0.5, 0, how));
    };
    auto const nearest = shifted(quoin::interpolation::nearest);
    assert(nearest(1, 0) == 0 && nearest(2, 0) == 100 && nearest(3, 0) == 100);
    auto const linear = shifted(quoin::interpolation::linear);
    assert(linear(1, 0) == 0 && linear(2, 0) == 50 && linear(3, 0) == 100);
    // Cubic is steeper, and overshoots beside the edge; bytes do not go below 0.
    auto const cubic = shifted(quoin::interpolation::cubic);
    assert(cubic(1, 0) == 0 && cubic(2, 0) == 50 && cubic(3, 0) == 109);
    // Lanczos' kernel is nearly that of a perfect low pass. It rings, farther from the edge too.
    auto const lanczos4 = shifted(quoin::interpolation::lanczos4);
    assert(lanczos4(0, 0) == 3 && lanczos4(2, 0) == 50 && lanczos4(3, 0) == 112 && lanczos4(4, 0) == 97);
}
