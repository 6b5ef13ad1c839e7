// SPDX-License-Identifier: BSL-1.0
// mean_of: the mean of several images.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/arithmetic/mean_of.hpp>
#include <quoin/pipe/zip.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    std::uint8_t const first[] = {1, 10}, second[] = {2, 11}, third[] = {2, 30};
    quoin::image_view<std::uint8_t const> const a(first, 2, 1), b(second, 2, 1), c(third, 2, 1);
    quoin::serial const policy;
    auto const two = quoin::to_image(policy, zip(a, b) | quoin::mean_of);
    assert(two(0, 0) == 2 && two(1, 0) == 11); // 1.5 and 10.5: halves round up
    auto const three = quoin::to_image(policy, zip(a, b, c) | quoin::mean_of);
    assert(three(0, 0) == 2 && three(1, 0) == 17); // 1.67 and 17

    // The pictures of its page: four frames with noise of their own.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    auto const frame = [&](std::uint32_t random) {
        picture::gray_image noisy = photo;
        for (quoin::index_t y = 0; y < noisy.height(); ++y)
            for (quoin::index_t x = 0; x < noisy.width(); ++x) {
                random = random * 1664525u + 1013904223u;
                int const value = noisy(x, y) + static_cast<int>(random >> 26) - 32;
                noisy(x, y) = static_cast<std::uint8_t>(value < 0 ? 0 : value > 255 ? 255 : value);
            }
        return noisy;
    };
    auto const f = frame(1), g = frame(2), h = frame(3), i = frame(4);
    pages.save("mean_of", "one of four frames with noise, and their mean", f,
               quoin::to_image(policy, zip(f.view(), g.view(), h.view(), i.view()) | quoin::mean_of));
}
