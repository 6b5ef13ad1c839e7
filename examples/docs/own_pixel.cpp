// SPDX-License-Identifier: BSL-1.0
// A pixel type of one's own: an aggregate of its channels, and one line that says so.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/point/brightness.hpp>

#include <cassert>

// What a camera with a bright and a dark exposure delivers.
template <class T>
struct exposures {
    T bright, dark;
};
template <class T>
struct quoin::pixel_traits<exposures<T>> : quoin::pixel_layout<exposures, T, 2> {};

static_assert(quoin::concepts::pixel<exposures<std::uint8_t>>);

// The order of OpenCV. Channels have names, not places: gray reads those that are called so here.
template <class T>
struct bgr {
    T b, g, r;
};
template <class T>
struct quoin::pixel_traits<bgr<T>> : quoin::pixel_layout<bgr, T, 3> {
    static constexpr int red = 2, green = 1, blue = 0;
};

int main() {
    exposures<std::uint8_t> const pixels[] = {{10, 1}, {200, 20}, {255, 60}};
    quoin::image_view<exposures<std::uint8_t> const> const view(pixels, 3, 1);

    // Filters that treat all channels alike work at once.
    auto const doubled = quoin::to_image(quoin::serial{}, view | quoin::brightness(2.0f));
    assert(doubled(0, 0).bright == 20 && doubled(0, 0).dark == 2);
    assert(doubled(1, 0).bright == 255 && doubled(1, 0).dark == 40);
    auto const blurred = quoin::to_image(quoin::serial{}, view | quoin::gaussian3);
    assert(blurred(1, 0).bright == 166); // (10 + 2 * 200 + 255) / 4
    assert(blurred(1, 0).dark == 25);    // (1 + 2 * 20 + 60) / 4

    // Where the bright exposure is saturated, the dark one, eight times as dark, takes over.
    auto const merge = [](exposures<std::uint8_t> p) {
        return static_cast<std::uint16_t>(p.bright < 255 ? p.bright : 8 * p.dark);
    };
    quoin::image<std::uint16_t> const merged = quoin::to_image(quoin::serial{}, view | merge);
    assert(merged(0, 0) == 10 && merged(1, 0) == 200 && merged(2, 0) == 480);

    bgr<std::uint8_t> const blue[] = {{100, 0, 0}};
    quoin::image_view<bgr<std::uint8_t> const> const sky(blue, 1, 1);
    assert(quoin::to_image(quoin::serial{}, sky | quoin::gray)(0, 0) == 11); // 0.114 * 100
}
