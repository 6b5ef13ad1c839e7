// SPDX-License-Identifier: BSL-1.0
// Sines and cosines that are the same on every system.
#pragma once

#include <quoin/core/geometry.hpp>

#include <cstdint>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// sin(x) for |x| < 1000, nearly to the last bit: the sine of a library differs from system to system.
QUOIN_FN double sine(double x) {
    constexpr double pi = 3.14159265358979311600, pi_rest = 1.22464679914735317636e-16;
    auto const turns = static_cast<std::int64_t>(x / pi + (x < 0 ? -0.5 : 0.5));
    auto const whole = static_cast<double>(turns);
    double const r = x - whole * pi - whole * pi_rest, square = r * r;
    double sum = 0; // Taylor's series, from its end
    for (int k = 22; k >= 2; k -= 2) sum = (1 + sum) * -square / static_cast<double>(k * (k + 1));
    return turns % 2 == 0 ? r + r * sum : -(r + r * sum);
}
QUOIN_FN double cosine(double x) {
    return sine(x + 1.57079632679489661923); // pi / 2
}
/// The cosine and the sine of an angle.
struct direction {
    double x, y;
};
/// Of so many quarter turns and `part` more, 0 <= part < 1. Exact for a part of 0.
QUOIN_FN direction turned(index_t quarters, double part) {
    double const angle = part * 1.57079632679489661923;
    double const c = part == 0 ? 1 : cosine(angle), s = part == 0 ? 0 : sine(angle);
    switch (quarters & 3) {
    case 0:
        return {c, s};
    case 1:
        return {-s, c};
    case 2:
        return {-c, -s};
    default:
        return {s, -c};
    }
}

} // namespace detail

QUOIN_NAMESPACE_END
