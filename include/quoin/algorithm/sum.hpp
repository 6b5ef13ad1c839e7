// SPDX-License-Identifier: BSL-1.0
// sum: of all pixels, channel by channel.
#pragma once

#include <quoin/algorithm/detail/fold.hpp>

QUOIN_NAMESPACE_BEGIN

/// The type of a sum: 64-bit integers for integers, double for floating point.
template <channel T>
using sum_t = std::conditional_t<std::floating_point<T>, double, std::int64_t>;

namespace detail {

/// Columns are summed 64 apart, whatever the step, so that every lane width adds floating-point numbers in one order.
template <class P>
struct sum_state {
    using S = sum_t<channel_t<P>>;
    static constexpr bool ordered = std::floating_point<S>;
    S sums[channels_v<P>][64] = {};

    template <class Lanes>
    QUOIN_INLINE void add(index_t x, lane_pixel<Lanes, P> const& pixels) {
        for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
            S* const s = sums[decltype(c)::value] + x % 64;
            Lanes::store(s, Lanes::template load_as<S>(s) + convert<S>(get_channel<decltype(c)::value>(pixels)));
        });
    }
};

} // namespace detail

/// The sum of all pixels as a pixel of sum_t channels. Integers: exact while it fits 64 bits. Floating point: in double, in
/// an order that depends on the extent alone, so every policy returns the same bits.
template <policy Policy, evaluable What>
auto sum(Policy const& policy, What const& what) {
    auto const p = as_pipeline(what);
    using P = typename std::remove_const_t<decltype(p)>::pixel_type;
    using S = sum_t<channel_t<P>>;
    auto result = make_pixel<P>([](auto) { return S(0); });
    for (auto const& part : detail::fold_blocks(policy, p, detail::sum_state<P>{}))
        for_each_channel<P>([&](auto c) {
            S row{};
            for (S const s : part.sums[decltype(c)::value]) row += s;
            get_channel<decltype(c)::value>(result) += row;
        });
    return result;
}

QUOIN_NAMESPACE_END
