// SPDX-License-Identifier: BSL-1.0
// white_balance, gray_world: a gain for each color.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/white_balance.hpp>
#include <quoin/measure/sum.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    quoin::rgb8 const colors[] = {{100, 50, 20}, {200, 100, 40}};
    quoin::image_view<quoin::rgb8 const> const view(colors, 2, 1);

    quoin::image<quoin::rgb8> const given = quoin::to_image(quoin::serial{}, view | quoin::white_balance(1, 2, 5));
    assert((given(0, 0) == quoin::rgb8{100, 100, 100}));
    assert((given(1, 0) == quoin::rgb8{200, 200, 200}));

    // Gains from the picture itself: the sums of red, green and blue are 300, 150 and 60, and their mean is 170.
    auto const gains = quoin::gray_world(quoin::sum(quoin::serial{}, view));
    quoin::image<quoin::rgb8> const gray = quoin::to_image(quoin::serial{}, view | gains);
    assert((gray(0, 0) == quoin::rgb8{57, 57, 57})); // 100 * 170 / 300 = 56.7
    assert((gray(1, 0) == quoin::rgb8{113, 113, 113}));

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    auto const balance = quoin::gray_world(quoin::sum(quoin::serial{}, photo.view()));
    pages.save("white_balance", "white_balance with the gains of gray_world", photo,
               quoin::to_image(quoin::serial{}, photo.view() | balance));
}
