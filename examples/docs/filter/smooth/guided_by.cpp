// SPDX-License-Identifier: BSL-1.0
// guided_by: the guided filter with another image as the guide.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/smooth/guided_by.hpp>
#include <quoin/pipe/zip.hpp>

#include "picture.hpp"

#include <cassert>
#include <cstdlib>

int main(int argc, char** argv) {
    // A depth map with noise of +-8, whose edge is known only roughly; and a photograph with the exact edge.
    quoin::image<std::uint8_t> depth(64, 48), photo(64, 48);
    for (quoin::index_t y = 0; y < 48; ++y)
        for (quoin::index_t x = 0; x < 64; ++x) {
            depth(x, y) = static_cast<std::uint8_t>((x < 30 + y % 5 ? 60 : 160) + ((x + 3 * y) % 2 == 0 ? 8 : -8));
            photo(x, y) = x < 32 ? 50 : 200;
        }
    auto const sharp =
        quoin::to_image(quoin::serial{}, quoin::zip(depth.view(), photo.view()) | quoin::guided_by(4, 1));

    // The noise is gone, and the step of the depth is where that of the photograph is.
    for (quoin::index_t y = 12; y < 36; ++y) {
        assert(std::abs(sharp(10, y) - 60) <= 1 && std::abs(sharp(54, y) - 160) <= 1);
        assert(sharp(32, y) - sharp(31, y) > 60);
    }

    // The pictures of its page: colors with noise by a gray image without.
    picture::pages const pages(argc, argv);
    auto const scene = picture::photo();
    auto noisy = scene;
    unsigned random = 1;
    for (quoin::index_t y = 0; y < scene.height(); ++y)
        for (quoin::index_t x = 0; x < scene.width(); ++x)
            quoin::for_each_channel<quoin::rgb8>([&](auto c) {
                auto& v = quoin::get_channel<decltype(c)::value>(noisy(x, y));
                random = random * 1664525u + 1013904223u;
                v = quoin::saturate<std::uint8_t>(v + static_cast<int>(random >> 25) - 64);
            });
    pages.save("guided_by", "zip(noisy, scene | gray) | guided_by(3, 50)", noisy,
               quoin::to_image(quoin::serial{},
                               quoin::zip(noisy.view(), scene.view() | quoin::gray) | quoin::guided_by(3, 50)));
}
