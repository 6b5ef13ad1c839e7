// SPDX-License-Identifier: BSL-1.0
// The sums of a tap_table along a line of bytes, by shuffles of windows of 16 bytes (AVX2, AVX-512).
#pragma once

#include <quoin/core/detail/unrolled.hpp>
#include <quoin/core/tap_table.hpp>
#include <quoin/lanes/detail/halving_taps.hpp>
#include <quoin/lanes/detail/portable.hpp>
#include <quoin/lanes/lanes.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Each 128-bit part of a register holds four sums of 32 bits. There are three ways.
///
/// Pairs in place, where the inputs of neighbors begin two apart and have the same weights, small multiples of a power
/// of two: what halves an image. One instruction multiplies and adds the pairs of neighbors of a whole register.
///
/// Shared windows, for results whose inputs are near: four results share a window, which begins at the first input of
/// the first one. A shuffle moves two inputs of each result to its 32 bits, where one instruction multiplies both by
/// their weights and adds the products. `group_` taps of all four lie in a window; the next group of taps has the next
/// window.
///
/// Own windows, for many taps: each part has the window of one result. Both halves of it are multiplied by eight
/// weights each, and the four sums of a part are added at the end.
template <class Weight>
class tap_windows {
    static constexpr int size = static_cast<int>(sizeof(xsimd::batch<std::int32_t>)), parts = size / 16,
                         results = 4 * parts;
    static constexpr int window = 16, halves = std::same_as<Weight, split_weight> ? 2 : 1;
    static constexpr int own_taps = 16;

public:
    tap_windows() = default;
    explicit tap_windows(tap_table<Weight> const& table) : count_(table.count) {
        // Four results that share a window can begin anywhere, since a block of columns can.
        index_t span = 0;
        for (index_t i = 0; i < table.size; ++i)
            span = std::max(span, table.first[std::min(i + 3, table.size - 1)] - table.first[i]);
        int const fitting = span < window ? static_cast<int>(window - span) / 2 * 2 : 0;
        // With two taps a window, shared ones cost less than a single own window of so many.
        shared_ = fitting >= 4 || fitting >= count_ || (fitting == 2 && count_ <= own_taps);
        groups_ = (count_ + (shared_ ? fitting : own_taps) - 1) / (shared_ ? fitting : own_taps);
        group_ = (count_ + groups_ - 1) / groups_;
        group_ += group_ % 2;
        index_ = (shared_ ? 1 : 4) * size;
        weights_ = index_ + (shared_ ? group_ / 2 * size : 0);
        block_ = weights_ + (shared_ ? groups_ * group_ / 2 : groups_ * 8) * halves * size;
    }

    index_t slack() const { return count_ + 2 * window; }
    index_t bytes(interval columns) const { return blocks(columns) * block_; }

    void arrange(tap_table<Weight> const& table, interval columns, std::byte* memory) {
        begin_ = columns.begin;
        memory_ = memory;
        auto const at = [&](index_t i) { return std::min(i, columns.end - 1); };
        auto const weight = [&](index_t i, int k) { return k < table.count ? table.weights_of(at(i))[k] : Weight{}; };
        for (index_t b = 0, x = begin_; b < blocks(columns); ++b, x += results, memory += block_) {
            auto* const offsets = reinterpret_cast<std::int32_t*>(memory);
            auto* const index = reinterpret_cast<std::uint8_t*>(memory + index_);
            auto* const weights = reinterpret_cast<std::int16_t*>(memory + weights_);
            if (shared_) {
                for (int p = 0; p < parts; ++p) offsets[p] = static_cast<std::int32_t>(table.first[at(x + 4 * p)]);
                for (int pair = 0; pair < group_ / 2; ++pair)
                    for (int i = 0; i < results; ++i) {
                        auto const from = table.first[at(x + i)] - table.first[at(x + i / 4 * 4)] + 2 * pair;
                        std::uint8_t* const to = index + pair * size + 4 * i;
                        to[0] = static_cast<std::uint8_t>(from);
                        to[2] = static_cast<std::uint8_t>(from + 1);
                        to[1] = to[3] = 0x80;
                    }
                for (int pair = 0; pair < groups_ * group_ / 2; ++pair)
                    for (int i = 0; i < 2 * results; ++i)
                        put(weights + pair * halves * size / 2, i, weight(x + i / 2, 2 * pair + i % 2));
            } else {
                for (int r = 0; r < 4; ++r)
                    for (int p = 0; p < parts; ++p)
                        offsets[r * parts + p] = static_cast<std::int32_t>(table.first[at(x + 4 * p + r)]);
                for (int g = 0; g < groups_; ++g)
                    for (int r = 0; r < 4; ++r)
                        for (int part = 0; part < 2; ++part)
                            for (int i = 0; i < size / 2; ++i)
                                put(weights + ((g * 4 + r) * 2 + part) * halves * size / 2, i,
                                    weight(x + i / 8 * 4 + r, g * own_taps + part * 8 + i % 8));
            }
        }
        find_pairs(table, columns);
    }

    template <int N>
    QUOIN_ALWAYS_INLINE lanes<std::int32_t, N> sums(std::uint8_t const* line, index_t x) const {
        std::byte const* const first = memory_ + (x - begin_) / results * block_;
        auto const all = [&](auto const& one) QUOIN_LAMBDA_INLINE {
            return lanes<std::int32_t, N>::make(
                [&](auto i) QUOIN_LAMBDA_INLINE { return one(first + decltype(i)::value * block_); });
        };
        if (x >= pairs_.begin && x + N <= pairs_.end) return sums_in_place<N>(line + 2 * x);
        // The most frequent numbers of taps have loops of their own, which the compiler unrolls.
        if (shared_ && group_ == 2 && groups_ > 1) return pair_sums<N>(line, first);
        switch (shared_ && groups_ == 1 ? group_ : 0) {
        case 2:
            return all([&](std::byte const* block) QUOIN_LAMBDA_INLINE { return few_sums<1>(line, block); });
        case 4:
            return all([&](std::byte const* block) QUOIN_LAMBDA_INLINE { return few_sums<2>(line, block); });
        case 6:
            return all([&](std::byte const* block) QUOIN_LAMBDA_INLINE { return few_sums<3>(line, block); });
        default:
            return many_sums<N>(line, first);
        }
    }

private:
    using sum = xsimd::batch<std::int32_t>;
    using reg = typename isa::reg;
    /// Finds the results among these whose pairs can be multiplied in place.
    void find_pairs(tap_table<Weight> const& table, interval columns) {
        halving_taps const halving(table, columns);
        pairs_ = {};
        std::int32_t any = 0;
        for (std::int32_t w : halving.weights) any |= w;
        if (any == 0) return;
        shift_ = std::countr_zero(static_cast<std::uint32_t>(any));
        int total = 0; // so that sums fit 16 bits
        for (int k = 0; k < halving_taps::most_taps; ++k) {
            std::int32_t const w = halving.weights[k] >> shift_;
            total += w < -128 || w > 127 ? 129 : w < 0 ? -w : w;
            pair_weights_[k] = static_cast<std::int8_t>(w);
        }
        if (total > 128) return;
        from_ = halving.from;
        pairs_ = halving.results;
    }
    template <int N>
    QUOIN_NOINLINE lanes<std::int32_t, N> sums_in_place(std::uint8_t const* line) const {
        constexpr int registers = N / results / 2; // of sums of 16 bits
        reg all[registers];
        for (int k = 0; k < count_; k += 2) {
            std::int16_t pair;
            std::memcpy(&pair, pair_weights_ + k, sizeof pair);
            reg const weights = xsimd::batch<std::int16_t>(pair);
            unrolled<registers>([&](auto i) QUOIN_LAMBDA_INLINE {
                reg const products = isa::madd8(
                    xsimd::batch<std::uint8_t>::load_unaligned(line + from_ + k + decltype(i)::value * size), weights);
                all[i] =
                    k == 0 ? products : reg(xsimd::batch<std::int16_t>(all[i]) + xsimd::batch<std::int16_t>(products));
            });
        }
        return lanes<std::int32_t, N>::make([&](auto i) QUOIN_LAMBDA_INLINE {
            constexpr int j = decltype(i)::value;
            return sum(isa::widen_i16_32(isa::template half<j % 2>(all[j / 2]))) << shift_;
        });
    }

    /// The blocks of whole steps, of at most 64 pixels.
    static index_t blocks(interval columns) { return (columns.end - columns.begin + 63) / 64 * 64 / results; }
    static void put(std::int16_t* to, int i, Weight const& w) {
        if constexpr (halves == 2) {
            to[i] = w.high;
            to[size / 2 + i] = w.low;
        } else {
            to[i] = w;
        }
    }
    static QUOIN_ALWAYS_INLINE reg load(std::byte const* p) {
        return sum::load_aligned(reinterpret_cast<std::int32_t const*>(p));
    }
    struct totals {
        sum of[halves];
        QUOIN_ALWAYS_INLINE totals() {
            for (sum& s : of) s = sum(std::int32_t{0});
        }
        QUOIN_ALWAYS_INLINE void add(reg values, std::byte const*& weights) {
            for (sum& s : of) {
                s = sum(isa::madd16_add(s, values, load(weights)));
                weights += size;
            }
        }
    };
    static QUOIN_ALWAYS_INLINE sum joined(sum const (&s)[halves]) {
        if constexpr (halves == 2) return (s[0] << split_weight::low_bits) + s[1];
        else return s[0];
    }

    template <int Pairs>
    QUOIN_ALWAYS_INLINE sum few_sums(std::uint8_t const* line, std::byte const* block) const {
        reg const values = isa::load_windows(line, reinterpret_cast<std::int32_t const*>(block));
        std::byte const* weights = block + size + Pairs * size;
        totals total;
        unrolled<Pairs>([&](auto i) QUOIN_LAMBDA_INLINE {
            total.add(isa::shuffle_parts(values, load(block + size + i * size)), weights);
        });
        return joined(total.of);
    }

    template <int N>
    QUOIN_NOINLINE lanes<std::int32_t, N> many_sums(std::uint8_t const* line, std::byte const* block) const {
        lanes<std::int32_t, N> result;
        for (int i = 0; i < N / results; ++i, block += block_)
            result.reg[i] = shared_ ? shared_sums(line, block) : own_sums(line, block);
        return result;
    }

    /// Shared windows with two taps each.
    template <int N>
    QUOIN_NOINLINE lanes<std::int32_t, N> pair_sums(std::uint8_t const* line, std::byte const* block) const {
        int const groups = groups_;
        return lanes<std::int32_t, N>::make([&](auto i) QUOIN_LAMBDA_INLINE {
            std::byte const* const own = block + decltype(i)::value * block_;
            reg const index = load(own + size);
            std::byte const* weights = own + 2 * size;
            totals total;
            for (int g = 0; g < groups; ++g)
                total.add(isa::shuffle_parts(
                              isa::load_windows(line + 2 * g, reinterpret_cast<std::int32_t const*>(own)), index),
                          weights);
            return joined(total.of);
        });
    }

    QUOIN_ALWAYS_INLINE sum shared_sums(std::uint8_t const* line, std::byte const* block) const {
        auto const* const offsets = reinterpret_cast<std::int32_t const*>(block);
        std::byte const* const index = block + index_;
        std::byte const* weights = block + weights_;
        totals total;
        for (int g = 0; g < groups_; ++g) {
            reg const values = isa::load_windows(line + g * group_, offsets);
            for (int i = 0; i < group_ / 2; ++i) total.add(isa::shuffle_parts(values, load(index + i * size)), weights);
        }
        return joined(total.of);
    }

    QUOIN_ALWAYS_INLINE sum own_sums(std::uint8_t const* line, std::byte const* block) const {
        auto const* const offsets = reinterpret_cast<std::int32_t const*>(block);
        std::byte const* weights = block + weights_;
        totals total[4];
        xsimd::batch<std::uint8_t> const zero(std::uint8_t{0});
        for (int g = 0; g < groups_; ++g)
            unrolled<4>([&](auto r) QUOIN_LAMBDA_INLINE {
                reg const values = isa::load_windows(line + g * own_taps, offsets + r * parts);
                total[r].add(isa::unpack_low8(values, zero), weights);
                total[r].add(isa::unpack_high8(values, zero), weights);
            });
        sum all[halves];
        for (int h = 0; h < halves; ++h) {
            auto const pairs = [&](int r) QUOIN_LAMBDA_INLINE {
                return sum(isa::unpack_low32(total[r].of[h], total[r + 1].of[h])) +
                       sum(isa::unpack_high32(total[r].of[h], total[r + 1].of[h]));
            };
            sum const a = pairs(0), b = pairs(2);
            all[h] = sum(isa::unpack_low64(a, b)) + sum(isa::unpack_high64(a, b));
        }
        return joined(all);
    }

    int count_ = 1, group_ = 2, groups_ = 1;
    bool shared_ = true;
    index_t index_ = 0, weights_ = 0, block_ = 0; // offsets in the block of a register, and its size in bytes
    index_t begin_ = 0;
    std::byte const* memory_ = nullptr;

    interval pairs_{}; // the results whose pairs are multiplied in place
    index_t from_ = 0; // result i begins at 2 i + from_
    int shift_ = 0;    // of the weights, which are pair_weights_ << shift_
    std::int8_t pair_weights_[halving_taps::most_taps]{};
};

} // namespace detail

QUOIN_NAMESPACE_END
