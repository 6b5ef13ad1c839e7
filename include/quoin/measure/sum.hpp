// SPDX-License-Identifier: BSL-1.0
// sum: the sum of all pixels in each channel.
#pragma once

#include <quoin/measure/detail/fold.hpp>

QUOIN_NAMESPACE_BEGIN

/// The channel type of a sum: i64 for integers, and double for floating point.
template <concepts::channel T>
using sum_t = std::conditional_t<std::floating_point<T>, double, std::int64_t>;

namespace detail {

/// Partial sums of columns: column x goes to partial sum x mod `apart`. For floating point `apart` is 64 for every
/// number of lanes, so that the order of additions is always the same. For integers it is larger, so that successive
/// steps do not wait for each other. Bytes are first added in 16 bits, which hold 2^7 of them, and 16-bit values in 32
/// bits, which hold 2^15. Lanes of u8 are first added in groups of eight.
template <class P>
struct sum_state {
    using T = channel_t<P>;
    using S = sum_t<T>;
    static constexpr bool ordered = std::floating_point<S>;
    static constexpr index_t least = 1;
    static constexpr bool small = std::integral<T> && sizeof(T) <= 2;
    using A = std::conditional_t<small, std::conditional_t<sizeof(T) == 1, std::int16_t, std::int32_t>, S>;
    static constexpr int flush_after = sizeof(T) == 1 ? 1 << 7 : 1 << 15;

    static constexpr index_t apart = ordered ? 64 : 256;

    S sums[channels_v<P>] = {};
    alignas(64) A columns[channels_v<P>][apart] = {}; // a load across two cache lines waits for earlier stores
    alignas(64) std::uint64_t eights[channels_v<P>][apart / 8] = {};
    int added = 0;

    template <class Lanes>
    QUOIN_INLINE void add(index_t x, lane_pixel<Lanes, P> const& pixels) {
        if constexpr (std::same_as<T, std::uint8_t> && Lanes::count > 1) {
            for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
                auto const found = sums_of_eight(get_channel<decltype(c)::value>(pixels));
                std::uint64_t* const a = eights[decltype(c)::value] + x % apart / 8;
                (found.load(a) + found).store(a);
            });
        } else {
            for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
                A* const a = columns[decltype(c)::value] + x % apart;
                Lanes::store(
                    a, convert<A>(Lanes::template load_as<A>(a) + convert<A>(get_channel<decltype(c)::value>(pixels))));
            });
            if constexpr (small)
                if (++added == flush_after) flush();
        }
    }

    QUOIN_NOINLINE void flush() {
        for (int c = 0; c < channels_v<P>; ++c) {
            for (A& a : columns[c]) sums[c] += std::exchange(a, A(0));
            for (std::uint64_t& a : eights[c]) sums[c] += static_cast<S>(std::exchange(a, 0u));
        }
        added = 0;
    }
};

} // namespace detail

/// The sum of all pixels, as a pixel of sum_t channels. The pipeline is evaluated once. Integers: exact; the sum must
/// fit an i64. Floating point: added in double, in an order that depends on the extent alone, so the policy does not
/// change the bits. Column x goes to partial sum x mod 64 of its strip of 64 rows. The partial sums are added from the
/// left, and the strips from the top. Cost: one addition per pixel and channel.
template <concepts::policy Policy, class What>
auto sum(Policy const& policy, What const& what) {
    auto const p = detail::computed_pipeline_of<typename Policy::lanes>(what);
    using P = typename std::remove_const_t<decltype(p)>::pixel_type;
    using S = sum_t<channel_t<P>>;
    auto result = make_pixel<P>([](auto) { return S(0); });
    detail::fold_blocks<detail::sum_state<P>>(policy, p, [&](auto& part) {
        part.flush();
        for_each_channel<P>([&](auto c) { get_channel<decltype(c)::value>(result) += part.sums[decltype(c)::value]; });
    });
    return result;
}

/// The error message for a policy that is not the first argument.
template <concepts::readable What, class... More>
auto sum(What const& what, More const&...) {
    return sum(detail::missing_policy<What>(), what);
}

QUOIN_NAMESPACE_END
