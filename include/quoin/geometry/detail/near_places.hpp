// SPDX-License-Identifier: BSL-1.0
// Places in 32 bits, for many neighbors of a row at once, in loops over arrays that compilers vectorize.
#pragma once

#include <quoin/geometry/detail/sampling.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The places of this many neighbors in a row are computed together.
inline constexpr int places_at_once = 64;

/// How places are rounded: half up, to whole pixels or to multiples of 2^-11.
class place_bits {
public:
    constexpr explicit place_bits(interpolation how) : fraction_(how == interpolation::nearest ? 0 : fraction_bits) {}
    constexpr int fraction() const { return fraction_; }     ///< the fractional bits of a rounded place
    constexpr int dropped() const { return 32 - fraction_; } ///< those of a place that it lacks
    constexpr std::uint64_t half() const { return std::uint64_t{1} << (dropped() - 1); }

private:
    int fraction_;
};
/// Rounded places, less than `near_limit` pixels from the first pixel.
struct place_step {
    std::int32_t x[places_at_once], y[places_at_once];
};
inline constexpr index_t near_limit = (1 << 19) - 1;

/// A place before it is rounded, unless there is none.
struct real_place {
    double x, y;
    bool there = true;
};

/// Whether a rounded place is exact.
QUOIN_FN bool is_near(place p) {
    constexpr std::int64_t limit = near_limit << 32;
    return p.x > -limit && p.x < limit && p.y > -limit && p.y < limit;
}
/// Rounds a place, or the nearest one in reach.
inline void round_place(place_step& to, int k, place_bits bits, place p) {
    auto const rounded = [&](std::int64_t coordinate) {
        constexpr std::int64_t limit = near_limit << 32;
        std::int64_t const near = min(max(coordinate, -limit), limit);
        return static_cast<std::int32_t>((near + static_cast<std::int64_t>(bits.half())) >> bits.dropped());
    };
    to.x[k] = rounded(p.x);
    to.y[k] = rounded(p.y);
}

/// a * 2^32, rounded half to even, for |a| <= 2^30.
QUOIN_FN std::int64_t fixed(double a) {
    // A sum with 3 * 2^51 is rounded to a whole number, which is in its low bits.
    constexpr double shift = 6755399441055744.0;
    double const whole = a + shift, low = (a - (whole - shift)) * 4294967296.0 + shift;
    constexpr auto zero = std::bit_cast<std::uint64_t>(shift);
    return static_cast<std::int64_t>(((std::bit_cast<std::uint64_t>(whole) - zero) << 32) +
                                     (std::bit_cast<std::uint64_t>(low) - zero));
}

/// The place p, at most 2^30 pixels from the first pixel along each axis. If a coordinate is NaN or there is no place,
/// both are -2^30.
QUOIN_FN place place_near(real_place p) {
    constexpr double limit = 1 << 30;
    auto const near = [](double a) {
        double const low = either(a > -limit, a, -limit);
        return fixed(either(low < limit, low, limit));
    };
    constexpr std::int64_t none = -(std::int64_t{1} << 62);
    if (!p.there || p.x != p.x || p.y != p.y) return {none, none};
    return {near(p.x), near(p.y)};
}

/// The rounded places of place_near(real(k)) for all k. Returns whether they are near; if not, `to` has no meaning.
/// If `Slack` is set, real(k) may be off by less than 2^-32 pixels, and it also returns false where a place is so close
/// to the middle of two that it might be rounded to the other one.
template <bool Slack, class F>
bool round_near_places(place_step& to, place_bits bits, F const& real) {
    // A sum with 3 * 2^51 is rounded to a whole number, which is in its low bits, if the upper 12 stay as they are.
    constexpr double shift = 6755399441055744.0;
    constexpr auto zero = std::bit_cast<std::uint64_t>(shift);
    std::uint64_t const start = bits.half() - zero, rest = 2 * bits.half() - 1;
    int const dropped = bits.dropped();
    std::uint64_t changed = 0;
    std::int64_t close = 0;
    for (int k = 0; k < places_at_once; ++k) {
        real_place const p = real(k);
        auto const rounded = [&](double a) QUOIN_LAMBDA_INLINE {
            auto const sum = std::bit_cast<std::uint64_t>(a * 4294967296.0 + shift);
            changed |= sum ^ zero;
            if constexpr (Slack) close |= -std::int64_t{static_cast<std::int64_t>((sum + start + 1) & rest) < 2};
            return static_cast<std::int32_t>((sum + start) >> dropped);
        };
        to.x[k] = rounded(p.x);
        to.y[k] = rounded(p.y);
        changed |= -std::uint64_t{!p.there};
    }
    return changed >> 52 == 0 && close == 0;
}
/// The rounded places of place_near(real(k)) for all k, or the nearest ones in reach. Returns whether they are near.
template <class F>
bool round_places(place_step& to, place_bits bits, F const& real) {
    if (round_near_places<false>(to, bits, real)) return true;
    for (int k = 0; k < places_at_once; ++k) round_place(to, k, bits, place_near(real(k)));
    return false;
}

/// The same of places (x[k], y[k]), which are numbers.
inline bool round_places(place_step& to, place_bits bits, float const* x, float const* y) {
    constexpr auto limit = static_cast<float>(near_limit);
    auto const unit = static_cast<float>(1 << bits.fraction());
    std::int32_t near = -1;
    auto const rounded = [&](float a) QUOIN_LAMBDA_INLINE {
        near &= -std::int32_t{a > -limit} & -std::int32_t{a < limit};
        float const low = either(a > -limit, a, -limit), bounded = either(low < limit, low, limit);
        // Only numbers below 2^-9 have bits behind 2^-32. They are rounded by a sum with 2^-9.
        constexpr float small = 1.0f / 512;
        float const shift = either(bounded < 0, -small, small);
        bool const tiny = (bounded < small) & (bounded > -small);
        float const places = either(tiny, (bounded + shift) - shift, bounded) * unit;
        auto const whole = static_cast<std::int32_t>(places); // towards 0
        float const rest = places - static_cast<float>(whole);
        return whole + std::int32_t{rest >= 0.5f} - std::int32_t{rest < -0.5f};
    };
    for (int k = 0; k < places_at_once; ++k) {
        to.x[k] = rounded(x[k]);
        to.y[k] = rounded(y[k]);
    }
    return near != 0;
}

/// Whether all places beyond an end have the same pixels.
constexpr bool fills(border_kind kind) {
    return kind == border_kind::replicate || kind == border_kind::constant;
}

/// The coordinates that are read for those of places_at_once taps on an axis of n pixels; -1 for the constant.
QUOIN_NOINLINE inline void fold_coordinates(border_kind kind, std::int32_t* at, std::int32_t n) {
    auto const all = [&](auto const& f) QUOIN_LAMBDA_INLINE {
        for (int k = 0; k < places_at_once; ++k) at[k] = f(at[k]);
    };
    // The mirror image of i >= n, in which `twice` is that of 0.
    auto const turned = [n](std::int32_t i, std::int32_t twice)
                            QUOIN_LAMBDA_INLINE { return either(i < n, i, twice - i); };
    auto const fold_rest = [&](auto const& border) QUOIN_LAMBDA_INLINE {
        std::int32_t outside = 0;
        for (int k = 0; k < places_at_once; ++k)
            outside |= -std::int32_t{static_cast<std::uint32_t>(at[k]) >= static_cast<std::uint32_t>(n)};
        if (outside != 0) all([&](std::int32_t i) { return static_cast<std::int32_t>(border(i, n)); });
    };
    switch (kind) {
    case border_kind::replicate:
        return all([&](std::int32_t i) QUOIN_LAMBDA_INLINE { return min(max(i, 0), n - 1); });
    case border_kind::reflect:
        all([&](std::int32_t i) QUOIN_LAMBDA_INLINE { return turned(i ^ (i >> 31), 2 * n - 1); });
        return fold_rest(reflect);
    case border_kind::reflect_101:
        all([&](std::int32_t i) QUOIN_LAMBDA_INLINE { return turned(either(i < 0, -i, i), 2 * n - 2); });
        return fold_rest(reflect_101);
    case border_kind::wrap:
        all([&](std::int32_t i) QUOIN_LAMBDA_INLINE { return i + (n & (i >> 31)) - (n & -std::int32_t{i >= n}); });
        return fold_rest(wrap);
    default:
        return all([&](std::int32_t i) QUOIN_LAMBDA_INLINE {
            return i | -std::int32_t{static_cast<std::uint32_t>(i) >= static_cast<std::uint32_t>(n)};
        });
    }
}

} // namespace detail

QUOIN_NAMESPACE_END
