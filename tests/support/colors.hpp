// SPDX-License-Identifier: BSL-1.0
// Colors for tests of stages of colors, and what a formula of single colors makes of them.
#pragma once

#include "support/functor.hpp"

#include <array>

namespace test {

/// Red, green and blue, or what stands in their place.
using color = std::array<double, 3>;

/// Every step-th color of bytes in the order of their numbers, red in the lowest digits, with alpha if wanted.
inline values byte_colors(std::uint32_t step, int channels = 3) {
    values all({static_cast<index_t>(((1u << 24) + step - 1) / step), 1}, channels);
    for (index_t i = 0; i < all.size.width; ++i) {
        auto const n = static_cast<std::uint32_t>(i) * step;
        for (int c = 0; c < channels; ++c) all.row(0, c)[i] = c < 3 ? (n >> (8 * c)) & 255 : n % 251;
    }
    return all;
}

/// formula(color) of each pixel, where red, green and blue are these channels. Other channels stay.
template <class F>
values colors_of(values in, F const& formula, std::array<int, 3> place = {0, 1, 2}) {
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x) {
            color c{};
            for (std::size_t i = 0; i < 3; ++i) c[i] = in.row(y, place[i])[x];
            c = formula(c);
            for (std::size_t i = 0; i < 3; ++i) in.row(y, place[i])[x] = c[i];
        }
    return in;
}

/// The first channel of formula(color) of each pixel.
template <class F>
values gray_of(values const& in, F const& formula, std::array<int, 3> place = {0, 1, 2}) {
    values out(in.size, 1);
    values const all = colors_of(in, [&](color const& c) { return color{formula(c), 0, 0}; }, place);
    for (index_t y = 0; y < in.size.height; ++y) std::copy_n(all.row(y, place[0]), in.size.width, out.row(y, 0));
    return out;
}

/// Colors in the order of OpenCV.
template <class T>
struct bgr {
    T b, g, r;
};

} // namespace test

template <class T>
struct quoin::pixel_traits<test::bgr<T>> : quoin::pixel_layout<test::bgr, T, 3> {
    static constexpr int red = 2, green = 1, blue = 0;
};
