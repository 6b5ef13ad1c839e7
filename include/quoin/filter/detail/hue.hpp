// SPDX-License-Identifier: BSL-1.0
// What rgb_to_hsv, rgb_to_hsl and their inverses compute with.
#pragma once

#include <quoin/filter/detail/colors.hpp>
#include <quoin/filter/detail/usual_channel.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A color of usual channels, or of bytes alone.
template <class P, bool BytesAlone = false>
concept convertible_color = concepts::color<P> && usual_channel<scalar_t<channel_t<P>>> &&
                            (!BytesAlone || sizeof(scalar_t<channel_t<P>>) == 1);

/// The largest channel, its distance to the smallest one, and the hue in sixths of a turn, which is
/// sector + across / distance, from -1 to 5.
template <class V>
struct hue_parts {
    V largest, distance, across, sector;

    QUOIN_INLINE hue_parts(V const& r, V const& g, V const& b)
        : largest(max(max(r, g), b)), distance(largest - min(min(r, g), b)) {
        auto const is_red = largest == r, is_green = largest == g;
        across = select(is_red, g - b, select(is_green, b - r, r - g));
        sector = select(is_red, V(0), select(is_green, V(2), V(4)));
    }
};

/// Of bytes, in i16: the largest and the smallest channel, their distance d, and d times the hue in sixths of a turn,
/// from -d to 5 d.
template <class V>
struct byte_hue_parts {
    using S = std::int16_t;
    using I = decltype(convert<S>(std::declval<V>()));
    I largest, smallest, distance, across;

    QUOIN_INLINE byte_hue_parts(V const& r, V const& g, V const& b)
        : byte_hue_parts(0, convert<S>(r), convert<S>(g), convert<S>(b)) {}

private:
    QUOIN_INLINE byte_hue_parts(int, I const& r, I const& g, I const& b)
        : largest(max(max(r, g), b)), smallest(min(min(r, g), b)), distance(convert<S>(largest - smallest)),
          across(select(
              largest == r, I(convert<S>(g - b)),
              select(largest == g, I(convert<S>(b - r + (distance << 1))), I(convert<S>(r - g + (distance << 2)))))) {}
};

/// Hue and saturation of bytes, white distance / whole. Both quotients come from one division: whole and distance have
/// at most 8 bits, so products with the reciprocal err by less than 2^-14. A quotient that is no half is 1 / 1530 or
/// more away from it, so more than a half is added before quotients are rounded down.
template <int Turn, class V, class I>
QUOIN_INLINE auto hue_and_saturation(byte_hue_parts<V> const& p, I const& whole) {
    constexpr float turn = Turn, half_up = 0.5f + 1.0f / 4096;
    constexpr std::int16_t raised = 64; // hues are positive while they are rounded
    I const one(std::int16_t{1});
    auto const quotients = by_registers(
        [](auto const& across, auto const& distance, auto const& divisor) QUOIN_LAMBDA_INLINE {
            using F = std::remove_cvref_t<decltype(across)>;
            auto const inverse = F(1.0f) / (distance * divisor);
            auto const hue = convert<std::int32_t>(across * divisor * (inverse * (turn / 6)) + (raised + half_up));
            auto const saturation = convert<std::int32_t>(distance * distance * 255.0f * inverse + half_up);
            return three<std::remove_cvref_t<decltype(hue)>>{hue, saturation, hue};
        },
        convert<float>(p.across), convert<float>(I(max(p.distance, one))), convert<float>(I(max(whole, one))));
    I const hue = convert<std::int16_t>(convert<std::int16_t>(quotients.first) - I(raised));
    I const zero(std::int16_t{0}), turned = convert<std::int16_t>(hue + I(static_cast<std::int16_t>(turn)));
    struct result {
        I hue, saturation;
    };
    return result{select(hue < zero, turned, hue),
                  select(p.distance == zero, zero, I(convert<std::int16_t>(quotients.second)))};
}

/// The color with f(red, green, blue), three values for the same places. The function gets bytes as they are, 16 bits
/// as doubles, and floats, and of the last two one register after the other.
template <class P, class F>
QUOIN_INLINE P converted_color(P const& p, F const& f) {
    using T = scalar_t<channel_t<P>>;
    using traits = pixel_traits<P>;
    auto const& r = get_channel<traits::red>(p);
    auto const& g = get_channel<traits::green>(p);
    auto const& b = get_channel<traits::blue>(p);
    auto const c = [&]() QUOIN_LAMBDA_INLINE {
        using A = std::conditional_t<sizeof(T) == 2, double, float>;
        if constexpr (sizeof(T) == 1) return f(r, g, b);
        else return by_registers(f, convert<A>(r), convert<A>(g), convert<A>(b));
    }();
    return with_rgb(p, convert<T>(c.first), convert<T>(c.second), convert<T>(c.third));
}

/// 0, or NaN if a color is not finite.
template <class V>
QUOIN_INLINE V zero_if_finite(V const& r, V const& g, V const& b) {
    return r * 0.0f + g * 0.0f + b * 0.0f;
}

/// Hue and saturation of 16 bits, exact in double: all products have less than 53 bits, and a quotient that is no half
/// is 2^-19 or more away from it.
template <class V>
QUOIN_INLINE auto deep_hue(hue_parts<V> const& p) {
    auto const distance = max(p.distance, V(1.0));
    auto const hue = floor((p.across + p.sector * p.distance) * 65536.0 / (distance * 6.0) + 0.5);
    return select(hue < V(0.0), hue + 65536.0, hue);
}
template <class V>
QUOIN_INLINE auto deep_share(V const& part, V const& whole) {
    return floor(part * 65535.0 / max(whole, V(1.0)) + 0.5);
}

/// A hue in degrees, 0 <= hue < 360.
template <class V>
QUOIN_INLINE V degrees(hue_parts<V> const& p) {
    auto const gray = p.distance == V(0.0f);
    auto const hue = (p.across / select(gray, V(1.0f), p.distance)) * 60.0f + p.sector * 60.0f;
    auto const turned = select(hue < V(0.0f), hue + 360.0f, hue);
    return select(turned == V(360.0f), V(0.0f), turned);
}

/// x modulo a turn, from 0 to the turn, both included; of i16 for 0 <= x < 2 turns.
template <class T, class V>
QUOIN_INLINE V in_turn(V const& x, T turn) {
    if constexpr (std::integral<T>) return select(x < V(turn), x, V(convert<T>(x - V(turn))));
    else return x - floor(x * (T(1) / turn)) * turn;
}

/// How far a channel is from the value of the color: max(0, min(k, 4 - k, 1)) for k in sixths of a turn, times `sixth`.
/// `place` is 5 for red, 3 for green, and 1 for blue.
template <class T, class V>
QUOIN_INLINE V hsv_ramp(V const& hue, int place, T sixth) {
    auto const times = [=](int n) { return V(static_cast<T>(static_cast<T>(n) * sixth)); };
    V const k = in_turn(V(convert<T>(hue + times(place))), static_cast<T>(6 * sixth));
    return max(times(0), min(times(1), min(V(convert<T>(times(4) - k)), k))); // in this order NaN stays NaN
}

/// A hue of bytes in i16, in 30ths of a sixth of a turn from 0 to 180, or in 128ths if `Turn` is 256.
template <int Turn, class V>
QUOIN_INLINE auto byte_hue(V const& hue) {
    using S = std::int16_t;
    using I = decltype(convert<S>(hue));
    if constexpr (Turn == 180) return I(in_turn<S>(convert<S>(hue), 180));
    else return I(convert<S>(convert<S>(hue) * I(S{3})));
}

/// A whole number in float, divided by 255 * 128 and rounded half up. Dividing by 2^7 and then by 255 rounds down as
/// dividing by the product does.
template <class V>
QUOIN_INLINE auto over_255_128ths(V const& x) {
    auto const n = (convert<std::int32_t>(x) + 255 * 128 / 2) >> 7;
    return (n + 1 + (n >> 8)) >> 8;
}
} // namespace detail

QUOIN_NAMESPACE_END
