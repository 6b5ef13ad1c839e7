// SPDX-License-Identifier: BSL-1.0
// A noisy printed layer for the segmenter: in every cell of 64 x 64 pixels a bar, an L or a disc, and specks.
#pragma once

#include "inputs.hpp"

namespace bench {

/// Shapes of 180 on a ground of 60, both with noise of +-30, so that a threshold of 120 finds them exactly;
/// and one pixel in 2,000 turned over.
inline quoin::image_view<std::uint8_t const> layer(quoin::extent size) {
    return kept_image<std::uint8_t>(size, [&](quoin::image<std::uint8_t>& image) {
        std::uint32_t random = 1;
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) {
                index_t const cell = (x / 64 * 7919 + y / 64 * 104729) % 97, u = x % 64 - 32, v = y % 64 - 32;
                index_t const a = 6 + cell % 20, b = 4 + cell % 11;
                bool set = u >= -a && u < a && v >= -b && v < b;
                if (cell % 3 == 1) set = set || (u >= -a && u < b - a && v >= -b && v < 24);
                if (cell % 3 == 2) set = u * u + v * v < a * a;
                random = random * 1664525u + 1013904223u;
                if (random % 131072 / 64 == 0) set = !set;
                image(x, y) = static_cast<std::uint8_t>((set ? 150 : 30) + (random >> 16) % 61);
            }
    });
}

} // namespace bench
