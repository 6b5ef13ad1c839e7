// SPDX-License-Identifier: BSL-1.0
// What tests of spaces of light share: how whole numbers hold their values, and light of XYZ in double.
#pragma once

#include "support/lab.hpp"

namespace test {

/// X, Y and Z of red, green and blue as they are stored, and the way back.
inline color xyz_of(color const& c) {
    double const r = light(c[0]), g = light(c[1]), b = light(c[2]);
    return {0.412453 * r + 0.357580 * g + 0.180423 * b, 0.212671 * r + 0.715160 * g + 0.072169 * b,
            0.019334 * r + 0.119193 * g + 0.950227 * b};
}
inline color rgb_of_xyz(color const& c) {
    return {stored(3.2404813432 * c[0] - 1.5371515163 * c[1] - 0.4985363262 * c[2]),
            stored(-0.96925495 * c[0] + 1.8759900015 * c[1] + 0.0415559266 * c[2]),
            stored(0.0556466391 * c[0] - 0.2040413384 * c[1] + 1.0573110696 * c[2])};
}

/// Bytes hold scale v + zero, and 16 bits 257 times that.
struct encoding {
    color scale, zero;
};

/// of(color) and back(color) are in real units, and these functions in whole numbers up to `most`, not rounded but
/// saturated.
auto whole_of(auto const& of, encoding const& e) {
    return [=](color const& c, double most) {
        color const found = of(color{c[0] / most, c[1] / most, c[2] / most});
        color out{};
        for (std::size_t i = 0; i < 3; ++i)
            out[i] = std::min(std::max(e.scale[i] * found[i] + e.zero[i], 0.0), 255.0) * most / 255;
        return out;
    };
}
auto whole_back(auto const& back, encoding const& e) {
    return [=](color const& c, double most) {
        color in{};
        for (std::size_t i = 0; i < 3; ++i) in[i] = (c[i] * 255 / most - e.zero[i]) / e.scale[i];
        color out = back(in);
        for (double& v : out) v *= most;
        return out;
    };
}

/// As floats hold them.
inline values as_floats(values in, double unit = 1) {
    for (double& v : in.data) v = static_cast<double>(static_cast<float>(v / unit));
    return in;
}

/// The whole numbers that are next to formula(color, most) of these colors.
inline values rounded_colors(values const& in, auto const& formula, double most) {
    return colors_of(in, [&](color const& c) {
        color out = formula(c, most);
        for (double& v : out) v = std::floor(v + 0.5);
        return out;
    });
}

/// Scalars and lanes of u8, u16 and floats against formulas in double: `there` from colors, `back` from what they
/// become.
template <class There, class Back>
std::string wrong_space(There const& there, Back const& back, auto const& of, auto const& back_of,
                        encoding const& bytes, encoding const& deep, color const& tolerances,
                        color const& tolerances_back) {
    values const all = byte_colors(8209, 4), words = random_values<std::uint16_t>({203, 25}, 3, 3, false);
    values const parts = as_floats(byte_colors(8209), 255);
    auto const with = [](auto const& formula, double most) { return [=](color const& c) { return formula(c, most); }; };
    auto const of8 = whole_of(of, bytes), of16 = whole_of(of, deep), back8 = whole_back(back_of, bytes),
               back16 = whole_back(back_of, deep);
    return wrong<quoin::rgba8>(there, with(of8, 255), all, tolerances[0]) +
           wrong<quoin::rgb16>(there, with(of16, 65535), words, tolerances[1]) +
           wrong<quoin::rgbf>(there, of, parts, tolerances[2]) +
           wrong<quoin::rgba8>(back, with(back8, 255), rounded_colors(all, of8, 255), tolerances_back[0]) +
           wrong<quoin::rgb16>(back, with(back16, 65535), rounded_colors(words, of16, 65535), tolerances_back[1]) +
           wrong<quoin::rgbf>(back, back_of, as_floats(colors_of(parts, of)), tolerances_back[2]);
}

} // namespace test
