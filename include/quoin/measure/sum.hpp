// SPDX-License-Identifier: BSL-1.0
// sum: the sum of all pixels in each channel.
#pragma once

#include <quoin/measure/detail/row_sums.hpp>
#include <quoin/measure/statistics.hpp>

QUOIN_NAMESPACE_BEGIN

/// The channel type of a sum: i64 for integers, and double for floating point.
template <concepts::channel T>
using sum_t = std::conditional_t<std::floating_point<T>, double, std::int64_t>;

namespace detail {

template <class P>
struct sum_state {
    using T = channel_t<P>;
    static constexpr bool ordered = std::floating_point<T>;
    static constexpr index_t least = 1;

    sum_t<T> sums[channels_v<P>] = {};
    std::conditional_t<ordered, column_sums, sum_t<T>> columns[channels_v<P>] = {};

    explicit sum_state(extent) {}

    template <class Lanes>
    void add(row_part<P> const& part) {
        for (int c = 0; c < channels_v<P>; ++c) {
            T const* const p = part.planes[c];
            if constexpr (ordered)
                columns[c].template add<Lanes>(part.x, part.count, [p](auto lanes, index_t i) QUOIN_LAMBDA_INLINE {
                    return convert<double>(decltype(lanes)::template load_as<T>(p + i));
                });
            else sums[c] += row_sum<Lanes>(p, part.count);
        }
    }
    void join(sum_state& other) {
        for (int c = 0; c < channels_v<P>; ++c) sums[c] = total_of(c) + other.total_of(c);
    }
    /// The sum so far. Partial sums of columns are added once.
    sum_t<T> total_of(int c) {
        if constexpr (ordered) sums[c] += std::exchange(columns[c], {}).sum();
        return sums[c];
    }
};

} // namespace detail

/// The sum of all pixels as a statistic: a pixel of sum_t channels. Integers: exact; the sum must fit an i64. Floating
/// point: added in double, in an order that depends on the extent alone, so the policy does not change the bits. Column
/// x goes to partial sum x mod 64 of its strip of 64 rows. The partial sums are added from the left, and the strips
/// from the top. NaN and infinities: those of the additions. No pixel: 0. Cost: one addition per pixel and channel.
struct pixel_sum_fn : statistic<pixel_sum_fn> {
    template <class P>
    using state = detail::sum_state<P>;
    template <class P>
    auto result(state<P>& s, detail::statistics_of const&) const {
        return make_pixel<P>([&](auto c) { return s.total_of(decltype(c)::value); });
    }
};
inline constexpr pixel_sum_fn pixel_sum{};

/// pixel_sum(policy, what): the sum of all pixels.
template <concepts::policy Policy, class What>
auto sum(Policy const& policy, What const& what) {
    return pixel_sum(policy, what);
}

/// The error message for a policy that is not the first argument.
template <concepts::readable What, class... More>
auto sum(What const& what, More const&...) {
    return sum(detail::missing_policy<What>(), what);
}

QUOIN_NAMESPACE_END
