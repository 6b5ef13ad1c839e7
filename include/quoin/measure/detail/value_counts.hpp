// SPDX-License-Identifier: BSL-1.0
// The counts of the values of one channel.
#pragma once

#include <quoin/core/tuning.hpp>
#include <quoin/measure/detail/reading.hpp>
#include <quoin/measure/detail/word_parts.hpp>

#include <algorithm>
#include <limits>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The counts of one thread. Several interleaved tables take turns, so that equal neighbors do not wait for each
/// other's increments. Bytes of many values are counted in pairs, with half the increments, if they are so many that a
/// table of all pairs pays.
template <class T>
struct value_counts {
    static constexpr std::size_t bins = std::size_t{1} << (8 * sizeof(T));
    static constexpr std::size_t tables = sizeof(T) == 1 ? tuning::histogram_tables_of_bytes : tuning::histogram_tables;
    static constexpr index_t least = static_cast<index_t>(tuning::histogram_pixels_per_entry * tables * bins);
    static constexpr index_t most = std::numeric_limits<std::uint32_t>::max();

    std::vector<std::uint32_t> counts = std::vector<std::uint32_t>(bins * tables);
    std::vector<std::uint32_t> pairs; // the counts of neighbors, at 256 * one + other; empty until it is used
    std::vector<index_t> totals;      // the counts before the last reset, and those of joined tables
    index_t counted = 0;              // the pixels counted since then
    int failures = 0;                 // consecutive tested steps of more than two values
    int untested = 0;                 // the number of next steps that are not tested

    static QUOIN_INLINE std::size_t bin_of(T value) {
        return static_cast<std::size_t>(static_cast<index_t>(value) -
                                        static_cast<index_t>(std::numeric_limits<T>::min()));
    }
    QUOIN_INLINE std::uint32_t& count(T value, std::size_t table) {
        return counts[bin_of(value) * tables + table % tables];
    }

    /// Counts the values of a part that begins in column x.
    template <class Lanes>
    QUOIN_NOINLINE void add(T const* p, index_t x, index_t values) {
        reserve(values);
        for_each_step<Lanes>(values, [&](auto lanes, index_t i) QUOIN_LAMBDA_INLINE {
            using family = decltype(lanes);
            if constexpr (family::count > 1) add_in_place<family>(p + i);
            else ++count(p[i], static_cast<std::size_t>(x + i));
        });
    }
    /// Adds what another table has.
    void join(value_counts const& other) {
        totals.resize(bins);
        other.add_to(totals);
    }
    /// Calls f for what another process needs to join this.
    template <class F>
    void for_each_field(F const& f) {
        move_counts();
        f(totals);
    }

    /// Counts the step at address p.
    template <class Lanes>
        requires(Lanes::count > 1)
    QUOIN_INLINE void add_in_place(T const* p) {
        // Large tables displace the pixels that the processor prefetches itself.
        if constexpr (sizeof(T) > 1) {
            auto const ahead = reinterpret_cast<std::uintptr_t>(p) + tuning::histogram_prefetch;
            for (std::uintptr_t i = 0; i < Lanes::count * sizeof(T); i += 64)
                __builtin_prefetch(reinterpret_cast<void const*>(ahead + i));
        }
        add_step<Lanes>(p);
    }

    /// A step of one or two values is counted as a whole. Most steps of masks and flat images are such steps. After
    /// consecutive steps with more values, an increasing number of steps is not tested, up to 512 pixels. Steps that
    /// are not tested are not loaded as lanes: a compiler would spill them, and those stores compete with the
    /// increments, because a processor completes one store per cycle.
    template <class Lanes>
    QUOIN_INLINE void add_step(T const* p) {
        constexpr int most_failures = 512 / Lanes::count - 1;
        if (untested > 0) --untested;
        else {
            auto const pixels = Lanes::template load_pixels<T>(p);
            constexpr std::uint64_t all = ~std::uint64_t{0} >> (64 - Lanes::count);
            auto const equal = [&](T value)
                                   QUOIN_LAMBDA_INLINE { return (pixels == lane_pixel<Lanes, T>(value)).bits(); };
            std::uint64_t const first = equal(p[0]);
            if (first == all) {
                failures = 0;
                count(p[0], 0) += static_cast<std::uint32_t>(Lanes::count);
                return;
            }
            T const other = p[std::countr_one(first)];
            if ((first | equal(other)) == all) {
                failures = 0;
                auto const firsts = static_cast<std::uint32_t>(std::popcount(first));
                count(p[0], 0) += firsts;
                count(other, 1) += static_cast<std::uint32_t>(Lanes::count) - firsts;
                return;
            }
            untested = failures;
            failures = min(failures + 1, most_failures);
        }
        if constexpr (sizeof(T) == 1)
            if (failures == most_failures && counted > tuning::histogram_before_pairs)
                return add_pairs<Lanes::count>(p);
        for_each_part<T, Lanes::count>(p, [&](T value, auto place) QUOIN_LAMBDA_INLINE {
            ++count(value, static_cast<std::size_t>(decltype(place)::value));
        });
    }

    /// Counts Count bytes in pairs.
    template <int Count>
    QUOIN_INLINE void add_pairs(T const* p) {
        if (pairs.empty()) [[unlikely]]
            pairs.resize(bins * bins);
        std::uint32_t* const table = pairs.data();
        for_each_part<std::uint16_t, Count>(p, [&](std::uint16_t pair, auto) QUOIN_LAMBDA_INLINE { ++table[pair]; });
    }

    /// Calls f(part, place) for the Count values at p. `place` is a constant, the index of the part in a pair of u64.
    template <class Part, int Count, class F>
    static QUOIN_INLINE void for_each_part(T const* p, F const& f) {
        constexpr int values = 16 / sizeof(T);
        for (int i = 0; i < Count; i += values) for_each_word_part<Part, 2>(p + i, f);
    }

    /// Prepares the counts for `pixels` more pixels. Counts that could overflow are moved to totals.
    QUOIN_INLINE void reserve(index_t pixels) {
        if (counted > most - pixels) [[unlikely]]
            move_counts();
        counted += pixels;
    }
    QUOIN_NOINLINE void move_counts() {
        auto sums = std::vector<index_t>(bins);
        add_to(sums);
        totals = std::move(sums);
        std::fill(counts.begin(), counts.end(), 0u);
        std::fill(pairs.begin(), pairs.end(), 0u);
        counted = 0;
    }
    /// Adds all counts to `sums`.
    QUOIN_NOINLINE void add_to(std::vector<index_t>& sums) const {
        for (std::size_t i = 0; i < totals.size(); ++i) sums[i] += totals[i];
        for (std::size_t i = 0; i < bins; ++i) {
            std::uint32_t sum = 0; // at most `counted`
            for (std::size_t k = 0; k < tables; ++k) sum += counts[i * tables + k];
            sums[i] += sum;
        }
        if (pairs.empty()) return;
        std::uint32_t others[256] = {};
        for (std::size_t one = 0; one < 256; ++one) {
            std::uint32_t sum = 0;
            for (std::size_t other = 0; other < 256; ++other) {
                std::uint32_t const n = pairs[256 * one + other];
                sum += n;
                others[other] += n;
            }
            sums[bin_of(static_cast<T>(one))] += sum;
        }
        for (std::size_t other = 0; other < 256; ++other) sums[bin_of(static_cast<T>(other))] += others[other];
    }
};

} // namespace detail

QUOIN_NAMESPACE_END
