// SPDX-License-Identifier: BSL-1.0
// Colors that tell neighboring numbers apart, for overlays.
#pragma once

#include <quoin/core/geometry.hpp>
#include <quoin/core/pixel.hpp>

#include <cstdint>

namespace examples {

/// A saturated color, far from those of the neighboring numbers.
inline quoin::rgb8 color_of(quoin::index_t component) {
    // Steps of the golden ratio around the circle of hues, of 6 * 256 shades.
    auto const turn = static_cast<std::uint32_t>(component) * 2654435769u;
    int const hue = static_cast<int>(turn >> 16) * 1536 / 65536;
    int const rising = hue % 256;
    auto const mixed = [&](int shade) { return static_cast<std::uint8_t>(55 + shade * 200 / 255); };
    std::uint8_t const up = mixed(rising), down = mixed(255 - rising), high = mixed(255), low = mixed(0);
    switch (hue / 256) {
    case 0:
        return {high, up, low};
    case 1:
        return {down, high, low};
    case 2:
        return {low, high, up};
    case 3:
        return {low, down, high};
    case 4:
        return {up, low, high};
    default:
        return {high, low, down};
    }
}

} // namespace examples
