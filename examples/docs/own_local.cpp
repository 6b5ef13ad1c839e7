// SPDX-License-Identifier: BSL-1.0
// A local stage of one's own: a functor with a footprint, called with the window around each pixel.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>

#include "picture.hpp"

#include <algorithm>
#include <cassert>
#include <cstdlib>

// The largest of the pixel and its four neighbors.
struct dilate_cross {
    static constexpr quoin::footprint footprint{1, 1}; // columns to the left and right, rows up and down
    template <class Window>
    auto operator()(Window const& w) const {
        return std::max({w(0, -1), w(-1, 0), w(0, 0), w(1, 0), w(0, 1)});
    }
};

// The same in operations that scalars and registers share, for every channel of any pixel.
struct fast_dilate_cross {
    using vectorized = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint{1, 1};
    template <class Window>
    auto operator()(Window const& w) const {
        using quoin::max;
        return max(w(0, 0), max(max(w(0, -1), w(0, 1)), max(w(-1, 0), w(1, 0))));
    }
};

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> dot(70, 5);
    dot(30, 2) = 9;

    auto const cross = quoin::to_image(quoin::serial{}, dot.view() | dilate_cross{});
    auto const fast = quoin::to_image(quoin::simd{}, dot.view() | fast_dilate_cross{});
    for (quoin::index_t y = 0; y < 5; ++y)
        for (quoin::index_t x = 0; x < 70; ++x) {
            bool const in_cross = std::abs(x - 30) + std::abs(y - 2) <= 1;
            assert(cross(x, y) == (in_cross ? 9 : 0));
            assert(fast(x, y) == cross(x, y));
        }

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("own_local", "dilate_cross", photo, quoin::to_image(quoin::serial{}, photo.view() | dilate_cross{}));
}
