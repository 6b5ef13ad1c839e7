// SPDX-License-Identifier: BSL-1.0
// The u8 filters as plain loops over whole images, to be composed by calls.
#pragma once

#include "support/oracle.hpp"

#include <cmath>

namespace test {

using bytes = plain<std::uint8_t>;

/// A 3x3 integer kernel, the sum plus `offset` shifted down by `shift`, saturated.
template <class Border>
bytes kernel3(bytes const& in, Border border, int const (&k)[3][3], int offset, int shift) {
    return local<std::uint8_t>(in, border, [&](auto const& at) {
        int sum = offset;
        for (int j = 0; j < 3; ++j)
            for (int i = 0; i < 3; ++i) sum += k[j][i] * at(i - 1, j - 1);
        return clamped<std::uint8_t>(sum >> shift);
    });
}
template <class Border = quoin::reflect_101_border>
bytes blurred(bytes const& in, Border border = {}) {
    return kernel3(in, border, {{1, 2, 1}, {2, 4, 2}, {1, 2, 1}}, 8, 4);
}
template <class Border = quoin::reflect_101_border>
bytes sharpened(bytes const& in, Border border = {}) {
    return kernel3(in, border, {{-2, -2, -2}, {-2, 32, -2}, {-2, -2, -2}}, 8, 4);
}
template <class Border = quoin::reflect_101_border>
bytes edges(bytes const& in, Border border = {}) {
    return local<std::uint8_t>(in, border, [](auto const& at) {
        int const x = at(1, -1) + 2 * at(1, 0) + at(1, 1) - at(-1, -1) - 2 * at(-1, 0) - at(-1, 1);
        int const y = at(-1, 1) + 2 * at(0, 1) + at(1, 1) - at(-1, -1) - 2 * at(0, -1) - at(1, -1);
        return clamped<std::uint8_t>(std::floor(std::sqrt(static_cast<double>(x * x + y * y)) + 0.5));
    });
}
template <class Border = quoin::reflect_101_border>
bytes boxed(bytes const& in, int side, Border border = {}) {
    return local<std::uint8_t>(in, border, [side](auto const& at) {
        int sum = side * side / 2;
        for (int j = -side / 2; j <= side / 2; ++j)
            for (int i = -side / 2; i <= side / 2; ++i) sum += at(i, j);
        return static_cast<std::uint8_t>(sum / (side * side));
    });
}
inline bytes brighter(bytes const& in, float gain) {
    return pointwise<std::uint8_t>(
        in, [gain](auto v) { return clamped<std::uint8_t>(std::round(static_cast<double>(gain) * v)); });
}
inline bytes cut(bytes const& in, int level) {
    return pointwise<std::uint8_t>(
        in, [level](auto v) { return static_cast<std::uint8_t>(v > level ? 255 : 0); });
}
inline bytes inverted(bytes const& in) {
    return pointwise<std::uint8_t>(in, [](auto v) { return static_cast<std::uint8_t>(255 - v); });
}
inline bytes luma(plain<quoin::rgb8> const& in) {
    bytes out(in.size);
    for (std::size_t i = 0; i < in.data.size(); ++i) {
        auto const p = in.data[i];
        out.data[i] = static_cast<std::uint8_t>((9798 * p.r + 19235 * p.g + 3735 * p.b + 16384) >> 15);
    }
    return out;
}

/// Extents, their number and what fills them drawn from a seed, which the answer names.
template <class P, class Make, class Oracle>
std::string random_sweep(unsigned seed, Make const& make, Oracle const& oracle) {
    std::mt19937 random(seed);
    for (int i = 0; i < (QUOIN_SANITIZED ? 4 : 10); ++i) {
        extent const size{static_cast<index_t>(1 + random() % 150), static_cast<index_t>(1 + random() % 12)};
        plain<P> const in = random_pixels<P>(size, random());
        std::string const wrong = check_pipeline(in, oracle(in), make);
        if (!wrong.empty()) return "seed " + std::to_string(seed) + ", " + wrong;
    }
    return {};
}

} // namespace test
