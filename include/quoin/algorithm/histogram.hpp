// SPDX-License-Identifier: BSL-1.0
// histogram: how often each value occurs.
#pragma once

#include <quoin/algorithm/detail/fold.hpp>

#include <algorithm>
#include <limits>

QUOIN_NAMESPACE_BEGIN

namespace detail {

template <class T>
struct histogram_state {
    static constexpr bool ordered = false;
    static constexpr std::size_t bins = std::size_t{1} << (8 * sizeof(T));
    // Sixteen tables of bytes, so that runs of one value do not wait for each other's increments; one where a table is large.
    static constexpr int tables = sizeof(T) == 1 ? 16 : 1;
    static constexpr index_t most = std::numeric_limits<std::uint32_t>::max();

    std::vector<std::uint32_t> counts = std::vector<std::uint32_t>(bins * tables);
    std::vector<index_t> totals = std::vector<index_t>(bins);
    index_t counted = 0; // since the counts were last added to the totals, before any can overflow

    static constexpr std::size_t bin(T v) {
        return static_cast<std::size_t>(static_cast<index_t>(v) - static_cast<index_t>(std::numeric_limits<T>::min()));
    }
    template <class Lanes>
    void add(index_t x, lane_pixel<Lanes, T> const& pixels) {
        if (counted > most - Lanes::count) [[unlikely]] sum_up();
        counted += Lanes::count;
        std::uint32_t* const count = counts.data();
        if constexpr (Lanes::count == 1) {
            ++count[bin(pixels) + static_cast<std::size_t>(x % tables) * bins];
        } else {
            auto const count_one = [&](T value, auto i) QUOIN_LAMBDA_INLINE {
                ++count[bin(value) + static_cast<std::size_t>(decltype(i)::value % tables) * bins];
            };
            if constexpr (sizeof(T) == 1) {
                Lanes::template for_each_byte<T>(pixels, count_one);
            } else {
                auto const values = lane_array<Lanes, T>::from(pixels);
                for (int i = 0; i < Lanes::count; ++i) count_one(values.load(i), std::integral_constant<int, 0>{});
            }
        }
    }
    void sum_up() {
        for (std::size_t i = 0; i < counts.size(); ++i) totals[i % bins] += counts[i];
        std::fill(counts.begin(), counts.end(), 0u);
        counted = 0;
    }
};

} // namespace detail

/// counts[v - smallest] is the number of pixels of value v, for gray pixels of 8 or 16 bits (256 or 65,536 counts; for
/// signed types `smallest` is the type's). Evaluates the pipeline once; memory: a few tables for each thread.
template <policy Policy, evaluable What>
std::vector<index_t> histogram(Policy const& policy, What const& what) {
    auto const p = as_pipeline(what);
    using T = typename std::remove_const_t<decltype(p)>::pixel_type;
    constexpr bool countable = gray_pixel<T> && std::integral<channel_t<T>> && sizeof(T) <= 2;
    static_assert(countable,
                  "quoin::histogram: counts need gray pixels of 8 or 16 bits; put gray, channel_of or convert_to before it");
    if constexpr (countable) {
        using state = detail::histogram_state<T>;
        std::vector<index_t> result(state::bins);
        for (state& part : detail::fold_blocks(policy, p, state{})) {
            part.sum_up();
            for (std::size_t i = 0; i < state::bins; ++i) result[i] += part.totals[i];
        }
        return result;
    } else {
        return {}; // after the sentence above, no error of its own
    }
}

QUOIN_NAMESPACE_END
