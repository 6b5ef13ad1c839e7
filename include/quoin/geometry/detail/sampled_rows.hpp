// SPDX-License-Identifier: BSL-1.0
// Values between pixels for many places at once, with the bytes of value_at().
#pragma once

#include <quoin/geometry/detail/near_places.hpp>
#include <quoin/geometry/detail/sampling.hpp>
#include <quoin/lanes/detail/gathered_bytes.hpp>
#include <quoin/lanes/detail/gathered_floats.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

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
    bool all_inside;

    /// Taps begin `before` pixels before a place. Pixels in [0, inside) are inside; places that are not have offset 0.
    split_places(place_step const& places, place_bits bits, int before, extent inside, index_t stride, int channels) {
        auto const w = static_cast<std::uint32_t>(max(inside.width, index_t{0}));
        auto const h = static_cast<std::uint32_t>(max(inside.height, index_t{0}));
        auto const step = static_cast<std::int32_t>(stride);
        int const fraction = bits.fraction();
        constexpr std::int32_t mask = (1 << fraction_bits) - 1;
        std::int32_t all = -1;
        for (int k = 0; k < places_at_once; ++k) {
            std::int32_t const x = (places.x[k] >> fraction) - before, y = (places.y[k] >> fraction) - before;
            std::int32_t const in = -static_cast<std::int32_t>(static_cast<std::uint32_t>(x) < w) &
                                    -static_cast<std::int32_t>(static_cast<std::uint32_t>(y) < h);
            offsets[k] = (y & in) * step + (x & in) * channels;
            across[k] = places.x[k] & mask;
            down[k] = places.y[k] & mask;
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

/// The pixels that `interpolation::nearest` reads, and how they become the values at many places.
struct nearest_kernel {
    static constexpr int count = 1, before = 0;
    template <class>
    static constexpr bool knows = true;
    template <class>
    static constexpr index_t beyond = 0; ///< columns behind the taps that are read, too

    /// Writes the values at all places as they lie in an image_view, and up to 4 values behind.
    template <class P>
    static QUOIN_ALWAYS_INLINE void values(channel_t<P> const* data, index_t, split_places const& at,
                                           channel_t<P>* to) {
        for (int k = 0; k < places_at_once; ++k)
            __builtin_memcpy(to + k * channels_v<P>, at.at(data, k), channels_v<P> * sizeof(channel_t<P>));
    }
};

struct linear_kernel {
    static constexpr int count = 2, before = 0;
    template <class T>
    static constexpr bool knows = blends<T>;
    template <class P>
    static constexpr index_t beyond = corners<channel_t<P>, channels_v<P>>::reach - 1;

    template <class P>
    static QUOIN_ALWAYS_INLINE void values(channel_t<P> const* data, index_t stride, split_places const& at,
                                           channel_t<P>* to) {
        using T = channel_t<P>;
        constexpr int channels = channels_v<P>;
        if constexpr (gathers_bytes<T, channels>) {
            blend_corners<places_at_once, channels>(data, stride, at.offsets, at.across, at.down, to);
        } else {
            using four = corners<T, channels>;
            typename four::word words[four::words * places_at_once];
            for (int k = 0; k < places_at_once; ++k) four::load(at.at(data, k), stride, words + k);
            for_each_channel<P>([&](auto c) {
                constexpr int channel = decltype(c)::value;
                T values[places_at_once];
                for (int k = 0; k < places_at_once; ++k)
                    values[k] = blended<T>(static_cast<T>(four::template get<channel, 0, 0>(words + k)),
                                           static_cast<T>(four::template get<channel, 0, 1>(words + k)),
                                           static_cast<T>(four::template get<channel, 1, 0>(words + k)),
                                           static_cast<T>(four::template get<channel, 1, 1>(words + k)), at.across[k],
                                           at.down[k]);
                for (int k = 0; k < places_at_once; ++k) to[k * channels + channel] = values[k];
            });
        }
    }
};

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
template <class Taps>
struct taps_kernel {
    static constexpr int count = Taps::count, before = Taps::before;
    template <class T>
    static constexpr bool knows = sizeof(T) < 8;
    template <class P>
    static constexpr index_t beyond = channels_v<P> != 3                            ? 0
                                      : gathers_bytes<channel_t<P>, channels_v<P>>  ? 2
                                      : gathers_floats<channel_t<P>, channels_v<P>> ? 1
                                                                                    : 0;

    template <class P>
    static QUOIN_ALWAYS_INLINE void values(channel_t<P> const* data, index_t stride, split_places const& at,
                                           channel_t<P>* to) {
        using T = channel_t<P>;
        constexpr int channels = channels_v<P>;
        auto const& table = fraction_table<Taps>::get();
        if constexpr (gathers_bytes<T, channels>) {
            weigh_windows<places_at_once, channels, count>(data, stride, at.offsets, at.across, at.down,
                                                           table.weights[0], to);
        } else if constexpr (gathers_floats<T, channels>) {
            weigh_float_windows<places_at_once, channels, count>(data, stride, at.offsets, at.across, at.down,
                                                                 factor_table<Taps>::get().factors[0], to);
            for (int k = 0; k < places_at_once; ++k) // products with 0 are no part of a sum
                if (table.has_zero[at.across[k]] || table.has_zero[at.down[k]])
                    sum_window<P>(data + at.offsets[k], stride, table.weights[at.across[k]], table.weights[at.down[k]],
                                  to + k * channels);
        } else {
            for (int k = 0; k < places_at_once; ++k)
                sum_window<P>(data + at.offsets[k], stride, table.weights[at.across[k]], table.weights[at.down[k]],
                              to + k * channels);
        }
    }

private:
    template <class P>
    static QUOIN_INLINE void sum_window(channel_t<P> const* p, index_t stride, std::int16_t const* right,
                                        std::int16_t const* below, channel_t<P>* to) {
        using T = channel_t<P>;
        using sum = between_sum<T>;
        using row_sum = std::conditional_t<sizeof(T) == 1, std::int32_t, sum>;
        row_sum across[count];
        sum down[count];
        for (int i = 0; i < count; ++i) {
            across[i] = factor<row_sum, Taps::bits>(right[i]);
            down[i] = factor<sum, Taps::bits>(below[i]);
        }
        for (int c = 0; c < channels_v<P>; ++c) {
            sum const total = weighted_sum<Taps>(down, [&](int j) QUOIN_LAMBDA_INLINE {
                T const* const row = p + j * stride + c;
                return static_cast<sum>(weighted_sum<Taps>(
                    across, [&](int i) QUOIN_LAMBDA_INLINE { return static_cast<row_sum>(row[i * channels_v<P>]); }));
            });
            if constexpr (std::integral<sum>)
                to[c] = saturate<T>((total + (sum(1) << (2 * Taps::bits - 1))) >> (2 * Taps::bits));
            else to[c] = saturate<T>(total);
        }
    }
};

/// What lies outside of an image.
template <class P>
struct outside_pixels {
    border_kind kind;
    P constant; ///< of a constant border

    template <class Border>
    explicit outside_pixels(Border const& border) : kind(kind_of_border(border)), constant{} {
        if constexpr (Border::has_value) constant = border.template value_as<P>();
    }
};

/// Copies the taps around many places side by side: row j of all places is at windows + j * Count * places_at_once
/// pixels. `x` and `y` say where the taps begin.
template <int Count, class P>
QUOIN_NOINLINE void copy_windows(image_view<P const> const& v, outside_pixels<P> const& outside, std::int32_t const* x,
                                 std::int32_t const* y, channel_t<P>* windows) {
    using T = channel_t<P>;
    constexpr int channels = channels_v<P>;
    std::int32_t columns[Count][places_at_once], rows[Count][places_at_once];
    for (int i = 0; i < Count; ++i) {
        for (int k = 0; k < places_at_once; ++k) {
            columns[i][k] = x[k] + i;
            rows[i][k] = y[k] + i;
        }
        fold_coordinates(outside.kind, columns[i], static_cast<std::int32_t>(v.width()));
        fold_coordinates(outside.kind, rows[i], static_cast<std::int32_t>(v.height()));
    }
    T constant[channels];
    for_each_channel<P>(
        [&](auto c) { constant[decltype(c)::value] = get_channel<decltype(c)::value>(outside.constant); });
    for (int j = 0; j < Count; ++j)
        for (int k = 0; k < places_at_once; ++k) {
            T* const to = windows + (j * places_at_once + k) * Count * channels;
            T const* const row = v.data() + rows[j][k] * v.stride();
            for (int i = 0; i < Count; ++i) {
                T const* const from = (rows[j][k] | columns[i][k]) < 0 ? constant : row + columns[i][k] * channels;
                __builtin_memcpy(to + i * channels, from, channels * sizeof(T));
            }
        }
}

/// Writes the values at all places as they lie in an image_view, and up to 4 values behind.
template <class Kernel, class P>
void kernel_values(image_view<P const> const& v, outside_pixels<P> const& outside, place_step const& places,
                   place_bits bits, channel_t<P>* to) {
    using T = channel_t<P>;
    constexpr int count = Kernel::count, channels = channels_v<P>;
    extent const inside{v.width() - count + 1 - Kernel::template beyond<P>, v.height() - count + 1};
    split_places at(places, bits, Kernel::before, inside, v.stride(), channels);
    if (at.all_inside) {
        // The next row of the result reads the rows below. Processors do not foresee them.
        for (int k = 0; k < places_at_once; k += 8)
            __builtin_prefetch(v.data() + at.offsets[k] + count * v.stride(), 0, 2);
        return Kernel::template values<P>(v.data(), v.stride(), at, to);
    }
    std::int32_t x[places_at_once], y[places_at_once];
    for (int k = 0; k < places_at_once; ++k) {
        x[k] = (places.x[k] >> bits.fraction()) - Kernel::before;
        y[k] = (places.y[k] >> bits.fraction()) - Kernel::before;
        at.offsets[k] = k * count * channels;
    }
    if (outside.kind == border_kind::constant && std::integral<between_sum<T>>) { // the weights sum to 1
        auto const w = static_cast<std::int32_t>(v.width()), h = static_cast<std::int32_t>(v.height());
        std::int32_t any = 0; // reads the image
        for (int k = 0; k < places_at_once; ++k)
            any |= -static_cast<std::int32_t>(x[k] > -count) & -static_cast<std::int32_t>(x[k] < w) &
                   -static_cast<std::int32_t>(y[k] > -count) & -static_cast<std::int32_t>(y[k] < h);
        if (any == 0) {
            image_view<P> const out(to, places_at_once, 1);
            for (int k = 0; k < places_at_once; ++k) out.store(k, 0, outside.constant);
            return;
        }
    }
    constexpr index_t stride = places_at_once * count * channels;
    T windows[stride * count + 16]; // kernels read behind the last one
    copy_windows<count>(v, outside, x, y, windows);
    for (index_t i = stride * count; i < stride * count + 16; ++i) windows[i] = T{};
    Kernel::template values<P>(windows, stride, at, to);
}

/// Whether sampled_values() has values at places between such pixels.
template <class T>
constexpr bool samples(interpolation how) {
    if (how == interpolation::nearest) return nearest_kernel::knows<T>;
    if (how == interpolation::linear) return linear_kernel::knows<T>;
    return taps_kernel<cubic_taps>::knows<T>;
}
/// Writes the values at all places as they lie in an image_view, and up to 4 values behind. Compiled once for a type
/// of pixels.
template <class P>
QUOIN_NOINLINE void sampled_values(image_view<P const> const& v, outside_pixels<P> const& outside, interpolation how,
                                   place_step const& places, channel_t<P>* to) {
    using T = channel_t<P>;
    place_bits const bits(how);
    if (how == interpolation::nearest) kernel_values<nearest_kernel>(v, outside, places, bits, to);
    if constexpr (linear_kernel::knows<T>)
        if (how == interpolation::linear) kernel_values<linear_kernel>(v, outside, places, bits, to);
    if constexpr (taps_kernel<cubic_taps>::knows<T>) {
        if (how == interpolation::cubic) kernel_values<taps_kernel<cubic_taps>>(v, outside, places, bits, to);
        if (how == interpolation::lanczos4) kernel_values<taps_kernel<lanczos4_taps>>(v, outside, places, bits, to);
    }
}

/// Whether sampled_values() can be called for an image.
template <class P>
bool has_near_places(image_view<P const> const& v) {
    constexpr index_t most = near_limit - 16;
    index_t const stride = v.stride() < 0 ? -v.stride() : v.stride();
    return v.width() <= most && v.height() <= most && v.height() * max(stride, v.width() * channels_v<P>) <= 0x7fffffff;
}

} // namespace detail

QUOIN_NAMESPACE_END
