// SPDX-License-Identifier: BSL-1.0
// min_max, argmin, argmax: the smallest and the largest value of each channel, and where they are.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/measure/statistics.hpp>

QUOIN_NAMESPACE_BEGIN

/// The result of min_max: for each channel the smallest and the largest value.
template <class P>
struct min_max_result {
    P min, max;
    friend constexpr bool operator==(min_max_result const&, min_max_result const&) = default;
};

/// The result of argmin and argmax: a value and the place of the first pixel that has it.
template <class T>
struct placed_value {
    T value;
    index_t x, y;
    friend constexpr bool operator==(placed_value const&, placed_value const&) = default;
};

namespace detail {

/// The identity elements of min and max.
template <concepts::channel T>
inline constexpr T top = std::floating_point<T> ? std::numeric_limits<T>::infinity() : highest<T>;
template <concepts::channel T>
inline constexpr T bottom = std::floating_point<T> ? -std::numeric_limits<T>::infinity() : lowest<T>;

/// The smallest or, if Largest, the largest value of a part. NaN is passed over.
template <class Lanes, bool Largest, class T>
QUOIN_NOINLINE T row_extreme(T const* p, index_t count) {
    auto const better = [](auto const& v, auto const& so_far) QUOIN_LAMBDA_INLINE {
        if constexpr (Largest) return max(v, so_far);
        else return min(v, so_far);
    };
    T found = Largest ? bottom<T> : top<T>;
    index_t i = 0;
    if constexpr (Lanes::count > 1) {
        typename Lanes::template type<T> lanes(found);
        for (; i + Lanes::count <= count; i += Lanes::count) lanes = better(Lanes::template load_as<T>(p + i), lanes);
        T values[Lanes::count];
        lanes.store(values);
        for (T const v : values) found = better(v, found);
    }
    for (; i < count; ++i) found = better(p[i], found);
    return found;
}

template <class P>
struct min_max_state {
    static constexpr bool ordered = false;
    static constexpr index_t least = 1;
    using T = channel_t<P>;
    T low[channels_v<P>], high[channels_v<P>];

    explicit min_max_state(extent) {
        for (T& v : low) v = top<T>;
        for (T& v : high) v = bottom<T>;
    }
    template <class Lanes>
    void add(row_part<P> const& part) {
        for (int c = 0; c < channels_v<P>; ++c) {
            low[c] = min(row_extreme<Lanes, false>(part.planes[c], part.count), low[c]);
            high[c] = max(row_extreme<Lanes, true>(part.planes[c], part.count), high[c]);
        }
    }
    void join(min_max_state const& other) {
        for (int c = 0; c < channels_v<P>; ++c) {
            low[c] = min(other.low[c], low[c]);
            high[c] = max(other.high[c], high[c]);
        }
    }
};

template <bool Largest, class P>
struct arg_state {
    static constexpr bool ordered = false;
    static constexpr index_t least = 1;
    using T = channel_t<P>;
    placed_value<T> found[channels_v<P>];

    explicit arg_state(extent) {
        for (auto& each : found) each = {Largest ? bottom<T> : top<T>, -1, -1};
    }
    static bool better(T a, T b) { return Largest ? a > b : a < b; }

    template <class Lanes>
    void add(row_part<P> const& part) {
        for (int c = 0; c < channels_v<P>; ++c) {
            auto& best = found[c];
            T const* const p = part.planes[c];
            T const value = row_extreme<Lanes, Largest>(p, part.count);
            bool const earlier = best.y < 0 || part.y < best.y; // a thread's blocks may come in any order
            if (!better(value, best.value) && !(earlier && value == best.value)) continue;
            for (index_t i = 0; i < part.count; ++i)
                if (p[i] == value) {
                    best = {p[i], part.x + i, part.y};
                    break;
                }
        }
    }
    void join(arg_state const& other) {
        for (int c = 0; c < channels_v<P>; ++c) {
            auto& best = found[c];
            auto const& from = other.found[c];
            bool const earlier = best.y < 0 || from.y < best.y || (from.y == best.y && from.x < best.x);
            if (from.y >= 0 && (better(from.value, best.value) || (from.value == best.value && earlier))) best = from;
        }
    }
};

template <bool Largest>
struct arg_statistic : statistic<arg_statistic<Largest>> {
    template <class P>
    using state = arg_state<Largest, P>;
    template <class P>
    auto result(state<P> const& s, statistics_of const& of) const {
        constexpr char const* name = Largest ? "quoin::argmax" : "quoin::argmin";
        check_any(name, of);
        for (auto const& each : s.found)
            if (each.y < 0) raise(name, ": all ", of.pixels, " pixels are NaN; give an image with a number");
        return make_pixel<P>([&](auto c) { return s.found[decltype(c)::value]; });
    }
};

} // namespace detail

/// The smallest and the largest value of each channel over all pixels. Floating-point pixels may be infinite. NaN is
/// passed over; if all are NaN, min is +infinity and max is -infinity. If the image has zeros of both signs, the sign
/// of a zero in the result is unspecified. Cost: two comparisons per pixel and channel.
/// @throws invalid_argument if there is no pixel.
struct min_max_fn : statistic<min_max_fn> {
    template <class P>
    using state = detail::min_max_state<P>;
    template <class P>
    min_max_result<P> result(state<P> const& s, detail::statistics_of const& of) const {
        detail::check_any("quoin::min_max", of);
        return {make_pixel<P>([&](auto c) { return s.low[decltype(c)::value]; }),
                make_pixel<P>([&](auto c) { return s.high[decltype(c)::value]; })};
    }
};
inline constexpr min_max_fn min_max{};

/// The smallest value of each channel, and the place of the first pixel in raster order that has it. Gray: one
/// placed_value; otherwise a pixel of them, as in argmin(policy, photo).r.x. NaN is passed over, and zeros of both
/// signs are equal. Cost: one comparison per pixel and channel, and a search in rows that have a smaller value than
/// those before.
/// @throws invalid_argument if there is no pixel, or if all are NaN.
inline constexpr detail::arg_statistic<false> argmin{};
/// The same for the largest value.
inline constexpr detail::arg_statistic<true> argmax{};

QUOIN_NAMESPACE_END
