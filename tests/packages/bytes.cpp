// SPDX-License-Identifier: BSL-1.0
// Writes results of pipelines and the segmenter as text, of the tree or of its single header (QUOIN_ONE_FILE).

#if QUOIN_ONE_FILE
#include "quoin.hpp"
#else
#include <quoin/quoin.hpp>
#endif

#include <cstdint>
#include <cstdio>

namespace {

using namespace quoin;

image<rgb8> picture(index_t width, index_t height) {
    image<rgb8> result(width, height);
    std::uint32_t state = 20261130;
    for (index_t y = 0; y < height; ++y)
        for (index_t x = 0; x < width; ++x) {
            state = state * 1664525u + 1013904223u;
            auto const bright = static_cast<std::uint8_t>((x / 9 + y / 7) % 2 == 0 ? 190 : 40);
            result(x, y) = {static_cast<std::uint8_t>(bright + (state >> 27)), bright,
                            static_cast<std::uint8_t>(bright ^ (state >> 24 & 15))};
        }
    return result;
}

void write(char const* name, auto const& pipeline) {
    image<std::uint8_t> const result = to_image(serial{}, pipeline);
    std::printf("%s", name);
    for (index_t y = 0; y < result.height(); ++y)
        for (index_t x = 0; x < result.width(); ++x) std::printf(" %d", result(x, y));
    std::printf("\n");
}

} // namespace

int main() {
    image<rgb8> photo = picture(61, 47);
    draw_text(photo.view(), {3, 5}, "quoin", rgb8{255, 0, 0});
    auto const luma = photo.view() | gray;
    write("chain", luma | extend(reflect_101) | gaussian3 | sobel_magnitude | brightness(1.2f));

    auto const cut = static_cast<std::uint8_t>(otsu(serial{}, luma));
    bit_image const mask = to_bits(serial{}, luma | threshold(cut));
    for (labeled_rect const& r : segment(serial{}, mask, {.min_area = 4}).rectangles)
        std::printf("%d %d %d %d %d\n", static_cast<int>(r.box.x), static_cast<int>(r.box.y),
                    static_cast<int>(r.box.width), static_cast<int>(r.box.height), static_cast<int>(r.component));
}
