// SPDX-License-Identifier: BSL-1.0
// The conversions between RGB and YCbCr as plain fractions of whole numbers, from the definitions, for the tests of
// rgb_to_ycbcr and ycbcr_to_rgb.
#pragma once

#include "support/values.hpp"

#include <quoin/core/ycbcr.hpp>
#include <quoin/lanes/simd_lanes.hpp>

#include <array>
#include <cstdint>
#include <sstream>
#include <string>

namespace test {

__extension__ using i128 = __int128;

/// (c[0] v0 + c[1] v1 + c[2] v2 + c[3]) / divisor.
struct whole_row {
    i128 c[4];
    i128 divisor;

    /// Rounded half up, not clamped.
    std::int64_t rounded(std::int64_t a, std::int64_t b, std::int64_t d) const {
        i128 const twice = 2 * (c[0] * a + c[1] * b + c[2] * d + c[3]) + divisor;
        i128 const q = twice / (2 * divisor);
        return static_cast<std::int64_t>(q - (twice % (2 * divisor) < 0));
    }
};

/// `bits` are those of a channel. From RGB to YCbCr with weights in 1 / 10,000.
inline std::array<whole_row, 3> forward_rows(quoin::ycbcr_matrix matrix, quoin::ycbcr_range range, int bits) {
    i128 const w = (i128{1} << bits) - 1, unit = i128{1} << (bits - 8), p = 10000;
    i128 const red[] = {2990, 2126, 2627}, blue[] = {1140, 722, 593};
    i128 const kr = red[static_cast<int>(matrix)], kb = blue[static_cast<int>(matrix)], kg = p - kr - kb;
    bool const limited = range == quoin::ycbcr_range::limited;
    i128 const luma = limited ? 219 * unit : w, difference = limited ? 224 * unit : w;
    i128 const black = limited ? 16 * unit : 0, middle = 128 * unit;
    // Cb = difference / w (B - Y) / (2 (1 - kb)) + middle
    auto const from_luma = [&](i128 k, int own) {
        whole_row r{{-difference * kr, -difference * kg, -difference * kb, middle * w * 2 * (p - k)}, w * 2 * (p - k)};
        r.c[own] += difference * p;
        return r;
    };
    return {{{{luma * kr, luma * kg, luma * kb, black * w * p}, w * p}, from_luma(kb, 2), from_luma(kr, 0)}};
}

/// From YCbCr to RGB.
inline std::array<whole_row, 3> inverse_rows(quoin::ycbcr_matrix matrix, quoin::ycbcr_range range, int bits) {
    i128 const w = (i128{1} << bits) - 1, unit = i128{1} << (bits - 8), p = 10000;
    i128 const red[] = {2990, 2126, 2627}, blue[] = {1140, 722, 593};
    i128 const kr = red[static_cast<int>(matrix)], kb = blue[static_cast<int>(matrix)], kg = p - kr - kb;
    bool const limited = range == quoin::ycbcr_range::limited;
    i128 const luma = limited ? 219 * unit : w, difference = limited ? 224 * unit : w;
    i128 const black = limited ? 16 * unit : 0, middle = 128 * unit;
    // All over luma difference p kg: y = (Y - black) w / luma, b = (Cb - middle) w / difference.
    i128 const y = w * difference * p * kg, c = w * luma;
    auto const row = [&](i128 cb, i128 cr) {
        return whole_row{{y, c * cb, c * cr, -black * y - middle * c * (cb + cr)}, luma * difference * p * kg};
    };
    return {{row(0, 2 * (p - kr) * kg), row(-2 * (p - kb) * kb, -2 * (p - kr) * kr), row(2 * (p - kb) * kg, 0)}};
}

/// The true rounding of three channels, clamped.
inline values rounded_rows(values const& in, std::array<whole_row, 3> const& rows, std::int64_t most) {
    values out(in.size, 3);
    for (quoin::index_t y = 0; y < in.size.height; ++y)
        for (quoin::index_t x = 0; x < in.size.width; ++x)
            for (int k = 0; k < 3; ++k) {
                auto const at = [&](int c) { return static_cast<std::int64_t>(in.row(y, c)[x]); };
                std::int64_t const v = rows[static_cast<std::size_t>(k)].rounded(at(0), at(1), at(2));
                out.row(y, k)[x] = static_cast<double>(v < 0 ? 0 : v > most ? most : v);
            }
    return out;
}

/// What f makes of make(a, b, 0) ... make(a, b, 255), many pixels a step: got[k][c] is channel k of pixel c.
template <class F, class Make>
void bytes_of_row(F const& f, Make const& make, int a, int b, std::uint8_t (&got)[3][256]) {
    using quoin::simd_lanes;
    using lanes = simd_lanes::type<std::uint8_t>;
    std::uint8_t rising[256];
    for (int i = 0; i < 256; ++i) rising[i] = static_cast<std::uint8_t>(i);
    for (int c = 0; c < 256; c += simd_lanes::count) {
        auto const result =
            f(make(lanes(static_cast<std::uint8_t>(a)), lanes(static_cast<std::uint8_t>(b)), lanes::load(rising + c)));
        quoin::get_channel<0>(result).store(got[0] + c);
        quoin::get_channel<1>(result).store(got[1] + c);
        quoin::get_channel<2>(result).store(got[2] + c);
    }
}

/// What differs first, of all 2^24 colors of bytes, from the fractions; by lanes, and for some colors by scalars.
/// `make(a, b, c)` makes a pixel that the functor takes.
template <class F, class Make>
std::string wrong_of_all_bytes(F const& f, std::array<whole_row, 3> const& rows, Make const& make) {
    std::uint8_t got[3][256];
    std::int64_t step[3], whole[3];
    for (int k = 0; k < 3; ++k) {
        auto const i = static_cast<std::size_t>(k);
        whole[k] = static_cast<std::int64_t>(2 * rows[i].divisor);
        step[k] = static_cast<std::int64_t>(2 * rows[i].c[2]);
    }
    for (int a = 0; a < 256; ++a)
        for (int b = 0; b < 256; ++b) {
            bytes_of_row(f, make, a, b, got);
            for (int k = 0; k < 3; ++k) {
                // From one color to the next the fraction grows by a constant: no division is needed.
                std::int64_t q = rows[static_cast<std::size_t>(k)].rounded(a, b, 0);
                auto const& r = rows[static_cast<std::size_t>(k)];
                auto rest =
                    static_cast<std::int64_t>(2 * (r.c[0] * a + r.c[1] * b + r.c[3]) + r.divisor - q * 2 * r.divisor);
                for (int c = 0; c < 256; ++c) {
                    auto const expected = static_cast<std::uint8_t>(q < 0 ? 0 : q > 255 ? 255 : q);
                    bool bad = got[k][c] != expected;
                    if ((a * 31 + b * 7 + c) % 61 == 0) {
                        auto const one = f(make(static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b),
                                                static_cast<std::uint8_t>(c)));
                        std::uint8_t const scalar[] = {quoin::get_channel<0>(one), quoin::get_channel<1>(one),
                                                       quoin::get_channel<2>(one)};
                        bad = bad || scalar[k] != expected;
                    }
                    if (bad) {
                        std::ostringstream text;
                        text << "channel " << k << " of " << a << ", " << b << ", " << c << " is " << int{got[k][c]}
                             << ", not " << int{expected};
                        return text.str();
                    }
                    rest += step[k];
                    while (rest >= whole[k]) rest -= whole[k], ++q;
                    while (rest < 0) rest += whole[k], --q;
                }
            }
        }
    return "";
}

/// The same of the bytes of `formula(a, b, c)`, in plain whole numbers that are clamped here.
template <class F, class Formula, class Make>
std::string wrong_of_all_bytes_by(F const& f, Formula const& formula, Make const& make) {
    std::uint8_t got[3][256];
    for (int a = 0; a < 256; ++a)
        for (int b = 0; b < 256; ++b) {
            bytes_of_row(f, make, a, b, got);
            for (int c = 0; c < 256; ++c) {
                std::array<int, 3> const expected = formula(a, b, c);
                for (int k = 0; k < 3; ++k) {
                    int const v = expected[static_cast<std::size_t>(k)];
                    if (got[k][c] == (v < 0 ? 0 : v > 255 ? 255 : v)) continue;
                    std::ostringstream text;
                    text << "channel " << k << " of " << a << ", " << b << ", " << c << " is " << int{got[k][c]}
                         << ", not " << v;
                    return text.str();
                }
            }
        }
    return "";
}

} // namespace test
