// SPDX-License-Identifier: BSL-1.0
// min_max: the smallest and the largest value of each channel.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/measure/detail/fold.hpp>

QUOIN_NAMESPACE_BEGIN

/// The result of min_max: for each channel the smallest and the largest value.
template <class P>
struct min_max_result {
    P min, max;
    friend constexpr bool operator==(min_max_result const&, min_max_result const&) = default;
};

namespace detail {

/// The identity elements of min and max.
template <concepts::channel T>
inline constexpr T top = std::floating_point<T> ? std::numeric_limits<T>::infinity() : highest<T>;
template <concepts::channel T>
inline constexpr T bottom = std::floating_point<T> ? -std::numeric_limits<T>::infinity() : lowest<T>;

template <class P>
struct min_max_state {
    static constexpr bool ordered = false;
    static constexpr index_t least = 1;
    using T = channel_t<P>;
    // One value for each of the lanes of a step, which are at most 64.
    T lows[channels_v<P>][64], highs[channels_v<P>][64];

    min_max_state() {
        for (int c = 0; c < channels_v<P>; ++c)
            for (int i = 0; i < 64; ++i) {
                lows[c][i] = top<T>;
                highs[c][i] = bottom<T>;
            }
    }

    template <class Lanes>
    QUOIN_INLINE void add(index_t, lane_pixel<Lanes, P> const& pixels) {
        for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
            auto const v = get_channel<decltype(c)::value>(pixels);
            T* const l = lows[decltype(c)::value];
            T* const h = highs[decltype(c)::value];
            Lanes::store(l, min(Lanes::template load_as<T>(l), v));
            Lanes::store(h, max(Lanes::template load_as<T>(h), v));
        });
    }
};

} // namespace detail

/// The smallest and the largest value of each channel over all pixels. Floating-point pixels may be infinite and must
/// not be NaN. If the image has zeros of both signs, the sign of a zero in the result is unspecified. The pipeline is
/// evaluated once. Cost: two comparisons per pixel and channel.
/// @throws invalid_argument for an image without pixels.
template <concepts::policy Policy, class What>
auto min_max(Policy const& policy, What const& what) {
    auto const p = detail::computed_pipeline_of<typename Policy::lanes>(what);
    using P = typename std::remove_const_t<decltype(p)>::pixel_type;
    using T = channel_t<P>;
    if (p.size().empty())
        detail::raise("quoin::min_max: an image of ", p.width(), " x ", p.height(), " has no smallest pixel");
    min_max_result<P> result{make_pixel<P>([](auto) { return detail::top<T>; }),
                             make_pixel<P>([](auto) { return detail::bottom<T>; })};
    detail::fold_blocks<detail::min_max_state<P>>(policy, p, [&](auto const& part) {
        for_each_channel<P>([&](auto c) {
            constexpr int i = decltype(c)::value;
            for (T const v : part.lows[i]) get_channel<i>(result.min) = min(get_channel<i>(result.min), v);
            for (T const v : part.highs[i]) get_channel<i>(result.max) = max(get_channel<i>(result.max), v);
        });
    });
    return result;
}

/// The error messages for a policy that is not the first argument and for `pipeline | min_max`.
template <concepts::readable What, class... More>
auto min_max(What const& what, More const&...) {
    return min_max(detail::missing_policy<What>(), what);
}
template <concepts::readable What>
auto operator|(What const& what, detail::terminal_name<min_max_result<std::uint8_t>>) {
    return detail::ended(what);
}

QUOIN_NAMESPACE_END
