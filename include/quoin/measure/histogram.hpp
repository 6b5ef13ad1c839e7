// SPDX-License-Identifier: BSL-1.0
// histogram: the number of pixels of each value.
#pragma once

#include <quoin/core/detail/unrolled.hpp>
#include <quoin/core/tuning.hpp>
#include <quoin/measure/detail/fold.hpp>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The counts of one thread. Several interleaved tables take turns, so that equal neighbors do not wait for each
/// other's increments. Bytes of many values are counted in pairs, with half the increments, if they are so many that a
/// table of all pairs pays.
template <class T>
struct histogram_state {
    static constexpr bool ordered = false;
    static constexpr std::size_t bins = std::size_t{1} << (8 * sizeof(T));
    static constexpr std::size_t tables = sizeof(T) == 1 ? tuning::histogram_tables_of_bytes : tuning::histogram_tables;
    static constexpr index_t least = static_cast<index_t>(tuning::histogram_pixels_per_entry * tables * bins);
    static constexpr index_t most = std::numeric_limits<std::uint32_t>::max();

    std::vector<std::uint32_t> counts = std::vector<std::uint32_t>(bins * tables);
    std::vector<std::uint32_t> pairs; // the counts of neighbors, at 256 * one + other; empty until it is used
    std::vector<index_t> totals;      // the counts before the last reset
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

    template <class Lanes>
    QUOIN_INLINE void add(index_t x, lane_pixel<Lanes, T> const& pixels) {
        if constexpr (Lanes::count == 1) {
            reserve(1);
            ++count(pixels, static_cast<std::size_t>(x));
        } else {
            auto const step = lane_array<Lanes, T>::from(pixels);
            add_step<Lanes>(step.values[0]);
        }
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
        reserve(Lanes::count);
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

    /// Calls f(part, place) for the Count values at p. They are read as u64 and split into parts of type Part. `place`
    /// is a constant, the index of the part in a pair of u64.
    template <class Part, int Count, class F>
    static QUOIN_INLINE void for_each_part(T const* p, F const& f) {
        constexpr int in_u64 = 8 / sizeof(Part), values = 8 / sizeof(T);
        for (int i = 0; i < Count; i += 2 * values)
            unrolled<2>([&](auto w) QUOIN_LAMBDA_INLINE {
                std::uint64_t word;
                std::memcpy(&word, p + i + decltype(w)::value * values, sizeof word);
                unrolled<in_u64>([&](auto k) QUOIN_LAMBDA_INLINE {
                    constexpr int part = decltype(k)::value;
                    f(static_cast<Part>(word >> (part * 8 * static_cast<int>(sizeof(Part)))),
                      std::integral_constant<int, decltype(w)::value * in_u64 + part>{});
                });
            });
    }

    /// Prepares the counts for `pixels` more pixels. Counts that could overflow are moved to totals.
    QUOIN_INLINE void reserve(index_t pixels) {
        if (counted > most - pixels) [[unlikely]] {
            totals.resize(bins);
            add_to(totals);
            std::fill(counts.begin(), counts.end(), 0u);
            std::fill(pairs.begin(), pairs.end(), 0u);
            counted = 0;
        }
        counted += pixels;
    }
    QUOIN_NOINLINE void add_to(std::vector<index_t>& sums) const {
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

/// counts[v - smallest] is the number of pixels of value v, where `smallest` is the smallest value of the type. Pixels
/// are gray, with integers of 8 or 16 bits, so there are 256 or 65,536 counts. The pipeline is evaluated once. Cost:
/// one increment per pixel. Under the SIMD policies a thread needs one increment per two pixels of 8 bits after its
/// first 2^17 pixels, and fewer for steps of one or two values. Memory: for each thread tables of up to 264 KiB (8
/// bits) or 512 KiB (16 bits), and after 2^32 pixels of a thread 8 more bytes per value.
template <concepts::policy Policy, class What>
std::vector<index_t> histogram(Policy const& policy, What const& what) {
    auto const p = detail::computed_pipeline_of<typename Policy::lanes>(what);
    using T = typename std::remove_const_t<decltype(p)>::pixel_type;
    constexpr bool countable = concepts::gray_pixel<T> && std::integral<channel_t<T>> && sizeof(T) <= 2;
    static_assert(
        countable,
        "quoin::histogram: counts need gray pixels of 8 or 16 bits; put gray, channel_of or convert_to before it");
    if constexpr (countable) {
        using state = detail::histogram_state<T>;
        std::vector<index_t> result(state::bins);
        detail::fold_blocks<state>(policy, p, [&](state const& part) {
            part.add_to(result);
            for (std::size_t i = 0; i < part.totals.size(); ++i) result[i] += part.totals[i];
        });
        return result;
    } else {
        return {}; // one error message is enough
    }
}

/// The error messages for a policy that is not the first argument and for `pipeline | histogram`.
template <concepts::readable What, class... More>
std::vector<index_t> histogram(What const& what, More const&...) {
    return histogram(detail::missing_policy<What>(), what);
}
template <concepts::readable What>
auto operator|(What const& what, detail::terminal_name<std::vector<index_t>>) {
    return detail::ended(what);
}

QUOIN_NAMESPACE_END
