// SPDX-License-Identifier: BSL-1.0
// Values between pixels for many places at once, with the bytes of value_at().
#pragma once

#include <quoin/geometry/detail/sampling.hpp>
#include <quoin/lanes/detail/gathered_bytes.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

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

    static QUOIN_ALWAYS_INLINE void load(T const* p, index_t stride, word* to) {
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

    static QUOIN_ALWAYS_INLINE void load(std::uint8_t const* p, index_t stride, word* to) {
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

    static QUOIN_ALWAYS_INLINE void load(std::uint8_t const* p, index_t stride, word* to) {
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

/// Many places of an image_view together: the pixels where their taps begin, and fractions.
struct split_places {
    std::int32_t offsets[places_at_once], across[places_at_once], down[places_at_once];
    bool all_inside, any_inside; ///< places that are not inside have offset 0

    /// Pixels in [0, inside) are inside. `shift` is added to a coordinate before it is split.
    template <class P>
    split_places(image_view<P> const& v, place_step const& places, std::int64_t shift, extent inside) {
        auto const w = static_cast<std::uint32_t>(inside.width), h = static_cast<std::uint32_t>(inside.height);
        auto const stride = static_cast<std::int32_t>(v.stride());
        auto const s = static_cast<std::uint64_t>(shift);
        constexpr std::int32_t mask = (1 << fraction_bits) - 1;
        std::int32_t all = -1, any = 0;
        for (int k = 0; k < places_at_once; ++k) {
            // Behind the last place they may wrap around.
            auto const u = static_cast<std::int64_t>(static_cast<std::uint64_t>(places.x[k]) + s);
            auto const t = static_cast<std::int64_t>(static_cast<std::uint64_t>(places.y[k]) + s);
            auto const x = static_cast<std::int32_t>(u >> 32), y = static_cast<std::int32_t>(t >> 32);
            std::int32_t const in = -static_cast<std::int32_t>(static_cast<std::uint32_t>(x) < w) &
                                    -static_cast<std::int32_t>(static_cast<std::uint32_t>(y) < h);
            offsets[k] = (y & in) * stride + (x & in) * channels_v<P>;
            across[k] = static_cast<std::int32_t>(u >> (32 - fraction_bits)) & mask;
            down[k] = static_cast<std::int32_t>(t >> (32 - fraction_bits)) & mask;
            all &= in;
            any |= in;
        }
        all_inside = all != 0;
        any_inside = any != 0;
    }
    /// The address of place k. Compilers must not gather: such instructions take twice as long as loads.
    template <class T>
    QUOIN_ALWAYS_INLINE T const* at(T const* data, int k) const {
        T const* p = data + offsets[k];
        __asm__("" : "+r"(p));
        return p;
    }
};

/// Where values go: channel c of place k to line[k + c * plane], or as they lie in an image_view.
template <class T>
struct channels_apart {
    static constexpr bool together = false;
    T* line;
    index_t plane;

    channels_apart behind(index_t places) const { return {line + places, plane}; }
    QUOIN_ALWAYS_INLINE void put(index_t k, int c, T value) const { line[k + c * plane] = value; }
    template <int Channels>
    QUOIN_ALWAYS_INLINE void put_pixel(index_t k, T const* from) const {
        for (int c = 0; c < Channels; ++c) put(k, c, from[c]);
    }
};
template <class T, int Channels>
struct channels_together {
    static constexpr bool together = true;
    T* line;

    channels_together behind(index_t places) const { return {line + places * Channels}; }
    QUOIN_ALWAYS_INLINE void put(index_t k, int c, T value) const { line[k * Channels + c] = value; }
    template <int>
    QUOIN_ALWAYS_INLINE void put_pixel(index_t k, T const* from) const {
        __builtin_memcpy(line + k * Channels, from, Channels * sizeof(T));
    }
};

/// Write the values at the first `count` places. Those whose taps are not inside are wrong.
template <class P, class To>
void nearest_places(image_view<P> const& v, split_places const& at, To const& to, int count) {
    for (int k = 0; k < count; ++k) to.template put_pixel<channels_v<P>>(k, at.at(v.data(), k));
}
/// put(to) writes all places, together ones also up to 4 values behind them; of these, `count` are written.
template <int Channels, class T, class Put>
QUOIN_ALWAYS_INLINE void put_places(channels_apart<T> const& to, int count, Put const& put) {
    if (count == places_at_once) return put(to);
    T values[Channels * places_at_once];
    put(channels_apart<T>{values, places_at_once});
    for (int c = 0; c < Channels; ++c)
        __builtin_memcpy(to.line + c * to.plane, values + c * places_at_once,
                         static_cast<std::size_t>(count) * sizeof(T));
}
template <int Channels, class T, class Put>
QUOIN_ALWAYS_INLINE void put_places(channels_together<T, Channels> const& to, int count, Put const& put) {
    T values[Channels * places_at_once + 4];
    put(channels_together<T, Channels>{values});
    __builtin_memcpy(to.line, values, static_cast<std::size_t>(count) * Channels * sizeof(T));
}
template <class P, class To>
void linear_places(image_view<P> const& v, split_places const& at, To const& all, int count) {
    using T = channel_t<P>;
    put_places<channels_v<P>>(all, count, [&](To const& to) QUOIN_LAMBDA_INLINE {
        if constexpr (gathers_bytes<T, channels_v<P>>) {
            blend_corners<places_at_once, channels_v<P>>(v.data(), v.stride(), at.offsets, at.across, at.down, to);
        } else {
            using four = corners<T, channels_v<P>>;
            typename four::word words[four::words * places_at_once];
            for (int k = 0; k < places_at_once; ++k) four::load(at.at(v.data(), k), v.stride(), words + k);
            for_each_channel<P>([&](auto c) {
                constexpr int channel = decltype(c)::value;
                T values[places_at_once];
                for (int k = 0; k < places_at_once; ++k)
                    values[k] = blended<T>(static_cast<T>(four::template get<channel, 0, 0>(words + k)),
                                           static_cast<T>(four::template get<channel, 0, 1>(words + k)),
                                           static_cast<T>(four::template get<channel, 1, 0>(words + k)),
                                           static_cast<T>(four::template get<channel, 1, 1>(words + k)), at.across[k],
                                           at.down[k]);
                for (int k = 0; k < places_at_once; ++k) to.put(k, channel, values[k]);
            });
        }
    });
}

/// Whether taps_places() has such channels.
template <class T>
inline constexpr bool weighs = sizeof(T) < 8;

/// The sum of `Taps::count` values, from the first whose weight is not 0, in their order, as in weighted_pixel().
template <class Taps, class Sum, class Value>
QUOIN_ALWAYS_INLINE Sum weighted_sum(Sum const* factors, Value const& value) {
    Sum sum = factors[0] * value(0);
    int i = 1;
    if constexpr (std::floating_point<Sum>)
        for (; factors[i - 1] == 0; ++i) sum = factors[i] * value(i);
    for (; i < Taps::count; ++i)
        if (!std::floating_point<Sum> || factors[i] != 0) sum += factors[i] * value(i);
    return sum;
}
template <class Taps, class P, class To>
void taps_places(image_view<P> const& v, split_places const& at, To const& all, int count) {
    using T = channel_t<P>;
    auto const& table = fraction_table<Taps>::get().weights;
    if constexpr (gathers_bytes<T, channels_v<P>>) {
        put_places<channels_v<P>>(all, count, [&](To const& to) QUOIN_LAMBDA_INLINE {
            weigh_windows<places_at_once, channels_v<P>, Taps::count>(v.data(), v.stride(), at.offsets, at.across,
                                                                      at.down, table[0], to);
        });
    } else {
        using sum = between_sum<T>;
        using row_sum = std::conditional_t<sizeof(T) == 1, std::int32_t, sum>;
        for (int k = 0; k < count; ++k) {
            T const* const p = v.data() + at.offsets[k];
            row_sum across[Taps::count];
            sum down[Taps::count];
            for (int i = 0; i < Taps::count; ++i) {
                across[i] = factor<row_sum, Taps::bits>(table[at.across[k]][i]);
                down[i] = factor<sum, Taps::bits>(table[at.down[k]][i]);
            }
            for (int c = 0; c < channels_v<P>; ++c) {
                sum const total = weighted_sum<Taps>(down, [&](int j) QUOIN_LAMBDA_INLINE {
                    T const* const row = p + j * v.stride() + c;
                    return static_cast<sum>(weighted_sum<Taps>(across, [&](int i) QUOIN_LAMBDA_INLINE {
                        return static_cast<row_sum>(row[i * channels_v<P>]);
                    }));
                });
                if constexpr (std::integral<sum>)
                    all.put(k, c, saturate<T>((total + (sum(1) << (2 * Taps::bits - 1))) >> (2 * Taps::bits)));
                else all.put(k, c, saturate<T>(total));
            }
        }
    }
}

/// linear_places() where taps of some places are outside: all taps are copied together first. The first tap of place k
/// is at places + shift; in [0, inside) they are read without a border.
template <class View, class Border, class To>
void linear_places_with_border(View const& v, Border const& border, place_step const& places, std::int64_t shift,
                               extent inside, split_places at, To const& to, int count) {
    using P = std::remove_const_t<typename View::pixel_type>;
    using T = channel_t<P>;
    constexpr int pair = 2 * channels_v<P>, stride = pair * places_at_once;
    T taps[2 * stride + 8] = {}; // and what corners read behind the last
    for (int k = 0; k < places_at_once; ++k) {
        at.offsets[k] = k * pair;
        if (k >= count) continue;
        T *const upper = taps + k * pair, *const lower = upper + stride;
        index_t const x = (places.x[k] + shift) >> 32, y = (places.y[k] + shift) >> 32;
        if (rect{0, 0, inside.width, inside.height}.contains(point{x, y})) {
            T const* const from = v.row(y) + x * channels_v<P>;
            __builtin_memcpy(upper, from, pair * sizeof(T));
            __builtin_memcpy(lower, from + v.stride(), pair * sizeof(T));
            continue;
        }
        index_t const columns[] = {coordinate_or_border(border, x, v.width()),
                                   coordinate_or_border(border, x + 1, v.width())};
        index_t const rows[] = {coordinate_or_border(border, y, v.height()),
                                coordinate_or_border(border, y + 1, v.height())};
        for (int i = 0; i < 2; ++i) {
            P const above = pixel_or_constant(v, border, columns[i], rows[0]);
            P const below = pixel_or_constant(v, border, columns[i], rows[1]);
            for_each_channel<P>([&](auto c) {
                constexpr int channel = decltype(c)::value;
                upper[i * channels_v<P> + channel] = get_channel<channel>(above);
                lower[i * channels_v<P> + channel] = get_channel<channel>(below);
            });
        }
    }
    linear_places(image_view<P const>(taps, 2 * places_at_once, 2, stride), at, to, count);
}

/// Writes the values at the first `count` places.
template <class View, class Border, class To>
QUOIN_NOINLINE void sample_places(View const& v, Border const& border, interpolation how, place_step const& places,
                                  To const& to, int count) {
    using P = std::remove_const_t<typename View::pixel_type>;
    using T = channel_t<P>;
    constexpr std::int64_t half = std::int64_t{1} << 31;
    extent inside{}; // the first of the taps that are read without a border
    std::int64_t shift = how == interpolation::nearest ? half : half >> fraction_bits;
    if (how == interpolation::cubic) shift -= std::int64_t{cubic_taps::before} << 32;
    if (how == interpolation::lanczos4) shift -= std::int64_t{lanczos4_taps::before} << 32;
    if constexpr (is_image_view<View>) {
        constexpr int beyond = gathers_bytes<T, channels_v<P>> && channels_v<P> == 3 ? 2 : 0; // columns
        if (how == interpolation::nearest) inside = {v.width(), v.height()};
        if (blends<T> && how == interpolation::linear)
            inside = {v.width() - corners<T, channels_v<P>>::reach, v.height() - 1};
        if (weighs<T> && how == interpolation::cubic)
            inside = {v.width() - cubic_taps::count + 1 - beyond, v.height() - cubic_taps::count + 1};
        if (weighs<T> && how == interpolation::lanczos4)
            inside = {v.width() - lanczos4_taps::count + 1 - beyond, v.height() - lanczos4_taps::count + 1};
        if (inside.empty() || v.stride() < 0 || v.height() * max(v.stride(), v.width() * channels_v<P>) > 0x7fffffff) {
            inside = {};
        } else {
            split_places const at(v, places, shift, inside);
            bool const constant = coordinate_or_border(border, -1, v.width()) < 0; // which value_at() knows
            if constexpr (blends<T>)
                if (how == interpolation::linear && !at.all_inside && (at.any_inside || !constant))
                    return linear_places_with_border(v, border, places, shift, inside, at, to, count);
            if (at.any_inside) {
                if (how == interpolation::nearest) nearest_places(v, at, to, count);
                if constexpr (blends<T>)
                    if (how == interpolation::linear) linear_places(v, at, to, count);
                if constexpr (weighs<T>) {
                    if (how == interpolation::cubic) taps_places<cubic_taps>(v, at, to, count);
                    if (how == interpolation::lanczos4) taps_places<lanczos4_taps>(v, at, to, count);
                }
            }
            if (at.all_inside) return;
        }
    }
    for (int k = 0; k < count; ++k) {
        point const first{(places.x[k] + shift) >> 32, (places.y[k] + shift) >> 32};
        if (rect{0, 0, inside.width, inside.height}.contains(first)) continue;
        P const p = value_at(v, border, how, {places.x[k], places.y[k]});
        for_each_channel<P>([&](auto c) { to.put(k, decltype(c)::value, get_channel<decltype(c)::value>(p)); });
    }
}

/// Fetches the rows below those that are read for a step, unless they are outside. Processors do not foresee them. A
/// map says with `prefetches` that its places are cheap, and known below its last row.
template <class View, class Map>
void prefetch_row_below(View const& v, Map const& map, index_t x, index_t y) {
    if constexpr (is_image_view<View> && requires { Map::prefetches; })
        for (int k = 0; k < places_at_once; k += 8) {
            place const p = map.at(x + k, y + 1);
            point const at{p.x >> 32, (p.y >> 32) + 1};
            if (rect{0, 0, v.width(), v.height()}.contains(at))
                __builtin_prefetch(v.row(at.y) + at.x * channels_v<typename View::pixel_type>, 0, 2);
        }
}

} // namespace detail

QUOIN_NAMESPACE_END
