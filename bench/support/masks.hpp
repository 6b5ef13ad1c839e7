// SPDX-License-Identifier: BSL-1.0
// Masks of two values that are hard in different ways: smooth curves, which have few runs, and single-pixel noise, in
// which every fourth pixel begins one.
#pragma once

#include "inputs.hpp"

#include <cmath>
#include <vector>

namespace bench {

/// The image of f(x, y) ? 255 : 0, made once for each extent and kind.
template <class F>
quoin::image_view<std::uint8_t const> mask_of(quoin::extent size, F&& f) {
    return kept_image<std::uint8_t>(size, [&](quoin::image<std::uint8_t>& image) {
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) image(x, y) = f(x, y) ? 255 : 0;
    });
}

/// Where a sum of three waves is high: blobs and bands with smooth edges, some 300 columns apart.
inline quoin::image_view<std::uint8_t const> curves(quoin::extent size) {
    auto const wave = [](index_t count, double length) {
        std::vector<float> values(static_cast<std::size_t>(count));
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<float>(std::sin(static_cast<double>(i) / length));
        return values;
    };
    auto const across = wave(size.width, 41), down = wave(size.height, 57), both = wave(size.width + size.height, 93);
    return mask_of(size, [&](index_t x, index_t y) {
        return across[static_cast<std::size_t>(x)] + down[static_cast<std::size_t>(y)] +
                   both[static_cast<std::size_t>(x + y)] >
               0.4f;
    });
}

/// Every pixel set or not by the toss of a coin.
inline quoin::image_view<std::uint8_t const> noise(quoin::extent size) {
    std::uint64_t random = 88172645463325252u;
    return mask_of(size, [&](index_t, index_t) {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        return (random >> 40 & 1) != 0;
    });
}

} // namespace bench
