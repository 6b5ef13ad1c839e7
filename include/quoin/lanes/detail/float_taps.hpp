// SPDX-License-Identifier: BSL-1.0
// The sums of a tap_table with weights of floating point along a line, for any instruction set.
#pragma once

#include <quoin/lanes/convert.hpp>
#include <quoin/lanes/detail/halving_taps.hpp>
#include <quoin/lanes/detail/scattered_taps.hpp>

#include <bit>
#include <cstring>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The sums of N results from x on, one by one. From `end` on they are the last one before it.
template <int N, class T, class Weight>
QUOIN_ALWAYS_INLINE lanes<sum_of<Weight>, N> single_sums(tap_table<Weight> const& table, T const* line, index_t x,
                                                         index_t end) {
    alignas(N) sum_of<Weight> values[N];
    for (int i = 0; i < N; ++i) {
        index_t const at = x + i < end ? x + i : end - 1;
        values[i] = tap_sum(line + table.first[at], table.weights_of(at), table.used[at]);
    }
    return lanes<sum_of<Weight>, N>::load(values);
}

/// One by one, for values that scattered_taps does not have.
template <class T, class Weight>
class single_taps {
public:
    single_taps() = default;
    explicit single_taps(tap_table<Weight> const& table) : table_(table) {}
    static constexpr index_t slack() { return 0; }
    static constexpr index_t bytes(interval) { return 0; }
    void arrange(tap_table<Weight> const&, interval columns, std::byte*) { end_ = columns.end; }
    template <int N>
    QUOIN_ALWAYS_INLINE lanes<sum_of<Weight>, N> sums(T const* line, index_t x) const {
        return single_sums<N>(table_, line, x, end_);
    }

private:
    tap_table<Weight> table_;
    index_t end_ = 0;
};

/// Results that halve a line are computed together, each in the order of the input. The others are those of
/// scattered_taps.
template <class T, class Weight>
class float_taps {
    static constexpr int size = static_cast<int>(xsimd::batch<Weight>::size);
    using sum = batch_vector<Weight>;
    using others = std::conditional_t<scatters<T, Weight>, scattered_taps<T, Weight>, single_taps<T, Weight>>;

public:
    float_taps() = default;
    explicit float_taps(tap_table<Weight> const& table) : others_(table) {}
    index_t slack() const { return 1 + others_.slack(); } // 1 of a last pair
    index_t bytes(interval columns) const { return others_.bytes(columns); }
    void arrange(tap_table<Weight> const& table, interval columns, std::byte* memory) {
        halving_ = halving_sums<Weight>(table, columns);
        others_.arrange(table, columns, memory);
    }

    template <int N>
    QUOIN_ALWAYS_INLINE lanes<Weight, N> sums(T const* line, index_t x) const {
        if (x >= halving_.results.begin && x + N <= halving_.results.end) {
            T const* const first = line + 2 * x + halving_.from;
            switch (halving_.used) { // the most common numbers: of means, and of pyramids
            case 2:
                return halved<N, 2>(first);
            case 5:
                return halved<N, 5>(first);
            default:
                return halved<N, 0>(first);
            }
        }
        return others_.template sums<N>(line, x);
    }

    struct pair {
        sum even, odd;
    };
    /// p[0], p[2], ... and p[1], p[3], ...
    static QUOIN_ALWAYS_INLINE pair load(T const* p) {
        if constexpr (std::same_as<T, std::uint16_t> && std::endian::native == std::endian::little) {
            vector_t<std::int32_t, size> both; // one mask and one shift for two values
            std::memcpy(&both, p, sizeof(both));
            return {__builtin_convertvector(both & 65535, sum), __builtin_convertvector((both >> 16) & 65535, sum)};
        } else {
            vector_t<T, 2 * size> both;
            std::memcpy(&both, p, sizeof(both));
            return [&]<int... I>(std::integer_sequence<int, I...>) QUOIN_LAMBDA_INLINE {
                if constexpr (sizeof(both) == sizeof(batch_vector<T>)) {
                    auto const apart = to_batch<T>(__builtin_shufflevector(both, both, (2 * I)..., (2 * I + 1)...));
                    return pair{to_vector(widen_part<Weight, 0>(apart)), to_vector(widen_part<Weight, 1>(apart))};
                } else {
                    return pair{__builtin_convertvector(__builtin_shufflevector(both, both, (2 * I)...), sum),
                                __builtin_convertvector(__builtin_shufflevector(both, both, (2 * I + 1)...), sum)};
                }
            }(std::make_integer_sequence<int, size>{});
        }
    }

private:
    /// The sums of `Used` inputs, or of halving_.used if that is 0.
    template <int N, int Used>
    QUOIN_ALWAYS_INLINE lanes<Weight, N> halved(T const* first) const {
        int const used = Used > 0 ? Used : halving_.used;
        return lanes<Weight, N>::make([&](auto i) QUOIN_LAMBDA_INLINE {
            T const* const p = first + 2 * size * decltype(i)::value;
            pair const start = load(p);
            sum total = start.even * halving_.weights[0];
            if (used > 1) total = total + start.odd * halving_.weights[1];
            for (int k = 2; k < used; k += 2) {
                pair const next = load(p + k);
                total = total + next.even * halving_.weights[k];
                if (k + 1 < used) total = total + next.odd * halving_.weights[k + 1];
            }
            return to_batch<Weight>(total);
        });
    }

    others others_;
    halving_sums<Weight> halving_;
};

} // namespace detail

QUOIN_NAMESPACE_END
