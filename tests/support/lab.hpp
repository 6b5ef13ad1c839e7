// SPDX-License-Identifier: BSL-1.0
// The contracts of rgb_to_lab and lab_to_rgb in double.
#pragma once

#include "support/colors.hpp"

#include <cmath>

namespace test {

inline double light(double c) {
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}
inline double stored(double l) {
    l = std::min(std::max(l, 0.0), 1.0);
    return l <= 0.0031308 ? 12.92 * l : 1.055 * std::pow(l, 1 / 2.4) - 0.055;
}
inline double bent(double t) {
    return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116;
}
inline double straight(double f) {
    return f > 6.0 / 29 ? f * f * f : (f - 16.0 / 116) / 7.787;
}

/// The contract in double, of parts of white.
inline color lab_of(color const& c) {
    double const r = light(c[0]), g = light(c[1]), b = light(c[2]);
    double const x = bent((0.412453 * r + 0.357580 * g + 0.180423 * b) / 0.950456);
    double const y = bent(0.212671 * r + 0.715160 * g + 0.072169 * b);
    double const z = bent((0.019334 * r + 0.119193 * g + 0.950227 * b) / 1.088754);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}
inline color rgb_of(color const& lab) {
    double const y = (lab[0] + 16) / 116;
    double const x = 0.950456 * straight(y + lab[1] / 500), z = 1.088754 * straight(y - lab[2] / 200);
    double const l = straight(y);
    return {stored(3.2404813432 * x - 1.5371515163 * l - 0.4985363262 * z),
            stored(-0.96925495 * x + 1.8759900015 * l + 0.0415559266 * z),
            stored(0.0556466391 * x - 0.2040413384 * l + 1.0573110696 * z)};
}

/// The same in whole numbers of u8 or u16, not rounded but saturated.
inline color lab_of_whole(color const& c, double most) {
    color const lab = lab_of({c[0] / most, c[1] / most, c[2] / most});
    color const wide{lab[0] * 2.55, lab[1] + 128, lab[2] + 128};
    color out{};
    for (std::size_t i = 0; i < 3; ++i) out[i] = std::min(std::max(wide[i], 0.0), 255.0) * most / 255;
    return out;
}
inline color rgb_of_whole(color const& c, double most) {
    double const unit = most / 255;
    color out = rgb_of({c[0] / unit / 2.55, c[1] / unit - 128, c[2] / unit - 128});
    for (double& v : out) v *= most;
    return out;
}

/// The share of colors of bytes that are not the rounded real value, and the largest distance to it.
struct errors {
    double share = 0, most = 0;
};
errors errors_of(auto const& stage, auto const& formula, int step) {
    errors e;
    int count = 0;
    for (int n = 0; n < 1 << 24; n += step, ++count) {
        int const r = n & 255, g = (n >> 8) & 255, b = n >> 16;
        auto const p = stage(
            quoin::rgb8{static_cast<std::uint8_t>(r), static_cast<std::uint8_t>(g), static_cast<std::uint8_t>(b)});
        color const real =
            formula(color{static_cast<double>(r), static_cast<double>(g), static_cast<double>(b)}, 255.0);
        color const got{static_cast<double>(p.r), static_cast<double>(p.g), static_cast<double>(p.b)};
        bool same = true;
        for (std::size_t i = 0; i < 3; ++i) {
            same = same && std::floor(real[i] + 0.5) == got[i];
            e.most = std::max(e.most, std::abs(real[i] - got[i]));
        }
        e.share += !same;
    }
    e.share /= count;
    return e;
}

/// Scalars and lanes of pixels P.
template <class P>
std::string wrong(auto const& stage, auto const& formula, values const& in, double tolerance) {
    return wrong_alone<P>(stage, in, colors_of(in, formula), tolerance);
}

} // namespace test
