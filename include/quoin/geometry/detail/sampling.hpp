// SPDX-License-Identifier: BSL-1.0
// Values between the pixels of a view.
#pragma once

#include <quoin/core/numeric.hpp>
#include <quoin/geometry/detail/taps.hpp>
#include <quoin/geometry/interpolation.hpp>
#include <quoin/image/image_view.hpp>
#include <quoin/pipe/border.hpp>

#include <bit>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A place in an image, in units of 2^-32 pixels.
struct place {
    std::int64_t x, y;
};

/// A coordinate as a whole number and a fraction.
struct split_coordinate {
    index_t whole;
    int fraction; ///< in units of 2^-11
};
QUOIN_FN split_coordinate split(std::int64_t coordinate) {
    std::int64_t const rounded = coordinate + (std::int64_t{1} << (31 - fraction_bits));
    return {rounded >> 32, static_cast<int>(rounded >> (32 - fraction_bits)) & ((1 << fraction_bits) - 1)};
}

/// The coordinate that is read for i on an axis of n pixels; -1 for the constant.
template <class Border>
QUOIN_FN index_t coordinate_or_border(Border const& border, index_t i, index_t n) {
    if (i >= 0 && i < n) return i;
    if constexpr (requires { border.chosen(i, n); }) return border.chosen(i, n); // at run time
    else if constexpr (Border::has_value) return -1;
    else return border(i, n);
}

/// The pixel at coordinates of coordinate_or_border().
template <class View, class Border>
QUOIN_FN auto pixel_or_constant(View const& v, [[maybe_unused]] Border const& border, index_t x, index_t y) {
    using P = std::remove_const_t<typename View::pixel_type>;
    if constexpr (Border::has_value)
        if (x < 0 || y < 0) return border.template value_as<P>();
    return static_cast<P>(v.load(x, y));
}

/// The type in which values between channels T are summed. Integers of up to 32 bits are exact in it.
template <class T>
using between_sum = std::conditional_t<(std::integral<T> && sizeof(T) < 8), std::int64_t,
                                       std::conditional_t<sizeof(T) == 8, double, float>>;

/// A weight of this many bits as a factor. Those of floating point are about 1 at most, so that large values do not
/// become infinite.
template <class Sum, int Bits>
QUOIN_FN Sum factor(int weight) {
    if constexpr (std::integral<Sum>) return weight;
    else return static_cast<Sum>(weight) * (Sum(1) / (1 << Bits));
}

/// The weighted sum of pixels around (x, y).
template <class Taps, class View, class Border>
QUOIN_FN auto weighted_pixel(View const& v, Border const& border, split_coordinate x, split_coordinate y) {
    using P = std::remove_const_t<typename View::pixel_type>;
    using T = channel_t<P>;
    using sum = between_sum<T>;
    constexpr int channels = channels_v<P>;
    constexpr bool exact = std::integral<sum>; // products of 0 and the first product need no care
    if ((x.fraction | y.fraction) == 0)
        return pixel_or_constant(v, border, coordinate_or_border(border, x.whole, v.width()),
                                 coordinate_or_border(border, y.whole, v.height()));
    Taps const across(x.fraction), down(y.fraction);
    index_t columns[Taps::count]{};
    for (int i = 0; i < Taps::count; ++i)
        columns[i] = coordinate_or_border(border, x.whole + i - Taps::before, v.width());
    sum total[channels] = {};
    bool first = true;
    for (int j = 0; j < Taps::count; ++j) {
        if (!exact && down.weights[j] == 0) continue;
        index_t const line = coordinate_or_border(border, y.whole + j - Taps::before, v.height());
        sum row[channels] = {};
        bool first_of_row = true;
        for (int i = 0; i < Taps::count; ++i) {
            if (!exact && across.weights[i] == 0) continue;
            P const p = pixel_or_constant(v, border, columns[i], line);
            for_each_channel<P>([&](auto c) {
                sum& s = row[decltype(c)::value];
                sum const product =
                    factor<sum, Taps::bits>(across.weights[i]) * static_cast<sum>(get_channel<decltype(c)::value>(p));
                s = !exact && first_of_row ? product : s + product;
            });
            first_of_row = false;
        }
        for (int c = 0; c < channels; ++c) {
            sum const product = factor<sum, Taps::bits>(down.weights[j]) * row[c];
            total[c] = !exact && first ? product : total[c] + product;
        }
        first = false;
    }
    return make_pixel<P>([&](auto c) {
        sum const s = total[decltype(c)::value];
        if constexpr (exact) return saturate<T>((s + (sum(1) << (2 * Taps::bits - 1))) >> (2 * Taps::bits));
        else return saturate<T>(s);
    });
}

/// p or q. Masks and no branches, so that compilers vectorize loops over it.
template <class T>
QUOIN_FN T either(bool first, T p, T q) {
    using bits = std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>;
    bits const mask = -bits{first};
    return std::bit_cast<T>((std::bit_cast<bits>(p) & mask) | (std::bit_cast<bits>(q) & ~mask));
}

/// Whether blended() can be used.
template <class T>
inline constexpr bool blends = std::integral<between_sum<T>> || std::same_as<between_sum<T>, T>;

/// The value between four others, as weighted_pixel<linear_taps> computes it.
template <class T>
QUOIN_INLINE T blended(T a, T b, T c, T d, std::int32_t across, std::int32_t down) {
    constexpr std::int32_t one = 1 << fraction_bits;
    if constexpr (std::integral<between_sum<T>>) {
        using row = std::conditional_t<sizeof(T) < 4, std::int32_t, std::int64_t>;
        using sum = std::conditional_t<sizeof(T) == 1, std::int32_t, std::int64_t>;
        row const upper = row{a} * one + (row{b} - a) * across, lower = row{c} * one + (row{d} - c) * across;
        return static_cast<T>((sum{upper} * one + sum{lower - upper} * down + (1 << (2 * fraction_bits - 1))) >>
                              (2 * fraction_bits));
    } else {
        T const x0 = factor<T, fraction_bits>(one - across), x1 = factor<T, fraction_bits>(across);
        T const y0 = factor<T, fraction_bits>(one - down), y1 = factor<T, fraction_bits>(down);
        T const upper = either(across != 0, x0 * a + x1 * b, a), lower = either(across != 0, x0 * c + x1 * d, c);
        return either(down != 0, y0 * upper + y1 * lower, upper);
    }
}

/// The value between the pixels at (x, y), to its right and below.
template <class View, class Border>
QUOIN_FN auto linear_pixel(View const& v, Border const& border, split_coordinate x, split_coordinate y) {
    using P = std::remove_const_t<typename View::pixel_type>;
    if constexpr (blends<channel_t<P>>) {
        index_t const left = coordinate_or_border(border, x.whole, v.width());
        index_t const right = coordinate_or_border(border, x.whole + 1, v.width());
        index_t const upper = coordinate_or_border(border, y.whole, v.height());
        index_t const lower = coordinate_or_border(border, y.whole + 1, v.height());
        P const a = pixel_or_constant(v, border, left, upper), b = pixel_or_constant(v, border, right, upper);
        P const c = pixel_or_constant(v, border, left, lower), d = pixel_or_constant(v, border, right, lower);
        return make_pixel<P>([&](auto channel) {
            constexpr int i = decltype(channel)::value;
            return blended(get_channel<i>(a), get_channel<i>(b), get_channel<i>(c), get_channel<i>(d), x.fraction,
                           y.fraction);
        });
    } else {
        return weighted_pixel<linear_taps>(v, border, x, y);
    }
}

/// The value of the taps around (x, y).
template <class Taps, class View, class Border>
QUOIN_FN auto value_of_taps(View const& v, Border const& border, split_coordinate x, split_coordinate y) {
    using P = std::remove_const_t<typename View::pixel_type>;
    if constexpr (Border::has_value && std::integral<between_sum<channel_t<P>>>) { // the weights sum to 1
        auto const all_constant = [&](index_t first, index_t n) {
            return (first <= -Taps::count || first >= n) && coordinate_or_border(border, first, n) < 0;
        };
        if (all_constant(x.whole - Taps::before, v.width()) || all_constant(y.whole - Taps::before, v.height()))
            return pixel_or_constant(v, border, -1, -1);
    }
    if constexpr (std::same_as<Taps, linear_taps>) return linear_pixel(v, border, x, y);
    else return weighted_pixel<Taps>(v, border, x, y);
}

/// The value at a place.
template <class View, class Border>
QUOIN_FN auto value_at(View const& v, Border const& border, interpolation how, place at) {
    if (how == interpolation::nearest) {
        constexpr std::int64_t half = std::int64_t{1} << 31;
        return pixel_or_constant(v, border, coordinate_or_border(border, (at.x + half) >> 32, v.width()),
                                 coordinate_or_border(border, (at.y + half) >> 32, v.height()));
    }
    if (how == interpolation::linear) return value_of_taps<linear_taps>(v, border, split(at.x), split(at.y));
    if (how == interpolation::cubic) return value_of_taps<cubic_taps>(v, border, split(at.x), split(at.y));
    return value_of_taps<lanczos4_taps>(v, border, split(at.x), split(at.y));
}

} // namespace detail

QUOIN_NAMESPACE_END
