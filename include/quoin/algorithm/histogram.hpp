// SPDX-License-Identifier: BSL-1.0
// histogram: how often each value occurs.
#pragma once

#include <quoin/algorithm/detail/fold.hpp>

#include <limits>

QUOIN_NAMESPACE_BEGIN

namespace detail {

template <class T>
struct histogram_state {
    static constexpr bool ordered = false;
    static constexpr std::size_t bins = std::size_t{1} << (8 * sizeof(T));
    // Four tables, so that runs of one value do not wait for each other's increments; one where a table is large.
    static constexpr int tables = sizeof(T) == 1 ? 4 : 1;
    std::vector<index_t> counts = std::vector<index_t>(bins * tables);

    static constexpr std::size_t bin(T v) {
        return static_cast<std::size_t>(static_cast<index_t>(v) - static_cast<index_t>(std::numeric_limits<T>::min()));
    }
    template <class Lanes>
    void add(index_t, lane_pixel<Lanes, T> const& pixels) {
        auto const values = lane_array<Lanes, T>::from(pixels);
        index_t* const count = counts.data();
        constexpr int together = Lanes::count == 1 ? 1 : tables;
        for (int i = 0; i < Lanes::count; i += together)
            for (int t = 0; t < together; ++t) ++count[bin(values.load(i + t)) + static_cast<std::size_t>(t) * bins];
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
        for (state const& part : detail::fold_blocks(policy, p, state{}))
            for (std::size_t i = 0; i < part.counts.size(); ++i) result[i % state::bins] += part.counts[i];
        return result;
    } else {
        return {}; // after the sentence above, no error of its own
    }
}

QUOIN_NAMESPACE_END
