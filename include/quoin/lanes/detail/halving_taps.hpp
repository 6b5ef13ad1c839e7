// SPDX-License-Identifier: BSL-1.0
// The results of a tap_table whose inputs begin two apart and have the same weights: what halves an image.
#pragma once

#include <quoin/core/tap_table.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Result i of `results` is the sum of weights[k] * input[2 i + from + k]. Numbers of floating point are summed in
/// order, and k is below `used`.
template <class Number>
struct halving_sums {
    static constexpr int most_pairs = 4, most_taps = 2 * most_pairs;

    interval results{};
    index_t from = 0;
    int used = 0;
    Number weights[most_taps]{};

    halving_sums() = default;
    /// The results in the middle of `columns`. There are none if the weights have the sum 0 or are more than most_taps.
    template <class Weight>
    halving_sums(tap_table<Weight> const& table, interval columns) {
        if (table.count > most_taps) return;
        auto const value = [&](index_t i, int k) {
            return k < table.used[i] ? number(table.weights_of(i)[k]) : Number(0);
        };
        index_t const middle = (columns.begin + columns.end) / 2;
        bool any = false;
        for (int k = 0; k < table.count; ++k) any |= (weights[k] = value(middle, k)) != Number(0);
        if (!any) return;
        used = table.used[middle];
        from = table.first[middle] - 2 * middle;
        auto const bytes = static_cast<std::size_t>(table.count) * sizeof(Weight);
        auto const fits = [&](index_t i) {
            bool same = table.first[i] == 2 * i + from;
            if constexpr (std::floating_point<Number>) same = same && table.used[i] == used;
            return same && std::memcmp(table.weights_of(i), table.weights_of(middle), bytes) == 0;
        };
        results = {middle, middle};
        while (results.begin > columns.begin && fits(results.begin - 1)) --results.begin;
        while (results.end < columns.end && fits(results.end)) ++results.end;
    }

private:
    static std::int32_t number(std::int16_t w) { return w; }
    static std::int32_t number(split_weight const& w) { return w.value(); }
    template <std::floating_point Weight>
    static Weight number(Weight w) {
        return w;
    }
};
using halving_taps = halving_sums<std::int32_t>;

} // namespace detail

QUOIN_NAMESPACE_END
