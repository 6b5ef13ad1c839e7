// SPDX-License-Identifier: BSL-1.0
// An image with many corners.
#pragma once

#include <quoin/image/image.hpp>

#include <algorithm>
#include <cstdint>
#include <random>

namespace test {

using quoin::extent, quoin::image, quoin::index_t;

/// Rectangles and discs of any gray over each other, with some noise.
inline image<std::uint8_t> shapes(extent size, unsigned seed, int noise = 6) {
    std::mt19937 random(seed);
    image<std::uint8_t> in(size);
    auto const below = [&](index_t n) { return static_cast<index_t>(random()) % n; };
    for (index_t n = 0; n < size.width * size.height / 150; ++n) {
        index_t const cx = below(size.width), cy = below(size.height), rx = 2 + below(14), ry = 2 + below(14);
        auto const gray = static_cast<std::uint8_t>(20 + below(210));
        for (index_t y = std::max<index_t>(0, cy - ry); y < std::min(size.height, cy + ry); ++y)
            for (index_t x = std::max<index_t>(0, cx - rx); x < std::min(size.width, cx + rx); ++x)
                if (n % 3 != 0 || (x - cx) * (x - cx) * ry * ry + (y - cy) * (y - cy) * rx * rx < rx * rx * ry * ry)
                    in(x, y) = gray;
    }
    for (index_t y = 0; noise > 0 && y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x)
            in(x, y) = static_cast<std::uint8_t>(in(x, y) + static_cast<index_t>(random()) % noise);
    return in;
}

} // namespace test
