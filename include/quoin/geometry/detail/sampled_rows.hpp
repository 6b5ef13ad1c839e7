// SPDX-License-Identifier: BSL-1.0
// Values between pixels for many places at once, with the bytes of value_at().
#pragma once

#include <quoin/core/detail/unrolled.hpp>
#include <quoin/geometry/detail/sampling.hpp>

#include <bit>

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
    bool all_inside; ///< the others have offset 0

    /// Pixels in [0, inside) are inside. `shift` is added to a coordinate before it is split.
    template <class P>
    split_places(image_view<P> const& v, place_step const& places, std::int64_t shift, extent inside) {
        auto const w = static_cast<std::uint32_t>(inside.width), h = static_cast<std::uint32_t>(inside.height);
        auto const stride = static_cast<std::int32_t>(v.stride());
        auto const s = static_cast<std::uint64_t>(shift);
        constexpr std::int32_t mask = (1 << fraction_bits) - 1;
        std::int32_t all = -1;
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
        }
        all_inside = all != 0;
    }
    /// The address of place k. Compilers must not gather: such instructions take twice as long as loads.
    template <class T>
    QUOIN_ALWAYS_INLINE T const* at(T const* data, int k) const {
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
    constexpr bool exact = std::integral<between_sum<T>>;
    constexpr std::int64_t half = std::int64_t{1} << 31;
    extent inside{}; // the first of the taps that are read without a border
    std::int64_t shift = how == interpolation::nearest ? half : half >> fraction_bits;
    if (how == interpolation::cubic) shift -= std::int64_t{cubic_taps::before} << 32;
    if constexpr (is_image_view<View>) {
        if (how == interpolation::nearest) inside = {v.width(), v.height()};
        if (blends<T> && how == interpolation::linear)
            inside = {v.width() - corners<T, channels_v<P>>::reach, v.height() - 1};
        if (exact && how == interpolation::cubic) inside = {v.width() - 3, v.height() - 3};
        if (inside.empty() || v.stride() < 0 || v.height() * v.stride() > 0x7fffffff) {
            inside = {};
        } else {
            split_places const at(v, places, shift, inside);
            if (how == interpolation::nearest) nearest_places(v, at, line, plane, count);
            if constexpr (blends<T>)
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
