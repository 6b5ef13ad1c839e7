// SPDX-License-Identifier: BSL-1.0
// What orb() computes of the pixels around one point, all of which lie inside the image.
#pragma once

#include <quoin/core/detail/angle.hpp>
#include <quoin/feature/binary_descriptor.hpp>
#include <quoin/feature/detail/orb_pattern.hpp>

#include <cmath>
#include <cstdlib>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Bytes around a pixel: at(dx, dy).
struct orb_patch {
    std::uint8_t const* middle;
    index_t stride;

    int at(index_t dx, index_t dy) const { return middle[dy * stride + dx]; }
};

/// The Harris score with k = 1/25 over 7 x 7 pixels, times 25 (28 * 255)^4: exact.
inline std::int64_t orb_score(orb_patch const& p) {
    std::int32_t xx = 0, xy = 0, yy = 0; // sums of squares up to 1020^2
    for (index_t v = -3; v <= 3; ++v)
        for (index_t u = -3; u <= 3; ++u) {
            auto const across = [&](index_t y) { return p.at(u + 1, v + y) - p.at(u - 1, v + y); };
            auto const down = [&](index_t x) { return p.at(u + x, v + 1) - p.at(u + x, v - 1); };
            int const gx = across(-1) + 2 * across(0) + across(1), gy = down(-1) + 2 * down(0) + down(1);
            xx += gx * gx;
            xy += gx * gy;
            yy += gy * gy;
        }
    std::int64_t const a = xx, b = xy, c = yy;
    return 25 * (a * c - b * b) - (a + c) * (a + c);
}
/// The same as cv::ORB has it.
inline float orb_response(std::int64_t score) {
    constexpr double unit = 28.0 * 255.0;
    return static_cast<float>(static_cast<double>(score) / (25 * unit * unit * unit * unit));
}

/// The direction from the middle to the center of gravity of a disc of radius 15, in degrees, clockwise as seen, in
/// [0, 360]: by the polynomial of cv::fastAtan2.
inline float orb_angle(orb_patch const& p) {
    constexpr index_t half_widths[16] = {15, 15, 15, 15, 14, 14, 14, 13, 13, 12, 11, 10, 9, 8, 6, 3};
    std::int32_t mx = 0, my = 0;
    for (index_t v = -15; v <= 15; ++v) {
        std::int32_t sum = 0;
        index_t const half = half_widths[std::abs(v)];
        for (index_t u = -half; u <= half; ++u) {
            int const value = p.at(u, v);
            sum += value;
            mx += static_cast<std::int32_t>(u) * value;
        }
        my += static_cast<std::int32_t>(v) * sum;
    }
    double const x = std::abs(mx), y = std::abs(my);
    if (x == 0 && y == 0) return 0;
    double const c = std::min(x, y) / std::max(x, y), square = c * c;
    double const octant =
        (((-0.04432655554792128 * square + 0.1555786518463281) * square - 0.3258083974640975) * square +
         0.9997878412794807) *
        c * 57.29577951308232;
    double angle = x >= y ? octant : 90 - octant;
    if (mx < 0) angle = 180 - angle;
    if (my < 0) angle = 360 - angle;
    return static_cast<float>(angle);
}

/// A patch of 37 x 37 pixels, blurred by a Gaussian of sigma 2 over 7 x 7 pixels. Weights of 22 bits sum to 1; all
/// sums are exact, and rounded once, half up.
class blurred_patch {
public:
    static constexpr index_t radius = 18, reach = radius + 3;

    explicit blurred_patch(orb_patch const& p) {
        for (index_t y = 0; y < tall; ++y) {
            std::uint8_t const* const from = p.middle + (y - reach) * p.stride - reach;
            std::int32_t* const to = rows_ + y * pitch;
            for (index_t x = 0; x < side; ++x)
                to[x] = weights[0] * (from[x] + from[x + 6]) + weights[1] * (from[x + 1] + from[x + 5]) +
                        weights[2] * (from[x + 2] + from[x + 4]) + weights[3] * from[x + 3];
        }
        for (index_t y = 0; y < side; ++y) {
            std::int32_t const* const from = rows_ + y * pitch;
            std::uint8_t* const to = pixels_ + y * pitch;
            auto const row = [&](index_t k, index_t x) { return static_cast<double>(from[k * pitch + x]); };
            for (index_t x = 0; x < pitch; ++x) {
                double const sum = column[0] * (row(0, x) + row(6, x)) + column[1] * (row(1, x) + row(5, x)) +
                                   column[2] * (row(2, x) + row(4, x)) + column[3] * row(3, x);
                to[x] = static_cast<std::uint8_t>(static_cast<std::int32_t>(sum + 0.5));
            }
        }
    }
    /// |dx|, |dy| <= 18
    int at(index_t dx, index_t dy) const { return pixels_[(dy + radius) * pitch + dx + radius]; }

private:
    static constexpr index_t side = 2 * radius + 1, tall = side + 6, pitch = 40;
    static constexpr std::int32_t weights[4] = {294270, 549768, 799908, 906412};
    static constexpr double unit = 1.0 / 4194304 / 4194304;
    static constexpr double column[4] = {weights[0] * unit, weights[1] * unit, weights[2] * unit, weights[3] * unit};
    static_assert(2 * (weights[0] + weights[1] + weights[2]) + weights[3] == 4194304);

    std::int32_t rows_[tall * pitch] = {}; // the columns behind the 37th are zeros
    std::uint8_t pixels_[side * pitch];
};

/// The bits of the pairs, turned by an angle in degrees: whether the first pixel is darker.
inline binary_descriptor orb_descriptor(orb_patch const& p, float degrees) {
    blurred_patch const blurred(p);
    auto const angle = static_cast<double>(degrees * static_cast<float>(3.14159265358979323846 / 180));
    // Floats as in OpenCV. Products with whole numbers below 16 are then exact in double.
    auto const c = static_cast<double>(static_cast<float>(cosine(angle))),
               s = static_cast<double>(static_cast<float>(sine(angle)));
    auto const value = [&](int x, int y) {
        double const u = x * c - y * s, v = x * s + y * c;
        return blurred.at(static_cast<index_t>(u + 32.5) - 32, static_cast<index_t>(v + 32.5) - 32);
    };
    binary_descriptor bits{};
    for (std::size_t i = 0; i < 256; ++i) {
        compared_pixels const& pair = orb_pattern[i];
        if (value(pair.x0, pair.y0) < value(pair.x1, pair.y1)) bits[i / 64] |= std::uint64_t{1} << i % 64;
    }
    return bits;
}

} // namespace detail

QUOIN_NAMESPACE_END
