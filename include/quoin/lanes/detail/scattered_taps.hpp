// SPDX-License-Identifier: BSL-1.0
// The sums of a tap_table with weights of floating point, for results whose inputs begin anywhere in a line.
#pragma once

#include <quoin/lanes/convert.hpp>
#include <quoin/lanes/scalar_lanes.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>
#include <limits>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Whether scattered_taps has such values.
template <class T, class Weight>
inline constexpr bool scatters = std::endian::native == std::endian::little && xsimd::batch<Weight>::size <= 8 &&
                                 (sizeof(T) == 2 || sizeof(T) == 4 || std::same_as<T, double>);

/// A register of results at a time. One load of eight bytes has the next inputs of a result, as many as fit. Shuffles
/// bring the same input of all results into a register, so each sum is made in the order of the input.
///
/// Results have different numbers of inputs. Behind its last one, a result has a weight that stands for none: 0 for
/// integers, whose products do not count then. A product of any floating-point value with 0 might, so the weight is NaN
/// there and the product is replaced by -0, which changes no sum.
template <class T, class Weight>
class scattered_taps {
    static constexpr int size = static_cast<int>(xsimd::batch<Weight>::size);
    static constexpr int together = static_cast<int>(8 / sizeof(T)); // inputs of a load
    using sum = batch_vector<Weight>;
    static constexpr bool replaces = std::floating_point<T>;
    static constexpr Weight none = replaces ? std::numeric_limits<Weight>::quiet_NaN() : Weight(0);

    /// The inputs of a register of results, before their weights.
    struct heading {
        std::int32_t first[size];
        std::int32_t most;  // inputs of a result
        std::int32_t least; // that all results have
    };
    static constexpr index_t heading_bytes = (sizeof(heading) + 63) / 64 * 64;

public:
    scattered_taps() = default;
    explicit scattered_taps(tap_table<Weight> const& table)
        : block_(heading_bytes + (padded(table.count) * static_cast<index_t>(sizeof(sum)) + 63) / 64 * 64),
          count_(table.count) {}

    index_t slack() const { return padded(count_); }
    index_t bytes(interval columns) const { return blocks(columns) * block_; }

    void arrange(tap_table<Weight> const& table, interval columns, std::byte* memory) {
        begin_ = columns.begin;
        memory_ = memory;
        for (index_t b = 0, x = begin_; b < blocks(columns); ++b, x += size, memory += block_) {
            auto* const head = reinterpret_cast<heading*>(memory);
            auto* const weights = reinterpret_cast<Weight*>(memory + heading_bytes);
            head->most = 0;
            head->least = count_;
            for (int i = 0; i < size; ++i) {
                index_t const at = std::min(x + i, columns.end - 1);
                int const used = table.used[at];
                head->first[i] = static_cast<std::int32_t>(table.first[at]);
                head->most = std::max(head->most, used);
                head->least = std::min(head->least, used);
                for (int k = 0; k < padded(count_); ++k)
                    weights[k * size + i] = k < used ? table.weights_of(at)[k] : none;
            }
        }
    }

    template <int N>
    QUOIN_ALWAYS_INLINE lanes<Weight, N> sums(T const* line, index_t x) const {
        std::byte const* const block = memory_ + (x - begin_) / size * block_;
        // The most frequent numbers of inputs have loops of their own.
        switch (count_) {
        case 1:
        case 2:
            return few_sums<N, 2>(line, block);
        case 3:
        case 4:
            return few_sums<N, 4>(line, block);
        default:
            return many_sums<N>(line, block);
        }
    }

private:
    static constexpr index_t padded(int count) { return (count + 3) / 4 * 4; }
    /// The blocks of whole steps, of at most 64 pixels.
    static index_t blocks(interval columns) { return (columns.end - columns.begin + 63) / 64 * 64 / size; }

    using words = vector_t<std::int32_t, size>;
    struct halves {
        words low, high; // of 64 bits each
    };
    static QUOIN_ALWAYS_INLINE halves load(T const* line, std::int32_t const* first) {
        auto const word = [=](int i) QUOIN_LAMBDA_INLINE {
            std::int64_t w;
            std::memcpy(&w, line + first[i], sizeof w);
            return w;
        };
        using two = vector_t<std::int64_t, 2>;
        using ints = vector_t<std::int32_t, 4>;
        auto const pair = [&](int i) QUOIN_LAMBDA_INLINE { return (ints)(two{word(i), word(i + 1)}); };
        if constexpr (size == 2) {
            ints const a = pair(0);
            return {__builtin_shufflevector(a, a, 0, 2), __builtin_shufflevector(a, a, 1, 3)};
        } else if constexpr (size == 4) {
            ints const a = pair(0), b = pair(2);
            return {__builtin_shufflevector(a, b, 0, 2, 4, 6), __builtin_shufflevector(a, b, 1, 3, 5, 7)};
        } else {
            using four = vector_t<std::int64_t, 4>;
            words const a = (words)(four{word(0), word(1), word(4), word(5)});
            words const b = (words)(four{word(2), word(3), word(6), word(7)});
            return {__builtin_shufflevector(a, b, 0, 2, 8, 10, 4, 6, 12, 14),
                    __builtin_shufflevector(a, b, 1, 3, 9, 11, 5, 7, 13, 15)};
        }
    }

    /// Inputs of all results, from p + first[i] on.
    struct inputs {
        sum of[together];
    };
    static QUOIN_ALWAYS_INLINE inputs next(T const* p, std::int32_t const* first) {
        if constexpr (together == 1) {
            return [&]<int... I>(std::integer_sequence<int, I...>) QUOIN_LAMBDA_INLINE {
                return inputs{{sum{static_cast<Weight>(p[first[I]])...}}};
            }(std::make_integer_sequence<int, size>{});
        } else {
            halves const v = load(p, first);
            if constexpr (std::same_as<T, std::uint16_t>)
                return {{number(v.low & 65535), number((v.low >> 16) & 65535), number(v.high & 65535),
                         number((v.high >> 16) & 65535)}};
            else if constexpr (std::same_as<T, std::int16_t>)
                return {{number((v.low << 16) >> 16), number(v.low >> 16), number((v.high << 16) >> 16),
                         number(v.high >> 16)}};
            else return {{number<T>((vector_t<T, size>)(v.low)), number<T>((vector_t<T, size>)(v.high))}};
        }
    }
    /// The conversions of the backend are those of whole registers.
    template <class V = std::int32_t>
    static QUOIN_ALWAYS_INLINE sum number(vector_t<V, size> v) {
        if constexpr (xsimd::batch<V>::size == size) {
            return to_vector(convert_register<Weight>(to_batch<V>(v)));
        } else {
            return [&]<int... I>(std::integer_sequence<int, I...>) QUOIN_LAMBDA_INLINE {
                return to_vector(
                    widen_part<Weight, 0>(to_batch<V>(__builtin_shufflevector(v, v, I..., (I - I - 1)...))));
            }(std::make_integer_sequence<int, size>{});
        }
    }

    /// Adds the products of inputs k, k + 1, ...
    template <int Count>
    static QUOIN_ALWAYS_INLINE void add(sum& total, inputs const& values, Weight const* weights, int k, int least) {
        unrolled<Count>([&](auto j) QUOIN_LAMBDA_INLINE {
            constexpr int i = decltype(j)::value;
            sum weight;
            std::memcpy(&weight, weights + (k + i) * size, sizeof weight);
            sum product = values.of[i] * weight;
            if (replaces && k + i >= least) {
                auto const w = to_batch<Weight>(weight);
                product = to_vector(xsimd::batch<Weight>(
                    xsimd::select(w == w, to_batch<Weight>(product), xsimd::batch<Weight>(Weight(-0.0)))));
            }
            total = k + i == 0 ? product : total + product;
        });
    }

    template <int N, int Count>
    QUOIN_ALWAYS_INLINE lanes<Weight, N> few_sums(T const* line, std::byte const* block) const {
        return lanes<Weight, N>::make([&](auto i) QUOIN_LAMBDA_INLINE {
            std::byte const* const own = block + decltype(i)::value * block_;
            auto const* const head = reinterpret_cast<heading const*>(own);
            auto const* const weights = reinterpret_cast<Weight const*>(own + heading_bytes);
            sum total;
            constexpr int each = together < Count ? together : Count;
            unrolled<Count / each>([&](auto group) QUOIN_LAMBDA_INLINE {
                constexpr int k = decltype(group)::value * each;
                add<each>(total, next(line + k, head->first), weights, k, head->least);
            });
            return to_batch<Weight>(total);
        });
    }

    template <int N>
    QUOIN_NOINLINE lanes<Weight, N> many_sums(T const* line, std::byte const* block) const {
        lanes<Weight, N> result;
        for (int i = 0; i < lanes<Weight, N>::registers; ++i, block += block_) {
            auto const* const head = reinterpret_cast<heading const*>(block);
            auto const* const weights = reinterpret_cast<Weight const*>(block + heading_bytes);
            sum total;
            add<together>(total, next(line, head->first), weights, 0, head->least);
            for (int k = together; k < head->most; k += together)
                add<together>(total, next(line + k, head->first), weights, k, head->least);
            result.reg[i] = to_batch<Weight>(total);
        }
        return result;
    }

    index_t block_ = 0; // bytes
    int count_ = 1;
    index_t begin_ = 0;
    std::byte const* memory_ = nullptr;
};

} // namespace detail

QUOIN_NAMESPACE_END
