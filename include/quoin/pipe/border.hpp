// SPDX-License-Identifier: BSL-1.0
// Borders: the pixels that a local stage reads outside the image. Each border is a type; images never store a border.
#pragma once

#include <quoin/core/geometry.hpp>
#include <quoin/core/pixel.hpp>
#include <quoin/lanes/arithmetic.hpp>

#include <limits>

QUOIN_NAMESPACE_BEGIN

namespace concepts {

/// A border maps any coordinate i of an axis of n >= 1 pixels to the coordinate in [0, n) that is read instead. A
/// constant border gives its value instead. `periodic` says that both ends of the axis may be needed together.
template <class B>
concept border = std::copyable<B> && requires {
    { B::periodic } -> std::convertible_to<bool>;
    { B::has_value } -> std::convertible_to<bool>;
};

} // namespace concepts

namespace detail {
/// i % period for i >= 0, without a division if i < period.
QUOIN_FN index_t wrapped(index_t i, index_t period) {
    return i < period ? i : i % period;
}
} // namespace detail

namespace detail {
/// The coordinates of an axis of n pixels that are read for a wanted interval, if the border is not periodic. The
/// border maps coordinates outside to ones near the same end.
QUOIN_FN interval inside(interval wanted, index_t n) {
    interval in{wanted.begin > 0 ? wanted.begin : 0, wanted.end < n ? wanted.end : n};
    if (wanted.begin < 0) in.end = max(in.end, min(n, 1 - wanted.begin));
    if (wanted.end > n) in.begin = min(in.begin, max(index_t{0}, 2 * n - 1 - wanted.end));
    return in;
}
} // namespace detail

/// aaaa|abcd|dddd
struct replicate_border {
    static constexpr bool periodic = false, has_value = false;
    QUOIN_FN index_t operator()(index_t i, index_t n) const { return i < 0 ? 0 : i >= n ? n - 1 : i; }
};

/// dcba|abcd|dcba, repeated as often as needed.
struct reflect_border {
    static constexpr bool periodic = false, has_value = false;
    QUOIN_FN index_t operator()(index_t i, index_t n) const {
        index_t const period = 2 * n;
        index_t const m = detail::wrapped(i < 0 ? -1 - i : i, period);
        return m < n ? m : period - 1 - m;
    }
};

/// dcb|abcd|cba, repeated as often as needed. This is the default of most stages.
struct reflect_101_border {
    static constexpr bool periodic = false, has_value = false;
    QUOIN_FN index_t operator()(index_t i, index_t n) const {
        if (n == 1) return 0;
        index_t const period = 2 * n - 2;
        index_t const m = detail::wrapped(i < 0 ? -i : i, period);
        return m < n ? m : period - m;
    }
};

/// abcd|abcd|abcd
struct wrap_border {
    static constexpr bool periodic = true, has_value = false;
    QUOIN_FN index_t operator()(index_t i, index_t n) const {
        return i < 0 ? n - 1 - detail::wrapped(-1 - i, n) : detail::wrapped(i, n);
    }
};

/// kkkk|abcd|kkkk with the pixel k. A single number is used for all channels. The value is saturated to the type of the
/// image that the stage reads.
template <class P>
struct constant_border {
    static constexpr bool periodic = false, has_value = true;
    P value;

    template <class Q>
    QUOIN_FN Q value_as() const {
        return make_pixel<Q>([&](auto c) {
            if constexpr (channels_v<P> == 1) return saturate<channel_t<Q>>(value);
            else return saturate<channel_t<Q>>(get_channel<decltype(c)::value>(value));
        });
    }
};

/// A constant border: the highest value of the type of channel, or infinity. It does not count where a stage takes the
/// least value.
struct highest_border {
    static constexpr bool periodic = false, has_value = true;
    template <class Q>
    QUOIN_FN Q value_as() const {
        using limits = std::numeric_limits<channel_t<Q>>;
        return make_pixel<Q>([](auto) { return limits::has_infinity ? limits::infinity() : limits::max(); });
    }
};

/// The same with the lowest value, or minus infinity.
struct lowest_border {
    static constexpr bool periodic = false, has_value = true;
    template <class Q>
    QUOIN_FN Q value_as() const {
        using limits = std::numeric_limits<channel_t<Q>>;
        return make_pixel<Q>([](auto) {
            return limits::has_infinity ? static_cast<channel_t<Q>>(-limits::infinity()) : limits::lowest();
        });
    }
};

inline constexpr replicate_border replicate{};
inline constexpr reflect_border reflect{};
inline constexpr reflect_101_border reflect_101{};
inline constexpr wrap_border wrap{};

template <concepts::pixel P>
QUOIN_FN constant_border<P> constant(P value) {
    return {value};
}

namespace detail {

/// A border, as a number: the place of its word in border_words. One that a program made is `other`.
enum class border_kind { replicate, reflect, reflect_101, wrap, constant, other };
template <class Border>
constexpr border_kind kind_of_border([[maybe_unused]] Border const& border) {
    if constexpr (requires { border.chosen(0, 1); }) return static_cast<border_kind>(min(border.kind, 4));
    else if constexpr (Border::has_value) return border_kind::constant;
    else if constexpr (std::same_as<Border, replicate_border>) return border_kind::replicate;
    else if constexpr (std::same_as<Border, reflect_border>) return border_kind::reflect;
    else if constexpr (std::same_as<Border, reflect_101_border>) return border_kind::reflect_101;
    else if constexpr (std::same_as<Border, wrap_border>) return border_kind::wrap;
    else return border_kind::other;
}

} // namespace detail

QUOIN_NAMESPACE_END
