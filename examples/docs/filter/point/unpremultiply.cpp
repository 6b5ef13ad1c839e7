// SPDX-License-Identifier: BSL-1.0
// unpremultiply: colors divided by their alpha.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/point/premultiply.hpp>
#include <quoin/filter/point/unpremultiply.hpp>
#include <quoin/geometry/resize.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // A visible red pixel beside a transparent one that is green.
    quoin::rgba8 const colors[] = {{200, 0, 0, 255}, {0, 200, 0, 0}};
    quoin::image_view<quoin::rgba8 const> const view(colors, 2, 1);
    quoin::serial const policy;

    // Of one pixel of half the size, alpha is a half. Its color should be that of what is visible.
    auto const plain = quoin::to_image(policy, view | quoin::resize({1, 1}));
    assert(plain(0, 0) == (quoin::rgba8{100, 100, 0, 128}));
    auto const weighed =
        quoin::to_image(policy, view | quoin::premultiply | quoin::resize({1, 1}) | quoin::unpremultiply);
    assert(weighed(0, 0) == (quoin::rgba8{199, 0, 0, 128})); // 100 * 255 / 128 = 199.2

    // The pictures of its page: discs on transparent green, a sixth of the size and enlarged, laid over white.
    picture::pages const pages(argc, argv);
    auto const cells = picture::cells();
    auto const sprite = quoin::to_image(
        policy, cells.view() |
                    [](std::uint8_t v) { return v > 128 ? quoin::rgba8{200, 0, 0, 255} : quoin::rgba8{0, 200, 0, 0}; });
    auto const over_white = [](quoin::rgba8 p) {
        quoin::rgba8 const q = quoin::premultiply(p);
        auto const white = static_cast<std::uint8_t>(255 - p.a);
        return quoin::rgb8{static_cast<std::uint8_t>(q.r + white), static_cast<std::uint8_t>(q.g + white),
                           static_cast<std::uint8_t>(q.b + white)};
    };
    auto const enlarge = quoin::resize({240, 160}, quoin::resize_kernel::nearest);
    quoin::extent const size{40, 27};
    pages.save("unpremultiply", "resize=40x27, and premultiply, resize=40x27, unpremultiply",
               quoin::to_image(policy, sprite.view() | quoin::resize(size) | over_white | enlarge),
               quoin::to_image(policy, sprite.view() | quoin::premultiply | quoin::resize(size) | quoin::unpremultiply |
                                           over_white | enlarge));
}
