// SPDX-License-Identifier: BSL-1.0
// color_matrix: colors times a matrix.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/color_matrix.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::rgb8 const colors[] = {{250, 0, 0}, {100, 100, 100}, {10, 20, 30}};
    quoin::image_view<quoin::rgb8 const> const view(colors, 3, 1);

    // Half of the way to gray, and 10 lighter.
    auto const pale = quoin::color_matrix({{0.6, 0.3, 0.1, 10}, {0.1, 0.8, 0.1, 10}, {0.1, 0.3, 0.6, 10}});
    quoin::image<quoin::rgb8> const result = quoin::to_image(quoin::serial{}, view | pale);

    assert((result(0, 0) == quoin::rgb8{160, 35, 35})); // 0.6 * 250 + 10 = 160, 0.1 * 250 + 10 = 35
    assert((result(1, 0) == quoin::rgb8{110, 110, 110}));
    assert((result(2, 0) == quoin::rgb8{25, 30, 35})); // 6 + 6 + 3 + 10, 1 + 16 + 3 + 10, 1 + 6 + 18 + 10

    // Without offsets, and of floats.
    auto const swap = quoin::color_matrix({{0, 0, 1}, {0, 1, 0}, {1, 0, 0}});
    assert((swap(quoin::rgbf{1, 2, 3}) == quoin::rgbf{3, 2, 1}));

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    auto const sepia = quoin::color_matrix({{0.393, 0.769, 0.189}, {0.349, 0.686, 0.168}, {0.272, 0.534, 0.131}});
    pages.save("color_matrix", "color_matrix, sepia", photo, quoin::to_image(quoin::serial{}, photo.view() | sepia));
}
