// SPDX-License-Identifier: BSL-1.0
// The numbers of the matrices between RGB and YCbCr, and the arithmetic that rounds them truly.
#pragma once

#include <quoin/core/ycbcr.hpp>
#include <quoin/lanes/sums.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

constexpr std::int64_t common_divisor(std::int64_t a, std::int64_t b) {
    while (b != 0) {
        std::int64_t const rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/// A fraction in lowest terms, with d > 0. Those of the matrices need at most 45 bits.
struct fraction {
    std::int64_t n = 0, d = 1;

    constexpr fraction() = default;
    constexpr fraction(std::int64_t numerator, std::int64_t denominator = 1) {
        std::int64_t const g = common_divisor(numerator, denominator);
        n = numerator / g;
        d = denominator / g;
    }
    constexpr double value() const { return static_cast<double>(n) / static_cast<double>(d); }
    friend constexpr fraction operator*(fraction const& a, fraction const& b) {
        std::int64_t const g = common_divisor(a.n, b.d), h = common_divisor(b.n, a.d);
        return {a.n / g * (b.n / h), a.d / h * (b.d / g)};
    }
    friend constexpr fraction operator/(fraction const& a, fraction const& b) { return a * fraction(b.d, b.n); }
    friend constexpr fraction operator-(fraction const& a) { return {-a.n, a.d}; }
    friend constexpr fraction operator+(fraction const& a, fraction const& b) {
        std::int64_t const g = common_divisor(a.d, b.d);
        return {a.n * (b.d / g) + b.n * (a.d / g), a.d / g * b.d};
    }
};

/// c[0] v0 + c[1] v1 + c[2] v2 + c[3], a channel of the result.
struct exact_row {
    fraction c[4];
};

/// The weights of a matrix in 1 / 10,000, and the numbers of a range where white is `white`: a channel of n bits has
/// 2^(n - 8) times the numbers of 8 bits, and floating point has white = 1 and the middle at a half.
struct ycbcr_scale {
    fraction red, green, blue; // weights in luma
    fraction luma, difference; // the numbers of the largest luma and difference, relative to white
    fraction black, middle;

    constexpr ycbcr_scale(ycbcr_matrix matrix, ycbcr_range range, std::int64_t white) {
        red = matrix == ycbcr_matrix::bt601   ? fraction(2990, 10000)
              : matrix == ycbcr_matrix::bt709 ? fraction(2126, 10000)
                                              : fraction(2627, 10000);
        blue = matrix == ycbcr_matrix::bt601   ? fraction(1140, 10000)
               : matrix == ycbcr_matrix::bt709 ? fraction(722, 10000)
                                               : fraction(593, 10000);
        green = fraction(1) + -red + -blue;
        bool const limited = range == ycbcr_range::limited;
        fraction const unit = white == 1 ? fraction(1, 255) : fraction((white + 1) / 256, white);
        luma = limited ? fraction(219) * unit : fraction(1);
        difference = limited ? fraction(224) * unit : fraction(1);
        black = limited ? fraction(16 * white) * unit : fraction(0);
        middle = white == 1 ? fraction(1, 2) : fraction((white + 1) / 2);
    }

    constexpr void forward(exact_row (&rows)[3]) const {
        fraction const to_blue = difference / (fraction(2) * (fraction(1) + -blue));
        fraction const to_red = difference / (fraction(2) * (fraction(1) + -red));
        rows[0] = {{luma * red, luma * green, luma * blue, black}};
        rows[1] = {{-(to_blue * red), -(to_blue * green), difference * fraction(1, 2), middle}};
        rows[2] = {{difference * fraction(1, 2), -(to_red * green), -(to_red * blue), middle}};
    }
    constexpr void inverse(exact_row (&rows)[3]) const {
        fraction const y = fraction(1) / luma;
        fraction const of_blue = fraction(2) * (fraction(1) + -blue) / difference;
        fraction const of_red = fraction(2) * (fraction(1) + -red) / difference;
        rows[0] = {{y, 0, of_red, 0}};
        rows[1] = {{y, -(of_blue * blue / green), -(of_red * red / green), 0}};
        rows[2] = {{y, of_blue, 0, 0}};
        for (exact_row& r : rows) r.c[3] = -(black * y) + -(middle * (r.c[1] + r.c[2]));
    }
};

/// floor((c[0] v0 + c[1] v1 + c[2] v2 + c[3] 128 + 2^28) / 2^29), saturated, for bytes. A factor is 2^16 high + low, so
/// that two sums of 16-bit products are the whole sum.
struct byte_row {
    static constexpr int low_bits = 16, high_bits = 13;
    static constexpr std::int32_t constant_byte = 128;
    std::int32_t high[2] = {}, low[2] = {}; // pairs of factors

    static constexpr byte_row of(std::int64_t const (&factor)[4]) {
        std::int16_t h[4] = {}, l[4] = {};
        for (int i = 0; i < 4; ++i) {
            std::int64_t const part = (factor[i] + 32768) >> low_bits;
            h[i] = static_cast<std::int16_t>(part);
            l[i] = static_cast<std::int16_t>(factor[i] - part * 65536);
        }
        return {{dot_factors(h[0], h[1]), dot_factors(h[2], h[3])}, {dot_factors(l[0], l[1]), dot_factors(l[2], l[3])}};
    }
    /// The factors are rounded to nearest, and the constant is a little above c[3]. `nudge` is added to them. With the
    /// right nudge the result is the true rounding for every three bytes, which the tests of the stages count through.
    static constexpr byte_row of(exact_row const& r, int const (&nudge)[4]) {
        constexpr double one = 1 << (low_bits + high_bits);
        std::int64_t factor[4] = {};
        for (int i = 0; i < 3; ++i) factor[i] = static_cast<std::int64_t>(floor(r.c[i].value() * one + 0.5)) + nudge[i];
        factor[3] = static_cast<std::int64_t>(floor(r.c[3].value() * (one / constant_byte))) + nudge[3];
        return of(factor);
    }
    template <int HighBits = high_bits, class V>
    QUOIN_INLINE V operator()(V const& a, V const& b, V const& c) const {
        V const one(static_cast<std::uint8_t>(constant_byte));
        auto l = dot_empty(a), h = dot_empty(a);
        l.add_pair(a, b, low[0]);
        l.add_pair(c, one, low[1]);
        h.add_pair(a, b, high[0]);
        h.add_pair(c, one, high[1]);
        h.template add_shifted<low_bits>(l);
        return h.template rounded<std::uint8_t>(HighBits);
    }
};

/// floor((f[0] v0 + f[1] v1 + f[2] v2 + f[3] 128) / 2^19) for bytes, where the result must be a byte. A factor is
/// 2^12 high + 2^6 middle + low, so that sums of bytes times each part fit 16 bits.
struct byte_digits {
    std::int32_t high[2] = {}, middle[2] = {}, low[2] = {}; // pairs of factors

    static constexpr byte_digits of(std::int32_t const (&f)[4]) {
        int part[3][4] = {};
        for (int i = 0; i < 4; ++i) {
            std::int32_t rest = f[i];
            for (int k = 0; k < 2; ++k) {
                part[k][i] = ((rest + 32) & 63) - 32;
                rest = (rest - part[k][i]) / 64;
            }
            // A signed byte does not hold 128.
            part[2][i] = rest > 127 ? 127 : rest;
            part[1][i] += 64 * (rest - part[2][i]);
        }
        byte_digits made;
        for (int i = 0; i < 2; ++i) {
            made.low[i] = byte_factors(part[0][2 * i], part[0][2 * i + 1]);
            made.middle[i] = byte_factors(part[1][2 * i], part[1][2 * i + 1]);
            made.high[i] = byte_factors(part[2][2 * i], part[2][2 * i + 1]);
        }
        return made;
    }
    template <class V>
    QUOIN_INLINE V operator()(V const& a, V const& b, V const& c) const {
        V const one(std::uint8_t{128});
        auto const sum = [&](std::int32_t const(&factors)[2]) QUOIN_LAMBDA_INLINE {
            auto s = byte_sum_empty(a);
            s.add_pair(a, b, factors[0]);
            s.add_pair(c, one, factors[1]);
            return s;
        };
        auto h = sum(high), m = sum(middle);
        m.template add_shifted<6>(sum(low));
        h.template add_shifted<6>(m);
        return h.template unsigned_shifted<7>();
    }
};

/// The true rounding for 16 bits. All terms are whole numbers over one divisor, and sums of them are exact in double.
/// Where they would need more than 53 bits, they are 2^20 high + low.
struct short_row {
    double high[4] = {}, low[4] = {}; // whole numbers; low alone unless `wide`
    double divisor_high = 0, divisor_low = 1;
    double inverse = 1, inverse_high = 0; // 1 / divisor, 2^20 / divisor
    bool wide = false;

    static constexpr short_row of(exact_row const& r) {
        std::int64_t divisor = 2;
        for (fraction const& c : r.c) divisor = divisor / common_divisor(divisor, c.d) * c.d;
        double most = 0;
        std::int64_t n[4];
        for (int i = 0; i < 4; ++i) {
            n[i] = divisor / r.c[i].d * r.c[i].n;
            most += static_cast<double>(n[i] < 0 ? -n[i] : n[i]) * (i < 3 ? 65535 : 1);
        }
        n[3] += divisor / 2;
        short_row made;
        made.wide = most > 2251799813685248.0; // 2^51
        auto const part = [&](std::int64_t v) { return made.wide ? (v + (1 << 19)) >> 20 : 0; };
        for (int i = 0; i < 4; ++i) {
            made.high[i] = static_cast<double>(part(n[i]));
            made.low[i] = static_cast<double>(n[i] - part(n[i]) * (1 << 20));
        }
        made.divisor_high = static_cast<double>(part(divisor));
        made.divisor_low = static_cast<double>(divisor - part(divisor) * (1 << 20));
        made.inverse = 1 / static_cast<double>(divisor);
        made.inverse_high = (1 << 20) / static_cast<double>(divisor);
        // A quotient is whole or at least 1 / divisor below the next whole number; half of that is far above the error
        // of the product, which is below 2^-34.
        if (!made.wide) made.low[3] += 0.5;
        return made;
    }
    /// In double, for channels that were converted to it.
    template <class D>
    QUOIN_INLINE D operator()(D const& a, D const& b, D const& c) const {
        D const l = a * D(low[0]) + b * D(low[1]) + c * D(low[2]) + D(low[3]);
        if (!wide) return floor(l * D(inverse));
        D const h = a * D(high[0]) + b * D(high[1]) + c * D(high[2]) + D(high[3]);
        D const near = floor(h * D(inverse_high) + l * D(inverse));
        // The rest is exact: its two parts are whole numbers below 2^53.
        D const rest = (h - near * D(divisor_high)) * D(1 << 20) + (l - near * D(divisor_low));
        D const divisor(divisor_high * (1 << 20) + divisor_low);
        return near + select(rest >= divisor, D(1.0), D(0.0)) - select(rest < D(0.0), D(1.0), D(0.0));
    }
};

/// c[0] v0 + c[1] v1 + c[2] v2 + c[3] in floating point, from left to right.
struct float_row {
    double c[4] = {};
    static constexpr float_row of(exact_row const& r) {
        return {{r.c[0].value(), r.c[1].value(), r.c[2].value(), r.c[3].value()}};
    }
    template <class V>
    QUOIN_INLINE V operator()(V const& x, V const& y, V const& z) const {
        using T = scalar_t<V>;
        return x * V(static_cast<T>(c[0])) + y * V(static_cast<T>(c[1])) + z * V(static_cast<T>(c[2])) +
               V(static_cast<T>(c[3]));
    }
};

/// One channel of the result, for every type of channel.
struct ycbcr_row {
    byte_row bytes;
    short_row shorts;
    float_row floats;

    template <class V>
    QUOIN_INLINE V operator()(V const& a, V const& b, V const& c) const {
        using T = scalar_t<V>;
        if constexpr (std::floating_point<T>) return floats(a, b, c);
        else if constexpr (sizeof(T) == 1) return bytes(a, b, c);
        else return saturate<T>(shorts(convert<double>(a), convert<double>(b), convert<double>(c)));
    }
};

/// The rows of a matrix for every type of channel.
struct ycbcr_rows {
    ycbcr_row row[3];

    constexpr ycbcr_rows(ycbcr_matrix matrix, ycbcr_range range, bool forward) {
        exact_row bytes[3], shorts[3], floats[3];
        fill(ycbcr_scale(matrix, range, 255), forward, bytes);
        fill(ycbcr_scale(matrix, range, 65535), forward, shorts);
        fill(ycbcr_scale(matrix, range, 1), forward, floats);
        for (int i = 0; i < 3; ++i) {
            bool const dense = i == 1 && !forward && range == ycbcr_range::limited;
            row[i] = {dense ? byte_row::of(bytes[i], nudge_of_green(matrix)) : byte_row::of(bytes[i], {0, 0, 0, 2}),
                      short_row::of(shorts[i]), float_row::of(floats[i])};
        }
    }

private:
    static constexpr void fill(ycbcr_scale const& scale, bool forward, exact_row (&rows)[3]) {
        if (forward) scale.forward(rows);
        else scale.inverse(rows);
    }
    /// Greens of a limited range have the largest divisors, up to 4e10, so that some colors are closer to a half than
    /// the error of factors that are only rounded.
    static constexpr int const (&nudge_of_green(ycbcr_matrix matrix))[4] { return nudges[static_cast<int>(matrix)]; }
    static constexpr int nudges[3][4] = {{-1, 1, -1, 0}, {0, 0, 0, 0}, {0, 0, -1, 1}};
};

/// What is added to luma, for bytes: with b = Cb - 128 and r = Cr - 128,
///     R = Y + r + red r / 2^15,  B = Y + b + blue (b + ahead) / 2^15 - behind,
///     G = Y + (constant - green_r r - green_b b) / 2^21
/// where the products of R and B are rounded half up and the quotient of G is rounded down. So a factor of blue that
/// has halves among its products can have one sign of them alone.
struct difference_products {
    std::int16_t red, blue, ahead, behind;
    std::int32_t high[2] = {}, middle = 0, low = 0; // pairs of factors for Cr and Cb
    std::int16_t high_constant = 0, middle_constant = 0, low_constant = 0;

    constexpr difference_products(int r, int b, int before, int after, std::int32_t green_r, std::int32_t green_b,
                                  std::int32_t constant)
        : red(static_cast<std::int16_t>(r)), blue(static_cast<std::int16_t>(b)),
          ahead(static_cast<std::int16_t>(before)), behind(static_cast<std::int16_t>(after)) {
        int part[2][3] = {};
        std::int32_t const factor[2] = {-green_r, -green_b};
        for (int i = 0; i < 2; ++i) {
            std::int32_t rest = factor[i];
            for (int k = 0; k < 2; ++k) {
                part[i][k] = ((rest + 64) & 127) - 64;
                rest = (rest - part[i][k]) / 128;
            }
            part[i][2] = rest;
        }
        low = byte_factors(part[0][0], part[1][0]);
        middle = byte_factors(part[0][1], part[1][1]);
        // Twice, so that no sum of two products leaves 16 bits.
        high[0] = byte_factors(part[0][2] / 2, part[1][2]);
        high[1] = byte_factors(part[0][2] - part[0][2] / 2, 0);
        std::int32_t const all = constant + 128 * (green_r + green_b);
        low_constant = static_cast<std::int16_t>(all & 127);
        middle_constant = static_cast<std::int16_t>((all >> 7) & 127);
        high_constant = static_cast<std::int16_t>(all >> 14);
    }
};

inline constexpr difference_products products_of_opencv{2 * (22987 - 16384), 2 * (29049 - 16384), 0,      0,
                                                        128 * 11698,         128 * 5636,          1 << 20};

/// For full range, by ycbcr_matrix. With these numbers the results are those of the exact fractions, which the test
/// counts through.
inline constexpr difference_products products_of_full[3] = {{13173, 25297, 250, 193, 1497654, 721708, 1048600},
                                                            {18835, 28036, 0, 0, 981728, 392848, 1048576},
                                                            {15552, 28882, 0, 0, 1198215, 345093, 1048576}};

template <class V>
QUOIN_INLINE rgb<V> luma_and_products(V const& y, V const& cb, V const& cr, difference_products const& by) {
    auto const pair = [&](std::int32_t factors) QUOIN_LAMBDA_INLINE {
        auto s = byte_sum_empty(cr);
        s.add_pair(cr, cb, factors);
        return s;
    };
    auto const luma = byte_sum_start(y, 1, y, 0);
    auto const colored = [&](int of_red, int of_blue, std::int16_t factor, int ahead, int behind) QUOIN_LAMBDA_INLINE {
        auto difference = byte_sum_start(cr, of_red, cb, of_blue), product = difference;
        product.add_value(static_cast<std::int16_t>(ahead - 128));
        product.multiply(factor);
        difference.add_value(static_cast<std::int16_t>(-128 - behind));
        difference.add(product);
        difference.add(luma);
        return difference.template shifted<0>();
    };
    auto low = pair(by.low), middle = pair(by.middle), high = pair(by.high[0]);
    high.add_pair(cr, cb, by.high[1]);
    low.add_value(by.low_constant);
    middle.add_value(by.middle_constant);
    high.add_value(by.high_constant);
    middle.template add_shifted<7>(low);
    high.template add_shifted<7>(middle);
    auto green = luma;
    green.template add_shifted<7>(high);
    return {colored(1, 0, by.red, 0, 0), green.template shifted<0>(), colored(0, 1, by.blue, by.ahead, by.behind)};
}

/// Whether stages between RGB and YCbCr know channels T.
template <class T>
inline constexpr bool is_ycbcr_channel =
    std::same_as<T, std::uint8_t> || std::same_as<T, std::uint16_t> || std::floating_point<T>;

/// Pixels in memory or in lanes with such channels.
template <class P>
concept ycbcr_channels = is_ycbcr_channel<scalar_t<channel_t<P>>>;

} // namespace detail

QUOIN_NAMESPACE_END
