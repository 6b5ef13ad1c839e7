// SPDX-License-Identifier: BSL-1.0
// The weights of the pixels around a place, along one axis, for each fraction of a pixel.
#pragma once

#include <quoin/config.hpp>

#include <cstdint>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Fractions of places have this many bits where they are weights.
inline constexpr int fraction_bits = 11;

/// The taps of a kernel: the number of pixels, how many of them lie before floor(place), and their weights for a
/// fraction, which sum to 2^bits.
struct linear_taps {
    static constexpr int count = 2, before = 0, bits = fraction_bits;
    int weights[count];
    QUOIN_FN explicit linear_taps(int t) : weights{(1 << bits) - t, t} {}
};

/// Keys' kernel with a = -3/4. The weights of t = f / 2^11 are polynomials over 2^35; they are rounded to 14 bits, half
/// up, and that of the third pixel is what is missing to a sum of 2^14.
struct cubic_taps {
    static constexpr int count = 4, before = 1, bits = 14;
    int weights[count];
    QUOIN_FN explicit cubic_taps(int f) : weights{} {
        constexpr std::int64_t one = 1 << fraction_bits;
        std::int64_t const t = f, tt = t * t, ttt = tt * t;
        weights[0] = rounded(-3 * ttt + 6 * one * tt - 3 * one * one * t);
        weights[1] = rounded(5 * ttt - 9 * one * tt + 4 * one * one * one);
        weights[3] = rounded(3 * ttt - 3 * one * tt);
        weights[2] = (1 << bits) - weights[0] - weights[1] - weights[3];
    }

private:
    static QUOIN_FN int rounded(std::int64_t over_2_35) {
        return static_cast<int>((over_2_35 + (std::int64_t{1} << 20)) >> 21);
    }
};

/// Lanczos' kernel of eight pixels, normalized: w(d) = sin(pi d) sin(pi d / 4) / d^2 over the sum of all. Weights are
/// rounded to 14 bits, half up, and that of the nearer pixel, or of the left one of two, is what is missing to a sum of
/// 2^14. All in integers, so that every machine has the same.
struct lanczos4_taps {
    static constexpr int count = 8, before = 3, bits = 14;
    int weights[count];
    QUOIN_FN explicit lanczos4_taps(int f) : weights{} {
        constexpr int one = 1 << fraction_bits;
        int const nearer = f > one / 2 ? before + 1 : before;
        weights[nearer] = 1 << bits;
        if (f == 0) return;
        // |sin(pi d)| is the same for all taps, and cancels. The angle of a tap is that of the fraction, and eighths of
        // a turn.
        constexpr std::int64_t unit = std::int64_t{1} << 30;
        std::int64_t const angle = (f * std::int64_t{843314857}) >> fraction_bits; // pi / 4 of unit
        std::int64_t const square = (angle * angle) >> 30;
        std::int64_t sine = unit, cosine = unit;
        for (int n = 10; n > 0; n -= 2) {
            sine = unit - ((square * sine) >> 30) / (n * (n + 1));
            cosine = unit - ((square * cosine) >> 30) / (n * (n - 1));
        }
        sine = (sine * angle) >> 30;
        constexpr std::int64_t diagonal = 759250125; // sqrt(1/2) of unit
        std::int64_t const rising = ((sine + cosine) * diagonal) >> 30, falling = ((cosine - sine) * diagonal) >> 30;
        // Of sin(angle + (3 - i) pi / 4), with the signs of sin(pi d).
        std::int64_t const values[count] = {-falling, cosine, -rising, sine, falling, -cosine, rising, -sine};
        std::int64_t scaled[count] = {}, sum = 0;
        for (int i = 0; i < count; ++i) {
            std::int64_t const d = f + (before - i) * one;
            scaled[i] = values[i] * (std::int64_t{1} << 28) / (d * d);
            sum += scaled[i];
        }
        for (int i = 0; i < count; ++i) {
            if (i == nearer) continue;
            // Half up, of a quotient that may be negative.
            std::int64_t const twice = scaled[i] * (2 << bits) + sum, whole = twice / (2 * sum);
            weights[i] = static_cast<int>(whole - (twice % (2 * sum) < 0 ? 1 : 0));
            weights[nearer] -= weights[i];
        }
    }
};

/// The weights of all fractions, computed once in a program.
template <class Taps>
struct fraction_table {
    std::int16_t weights[1 << fraction_bits][Taps::count];
    bool has_zero[1 << fraction_bits]; ///< among the weights

    static fraction_table const& get() {
        static fraction_table const table;
        return table;
    }

private:
    fraction_table() {
        for (int f = 0; f < 1 << fraction_bits; ++f) {
            Taps const taps(f);
            has_zero[f] = false;
            for (int i = 0; i < Taps::count; ++i) {
                weights[f][i] = static_cast<std::int16_t>(taps.weights[i]);
                has_zero[f] |= taps.weights[i] == 0;
            }
        }
    }
};
/// The same weights as factors.
template <class Taps>
struct factor_table {
    float factors[1 << fraction_bits][Taps::count];

    static factor_table const& get() {
        static factor_table const table;
        return table;
    }

private:
    factor_table() {
        auto const& weights = fraction_table<Taps>::get().weights;
        for (int f = 0; f < 1 << fraction_bits; ++f)
            for (int i = 0; i < Taps::count; ++i)
                factors[f][i] = static_cast<float>(weights[f][i]) * (1.0f / (1 << Taps::bits));
    }
};

} // namespace detail

QUOIN_NAMESPACE_END
