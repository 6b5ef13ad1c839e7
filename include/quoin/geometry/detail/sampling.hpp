// SPDX-License-Identifier: BSL-1.0
// Values between the pixels of a view, and the gathering stage that maps each pixel of its result to a place.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/core/numeric.hpp>
#include <quoin/geometry/interpolation.hpp>
#include <quoin/image/image_view.hpp>
#include <quoin/pipe/border.hpp>
#include <quoin/pipe/operation.hpp>

#include <bit>
#include <limits>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A place in an image, in units of 2^-32 pixels.
struct place {
    std::int64_t x, y;
};

/// Fractions of places have this many bits where they are weights.
inline constexpr int fraction_bits = 11;

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
    if constexpr (Border::has_value) return -1;
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

/// The weights of two taps, for the first pixel at floor(place).
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

/// The weighted sum of pixels around (x, y).
template <class Taps, class View, class Border>
QUOIN_FN auto weighted_pixel(View const& v, Border const& border, split_coordinate x, split_coordinate y) {
    using P = std::remove_const_t<typename View::pixel_type>;
    using T = channel_t<P>;
    constexpr bool exact = std::integral<T> && sizeof(T) < 8;
    using sum =
        std::conditional_t<exact, std::int64_t, std::conditional_t<sizeof(T) == 8, double, float>>; // half in float
    // Floating-point weights are about 1 at most, so that large values do not become infinite.
    constexpr sum unit = exact ? sum(1) : sum(1) / sum(1 << Taps::bits);
    constexpr int channels = channels_v<P>;
    if ((x.fraction | y.fraction) == 0)
        return pixel_or_constant(v, border, coordinate_or_border(border, x.whole, v.width()),
                                 coordinate_or_border(border, y.whole, v.height()));
    Taps const across(x.fraction), down(y.fraction);
    index_t columns[Taps::count]{};
    for (int i = 0; i < Taps::count; ++i)
        columns[i] = coordinate_or_border(border, x.whole + i - Taps::before, v.width());
    sum total[channels] = {};
    for (int j = 0; j < Taps::count; ++j) {
        if (down.weights[j] == 0) continue;
        index_t const line = coordinate_or_border(border, y.whole + j - Taps::before, v.height());
        sum row[channels] = {};
        for (int i = 0; i < Taps::count; ++i) {
            if (across.weights[i] == 0) continue;
            P const p = pixel_or_constant(v, border, columns[i], line);
            for_each_channel<P>([&](auto c) {
                row[decltype(c)::value] +=
                    static_cast<sum>(across.weights[i]) * unit * static_cast<sum>(get_channel<decltype(c)::value>(p));
            });
        }
        for (int c = 0; c < channels; ++c) total[c] += static_cast<sum>(down.weights[j]) * unit * row[c];
    }
    return make_pixel<P>([&](auto c) {
        sum const s = total[decltype(c)::value];
        if constexpr (exact) {
            constexpr std::int64_t half = std::int64_t{1} << (2 * Taps::bits - 1);
            return saturate<T>((s + half) >> (2 * Taps::bits));
        } else {
            return saturate<T>(s);
        }
    });
}

/// The value at a place.
template <class View, class Border>
QUOIN_FN auto value_at(View const& v, Border const& border, interpolation how, place at) {
    if (how == interpolation::nearest) {
        constexpr std::int64_t half = std::int64_t{1} << 31;
        return pixel_or_constant(v, border, coordinate_or_border(border, (at.x + half) >> 32, v.width()),
                                 coordinate_or_border(border, (at.y + half) >> 32, v.height()));
    }
    if (how == interpolation::linear) return weighted_pixel<linear_taps>(v, border, split(at.x), split(at.y));
    return weighted_pixel<cubic_taps>(v, border, split(at.x), split(at.y));
}

/// The places of this many neighbors in a row are computed together, in loops over arrays that compilers vectorize.
inline constexpr int places_at_once = 64;
struct place_step {
    std::int64_t x[places_at_once], y[places_at_once];
};

/// Two neighbors of bytes in a row, with all their channels, in 32-bit words.
template <int Channels>
struct neighbor_bytes;
template <>
struct neighbor_bytes<1> {
    static constexpr int words = 1, at[] = {0}, bytes = 2;
    template <int C>
    static QUOIN_INLINE std::uint32_t first(std::uint32_t const* w) {
        return w[0] & 255;
    }
    template <int C>
    static QUOIN_INLINE std::uint32_t second(std::uint32_t const* w) {
        return w[0] >> 8;
    }
};
template <>
struct neighbor_bytes<3> { // r g b R and b R G B
    static constexpr int words = 2, at[] = {0, 2}, bytes = 4;
    template <int C>
    static QUOIN_INLINE std::uint32_t first(std::uint32_t const* w) {
        return C < 2 ? w[0] >> (8 * C) & 255 : w[places_at_once] & 255;
    }
    template <int C>
    static QUOIN_INLINE std::uint32_t second(std::uint32_t const* w) {
        return C == 0 ? w[0] >> 24 : w[places_at_once] >> (8 * (C + 1)) & 255;
    }
};
template <>
struct neighbor_bytes<4> {
    static constexpr int words = 2, at[] = {0, 4}, bytes = 4;
    template <int C>
    static QUOIN_INLINE std::uint32_t first(std::uint32_t const* w) {
        return w[0] >> (8 * C) & 255;
    }
    template <int C>
    static QUOIN_INLINE std::uint32_t second(std::uint32_t const* w) {
        return w[places_at_once] >> (8 * C) & 255;
    }
};

/// Bytes of an image_view that are blended from the 2 x 2 pixels around each place.
template <class P>
class linear_bytes {
    using neighbors = neighbor_bytes<channels_v<P>>;

public:
    /// Whether offsets have 31 bits, and there are 2 x 2 pixels.
    template <class Q>
    static constexpr bool fits(image_view<Q> const& v) {
        return v.width() > 1 && v.height() > 1 && v.stride() >= 0 && v.height() * v.stride() <= 0x7fffffff;
    }

    /// Writes the values at the first `count` places. Returns whether some of them reach outside; those are wrong.
    template <class Q>
    static bool blend(image_view<Q> const& v, place_step const& places, std::uint8_t* line, index_t plane, int count) {
        constexpr int n = places_at_once;
        std::int32_t offsets[n], across[n], down[n];
        auto const w = static_cast<std::uint32_t>(v.width() - 1), h = static_cast<std::uint32_t>(v.height() - 1);
        auto const stride = static_cast<std::int32_t>(v.stride());
        constexpr std::int64_t half = std::int64_t{1} << (31 - fraction_bits);
        std::int32_t all = -1;
        for (int k = 0; k < n; ++k) {
            auto const x = static_cast<std::int32_t>((places.x[k] + half) >> 32);
            auto const y = static_cast<std::int32_t>((places.y[k] + half) >> 32);
            std::int32_t const in = -static_cast<std::int32_t>(static_cast<std::uint32_t>(x) < w) &
                                    -static_cast<std::int32_t>(static_cast<std::uint32_t>(y) < h);
            offsets[k] = (y * stride + x * channels_v<P>)&in;
            across[k] = static_cast<std::int32_t>((places.x[k] + half) >> (32 - fraction_bits)) & (one - 1);
            down[k] = static_cast<std::int32_t>((places.y[k] + half) >> (32 - fraction_bits)) & (one - 1);
            all &= in;
        }
        std::uint32_t upper[neighbors::words * n], lower[neighbors::words * n];
        std::uint8_t const* const data = v.row(0);
        for (int k = 0; k < n; ++k) {
            std::uint8_t const* const p = data + offsets[k];
            for (int i = 0; i < neighbors::words; ++i) {
                upper[k + i * n] = word(p + neighbors::at[i]);
                lower[k + i * n] = word(p + stride + neighbors::at[i]);
            }
        }
        for_each_channel<P>([&](auto c) {
            std::uint8_t values[n];
            constexpr int channel = decltype(c)::value;
            for (int k = 0; k < n; ++k) {
                auto const row = [&](std::uint32_t const* words) QUOIN_LAMBDA_INLINE {
                    return static_cast<std::int32_t>(neighbors::template first<channel>(words + k)) *
                               (one - across[k]) +
                           static_cast<std::int32_t>(neighbors::template second<channel>(words + k)) * across[k];
                };
                values[k] = static_cast<std::uint8_t>(
                    (row(upper) * (one - down[k]) + row(lower) * down[k] + (1 << (2 * fraction_bits - 1))) >>
                    (2 * fraction_bits));
            }
            __builtin_memcpy(line + channel * plane, values, static_cast<std::size_t>(count));
        });
        return all == 0;
    }

private:
    static constexpr std::int32_t one = 1 << fraction_bits;

    static QUOIN_INLINE std::uint32_t word(std::uint8_t const* p) {
        std::conditional_t<neighbors::bytes == 2, std::uint16_t, std::uint32_t> w;
        __builtin_memcpy(&w, p, sizeof(w));
        return w;
    }
};

/// A gathering stage that reads the place at(x, y) of `Map` for the pixel (x, y) of its result.
template <class Map>
class warp_fn {
public:
    using gathers = void;
    static constexpr char const* name = Map::name;

    constexpr warp_fn(Map const& map, interpolation how) : map_(map), how_(how) {}

    constexpr extent result(extent input) const { return map_.result(input); }
    template <class View, class Border>
    QUOIN_FN auto at(View const& v, Border const& border, index_t x, index_t y) const {
        return value_at(v, border, how_, map_.at(x, y));
    }
    template <class View, class Border>
    void row(View const& v, Border const& border, channel_t<typename View::pixel_type>* line, index_t plane,
             interval columns, index_t y) const {
        for (index_t x = columns.begin; x < columns.end; x += places_at_once, line += places_at_once)
            step(v, border, line, plane, x, y, static_cast<int>(min<index_t>(places_at_once, columns.end - x)));
    }

private:
    template <class View, class Border, class T>
    void step(View const& v, Border const& border, T* line, index_t plane, index_t x, index_t y, int count) const {
        place_step places;
        map_.step(places, x, y);
        using bytes = linear_bytes<typename View::pixel_type>;
        if constexpr (std::same_as<T, std::uint8_t> && requires { bytes::fits(v); })
            if (how_ == interpolation::linear && bytes::fits(v)) {
                if (!bytes::blend(v, places, line, plane, count)) return;
                for (int k = 0; k < count; ++k)
                    if (reaches_outside(v, places, k)) put(v, border, places, k, line, plane);
                return;
            }
        for (int k = 0; k < count; ++k) put(v, border, places, k, line, plane);
    }
    template <class View>
    static bool reaches_outside(View const& v, place_step const& places, int k) {
        index_t const x = split(places.x[k]).whole, y = split(places.y[k]).whole;
        return x < 0 || y < 0 || x >= v.width() - 1 || y >= v.height() - 1;
    }
    template <class View, class Border, class T>
    void put(View const& v, Border const& border, place_step const& places, int k, T* line, index_t plane) const {
        auto const p = value_at(v, border, how_, {places.x[k], places.y[k]});
        for_each_channel<std::remove_const_t<decltype(p)>>(
            [&](auto c) { line[k + decltype(c)::value * plane] = get_channel<decltype(c)::value>(p); });
    }

    Map map_;
    interpolation how_;
};

/// a * 2^32, rounded half to even, for |a| <= 2^30. In loops compilers vectorize it, as they do not a conversion to 64
/// bits.
QUOIN_FN std::int64_t fixed(double a) {
    // A sum with 3 * 2^51 is rounded to a whole number, which is in its low bits.
    constexpr double shift = 6755399441055744.0;
    double const whole = a + shift, low = (a - (whole - shift)) * 4294967296.0 + shift;
    constexpr auto zero = std::bit_cast<std::uint64_t>(shift);
    return static_cast<std::int64_t>(((std::bit_cast<std::uint64_t>(whole) - zero) << 32) +
                                     (std::bit_cast<std::uint64_t>(low) - zero));
}

/// The place (x, y), at most 2^30 pixels from the first pixel along each axis. If one is NaN or there is none, both are
/// -2^30.
QUOIN_FN place place_near(double x, double y, bool there = true) {
    // Selects of values that are there anyway, so that compilers vectorize loops over it.
    constexpr double limit = 1 << 30;
    auto const near = [](double a) {
        double const low = a > -limit ? a : -limit;
        return fixed(low < limit ? low : limit);
    };
    constexpr std::int64_t none = -(std::int64_t{1} << 62);
    std::int64_t const u = near(x), v = near(y);
    bool const known = there & (x == x) & (y == y);
    return {known ? u : none, known ? v : none};
}

/// A map that computes its places in double has them all from `near(x, y)`, for whole numbers x and y.
template <class Map>
struct computed_places {
    QUOIN_FN place at(index_t x, index_t y) const {
        return static_cast<Map const&>(*this).near(static_cast<double>(x), static_cast<double>(y));
    }
    void step(place_step& to, index_t x, index_t y) const {
        for (int k = 0; k < places_at_once; ++k) {
            place const p = static_cast<Map const&>(*this).near(static_cast<double>(x) + static_cast<double>(k),
                                                                static_cast<double>(y));
            to.x[k] = p.x;
            to.y[k] = p.y;
        }
    }
};

/// Throws unless the number is finite.
constexpr void check_finite(char const* name, char const* what, double number) {
    if (!(number - number == 0)) raise("quoin::", name, ": the ", what, " ", number, "; give finite numbers");
}

/// The parameters of the catalogue.
inline constexpr parameter interpolation_parameter{.name = "INTERPOLATION",
                                                   .type = parameter_type::choice,
                                                   .preset = "linear",
                                                   .choices = "nearest linear cubic",
                                                   .about = "the value between pixels"};
constexpr interpolation interpolation_of(double value) {
    return static_cast<interpolation>(whole<int>(value));
}
/// How values between pixels are rounded.
inline constexpr char const* warp_rounding = "places to 1/2048 half up, nearest to whole pixels; then the exact sum, "
                                             "half up, saturated; cubic: weights of 14 bits";
inline constexpr char const* warp_floating =
    "in the channel's type, along rows, then down columns, in the order of the input";
/// A number of a map.
constexpr parameter map_parameter(char const* name, char const* about, double least = -1073741823,
                                  double most = 1073741823) {
    return {.name = name, .least = least, .most = most, .about = about};
}

} // namespace detail

QUOIN_NAMESPACE_END
