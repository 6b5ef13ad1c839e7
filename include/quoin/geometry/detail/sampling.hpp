// SPDX-License-Identifier: BSL-1.0
// Values between the pixels of a view, and the gathering stage that maps each pixel of its result to a place.
#pragma once

#include <quoin/core/detail/unrolled.hpp>
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

/// The 2 x 2 pixels around a place: value [k + (4 * channel + 2 * row + column) * places_at_once] for place k.
template <class T, int Channels>
struct corners {
    using word = T;
    static constexpr int words = 4 * Channels;
    static constexpr index_t reach = 1; // columns to the right that are read

    static QUOIN_INLINE void load(T const* p, index_t stride, word* to) {
        T const* below = p + stride;
        __asm__("" : "+r"(below)); // as in split_places::at
        for (int c = 0; c < Channels; ++c) {
            word* const w = to + 4 * c * places_at_once;
            w[0] = p[c];
            w[places_at_once] = p[c + Channels];
            w[2 * places_at_once] = below[c];
            w[3 * places_at_once] = below[c + Channels];
        }
    }
    template <int C, int Row, int Column>
    static QUOIN_INLINE T get(word const* w) {
        return w[(4 * C + 2 * Row + Column) * places_at_once];
    }
};
/// The same of bytes, four in a word: r g b R and G B of each row, or both pixels of a row.
template <int Channels>
    requires(Channels > 1 && Channels <= 4)
struct corners<std::uint8_t, Channels> {
    using word = std::uint32_t;
    static constexpr int words = 4;
    static constexpr index_t reach = 7 / Channels;

    static QUOIN_INLINE void load(std::uint8_t const* p, index_t stride, word* to) {
        std::uint64_t upper, lower;
        __builtin_memcpy(&upper, p, 8);
        __builtin_memcpy(&lower, p + stride, 8);
        to[0] = static_cast<word>(upper);
        to[places_at_once] = static_cast<word>(upper >> 32);
        to[2 * places_at_once] = static_cast<word>(lower);
        to[3 * places_at_once] = static_cast<word>(lower >> 32);
    }
    template <int C, int Row, int Column>
    static QUOIN_INLINE std::int32_t get(word const* w) {
        constexpr int byte = C + Column * Channels;
        return static_cast<std::int32_t>(w[(2 * Row + byte / 4) * places_at_once] >> (8 * (byte % 4)) & 255);
    }
};
template <>
struct corners<std::uint8_t, 1> {
    using word = std::uint32_t;
    static constexpr int words = 1;
    static constexpr index_t reach = 1;

    static QUOIN_INLINE void load(std::uint8_t const* p, index_t stride, word* to) {
        std::uint16_t upper, lower;
        __builtin_memcpy(&upper, p, 2);
        __builtin_memcpy(&lower, p + stride, 2);
        *to = upper | word{lower} << 16;
    }
    template <int C, int Row, int Column>
    static QUOIN_INLINE std::int32_t get(word const* w) {
        return static_cast<std::int32_t>(*w >> (16 * Row + 8 * Column) & 255);
    }
};

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
        // Masks and no branches, so that compilers vectorize.
        using bits = std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>;
        auto const either = [](bool first, T p, T q) QUOIN_LAMBDA_INLINE {
            bits const mask = -bits{first};
            return std::bit_cast<T>((std::bit_cast<bits>(p) & mask) | (std::bit_cast<bits>(q) & ~mask));
        };
        T const upper = either(across != 0, x0 * a + x1 * b, a), lower = either(across != 0, x0 * c + x1 * d, c);
        return either(down != 0, y0 * upper + y1 * lower, upper);
    }
}

/// Many places of an image_view together: the pixels where their taps begin, and fractions.
struct split_places {
    std::int32_t offsets[places_at_once], across[places_at_once], down[places_at_once];
    bool all_inside; ///< the others have offset 0

    /// Pixels in [0, inside) are inside. `shift` is added to a coordinate before it is split.
    template <class P>
    split_places(image_view<P> const& v, place_step const& places, std::int64_t shift, extent inside) {
        auto const w = static_cast<std::uint32_t>(inside.width), h = static_cast<std::uint32_t>(inside.height);
        auto const stride = static_cast<std::int32_t>(v.stride());
        constexpr std::int32_t mask = (1 << fraction_bits) - 1;
        std::int32_t all = -1;
        for (int k = 0; k < places_at_once; ++k) {
            std::int64_t const u = places.x[k] + shift, t = places.y[k] + shift;
            auto const x = static_cast<std::int32_t>(u >> 32), y = static_cast<std::int32_t>(t >> 32);
            std::int32_t const in = -static_cast<std::int32_t>(static_cast<std::uint32_t>(x) < w) &
                                    -static_cast<std::int32_t>(static_cast<std::uint32_t>(y) < h);
            offsets[k] = (y * stride + x * channels_v<P>)&in;
            across[k] = static_cast<std::int32_t>(u >> (32 - fraction_bits)) & mask;
            down[k] = static_cast<std::int32_t>(t >> (32 - fraction_bits)) & mask;
            all &= in;
        }
        all_inside = all != 0;
    }
    /// The address of place k. Compilers must not gather: such instructions take twice as long as loads.
    template <class T>
    QUOIN_INLINE T const* at(T const* data, int k) const {
        T const* p = data + offsets[k];
        __asm__("" : "+r"(p));
        return p;
    }
};

/// Write the values at the first `count` places. Those whose taps are not inside are wrong.
template <class P, class T>
void nearest_places(image_view<P> const& v, split_places const& at, T* line, index_t plane, int count) {
    for (int k = 0; k < count; ++k) {
        T const* const p = at.at(v.data(), k);
        for (int c = 0; c < channels_v<P>; ++c) line[k + c * plane] = p[c];
    }
}
template <class P, class T>
void linear_places(image_view<P> const& v, split_places const& at, T* line, index_t plane, int count) {
    using four = corners<T, channels_v<P>>;
    typename four::word words[four::words * places_at_once];
    for (int k = 0; k < places_at_once; ++k) four::load(at.at(v.data(), k), v.stride(), words + k);
    for_each_channel<P>([&](auto c) {
        constexpr int channel = decltype(c)::value;
        T values[places_at_once];
        for (int k = 0; k < places_at_once; ++k)
            values[k] =
                blended<T>(static_cast<T>(four::template get<channel, 0, 0>(words + k)),
                           static_cast<T>(four::template get<channel, 0, 1>(words + k)),
                           static_cast<T>(four::template get<channel, 1, 0>(words + k)),
                           static_cast<T>(four::template get<channel, 1, 1>(words + k)), at.across[k], at.down[k]);
        __builtin_memcpy(line + channel * plane, values, static_cast<std::size_t>(count) * sizeof(T));
    });
}

template <class P, class T>
void cubic_places(image_view<P> const& v, split_places const& at, T* line, index_t plane, int count) {
    using row_sum = std::conditional_t<sizeof(T) == 1, std::int32_t, std::int64_t>;
    for (int k = 0; k < count; ++k) {
        T const* const p = v.data() + at.offsets[k];
        cubic_taps const across(at.across[k]), down(at.down[k]);
        for (int c = 0; c < channels_v<P>; ++c) {
            std::int64_t sum = std::int64_t{1} << (2 * cubic_taps::bits - 1);
            unrolled<4>([&](auto j) QUOIN_LAMBDA_INLINE {
                T const* const row = p + decltype(j)::value * v.stride() + c;
                row_sum s = 0;
                unrolled<4>([&](auto i) QUOIN_LAMBDA_INLINE {
                    constexpr int tap = decltype(i)::value;
                    s += across.weights[tap] * row_sum{row[tap * channels_v<P>]};
                });
                sum += down.weights[decltype(j)::value] * std::int64_t{s};
            });
            line[k + c * plane] = saturate<T>(sum >> (2 * cubic_taps::bits));
        }
    }
}

/// Writes the values at the first `count` places: channel c of place k to line[k + c * plane].
template <class View, class Border>
QUOIN_NOINLINE void sample_places(View const& v, Border const& border, interpolation how, place_step const& places,
                                  channel_t<typename View::pixel_type>* line, index_t plane, int count) {
    using P = std::remove_const_t<typename View::pixel_type>;
    using T = channel_t<P>;
    constexpr bool exact = std::integral<between_sum<T>>, blends = exact || std::same_as<between_sum<T>, T>;
    constexpr std::int64_t half = std::int64_t{1} << 31;
    extent inside{}; // the first of the taps that are read without a border
    std::int64_t shift = how == interpolation::nearest ? half : half >> fraction_bits;
    if (how == interpolation::cubic) shift -= std::int64_t{cubic_taps::before} << 32;
    if constexpr (is_image_view<View>) {
        if (how == interpolation::nearest) inside = {v.width(), v.height()};
        if (blends && how == interpolation::linear)
            inside = {v.width() - corners<T, channels_v<P>>::reach, v.height() - 1};
        if (exact && how == interpolation::cubic) inside = {v.width() - 3, v.height() - 3};
        if (inside.empty() || v.stride() < 0 || v.height() * v.stride() > 0x7fffffff) {
            inside = {};
        } else {
            split_places const at(v, places, shift, inside);
            if (how == interpolation::nearest) nearest_places(v, at, line, plane, count);
            if constexpr (blends)
                if (how == interpolation::linear) linear_places(v, at, line, plane, count);
            if constexpr (exact)
                if (how == interpolation::cubic) cubic_places(v, at, line, plane, count);
            if (at.all_inside) return;
        }
    }
    for (int k = 0; k < count; ++k) {
        point const first{(places.x[k] + shift) >> 32, (places.y[k] + shift) >> 32};
        if (rect{0, 0, inside.width, inside.height}.contains(first)) continue;
        P const p = value_at(v, border, how, {places.x[k], places.y[k]});
        for_each_channel<P>([&](auto c) { line[k + decltype(c)::value * plane] = get_channel<decltype(c)::value>(p); });
    }
}

/// Fetches the rows below those that are read for a step, unless they are outside. Processors don't foresee them.
template <class View, class Map>
void prefetch_row_below(View const& v, Map const& map, index_t x, index_t y) {
    if constexpr (is_image_view<View>)
        for (int k = 0; k < places_at_once; k += 8) {
            place const p = map.at(x + k, y + 1);
            point const at{p.x >> 32, (p.y >> 32) + 1};
            if (rect{0, 0, v.width(), v.height()}.contains(at))
                __builtin_prefetch(v.row(at.y) + at.x * channels_v<typename View::pixel_type>, 0, 2);
        }
}

/// A gathering stage that reads the place at(x, y) of `Map` for the pixel (x, y) of its result. A Map also has a name,
/// result(input) as the stage, and step(places, x, y), which gives at(x + k, y) for all k.
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
        for (index_t x = columns.begin; x < columns.end; x += places_at_once, line += places_at_once) {
            place_step places;
            map_.step(places, x, y);
            prefetch_row_below(v, map_, x, y);
            sample_places(v, border, how_, places, line, plane,
                          static_cast<int>(min<index_t>(places_at_once, columns.end - x)));
        }
    }

private:
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

/// The place (x, y), at most 2^30 pixels from the first pixel along each axis. If one is NaN, both are -2^30.
QUOIN_FN place place_near(double x, double y) {
    constexpr double limit = 1 << 30;
    auto const near = [unknown = !(x == x) | !(y == y)](double a) {
        a = a < limit ? a : limit;
        return fixed(unknown | !(a > -limit) ? -limit : a);
    };
    return {near(x), near(y)};
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
inline constexpr parameter size_parameter{.name = "SIZE",
                                          .type = parameter_type::size,
                                          .least = 0,
                                          .most = 2147483647,
                                          .preset = "0x0",
                                          .about = "width and height of the result; 0x0 for those of the input"};
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
