// SPDX-License-Identifier: BSL-1.0
// What tests of hues share: exact quotients, and all colors of bytes.
#pragma once

#include "support/colors.hpp"

namespace test {

using wide = std::int64_t;

/// numerator / denominator, rounded half up, in whole numbers.
inline wide rounded(wide numerator, wide denominator) {
    return floor_div(2 * numerator + denominator, 2 * denominator);
}

/// The hue of a color in whole numbers, of which a turn has this many; rounded half up, and 0 of gray.
inline double hue_of(color const& c, wide turn) {
    auto const r = static_cast<wide>(c[0]), g = static_cast<wide>(c[1]), b = static_cast<wide>(c[2]);
    wide const v = std::max({r, g, b}), d = v - std::min({r, g, b});
    wide const sixths = v == r ? g - b : v == g ? b - r + 2 * d : r - g + 4 * d;
    wide const hue = d == 0 ? 0 : rounded(turn * sixths, 6 * d);
    return static_cast<double>(hue < 0 ? hue + turn : hue);
}

/// max(0, min(k, 4 - k, 1)) of channel i of a color with this hue, k in sixths of a turn; times the hues of a turn.
inline wide hue_ramp(wide hue, wide turn, std::size_t i) {
    wide const k = (turn * static_cast<wide>(5 - 2 * i) + 6 * hue) % (6 * turn);
    return std::max(wide{0}, std::min({k, 4 * turn - k, turn}));
}

/// How many colors of bytes, every step-th, differ from what the formula gives.
int differing(auto const& stage, auto const& formula, int step = 1) {
    int count = 0;
    for (int n = 0; n < 1 << 24; n += step) {
        int const r = n & 255, g = (n >> 8) & 255, b = n >> 16;
        auto const got = stage(
            quoin::rgb8{static_cast<std::uint8_t>(r), static_cast<std::uint8_t>(g), static_cast<std::uint8_t>(b)});
        color const expected = formula(color{static_cast<double>(r), static_cast<double>(g), static_cast<double>(b)});
        count += expected != color{static_cast<double>(got.r), static_cast<double>(got.g), static_cast<double>(got.b)};
    }
    return count;
}

/// Scalars and lanes of pixels P.
template <class P>
std::string wrong(auto const& stage, auto const& formula, values const& in, double tolerance = 0) {
    return wrong_alone<P>(stage, in, colors_of(in, formula), tolerance);
}

} // namespace test
