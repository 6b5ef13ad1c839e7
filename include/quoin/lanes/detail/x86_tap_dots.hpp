// SPDX-License-Identifier: BSL-1.0
// The sums of a tap_table along a line of 16-bit values (AVX2, AVX-512).
#pragma once

#include <quoin/core/detail/unrolled.hpp>
#include <quoin/lanes/detail/halving_taps.hpp>
#include <quoin/lanes/detail/portable.hpp>
#include <quoin/lanes/lanes.hpp>
#include <quoin/lanes/sums.hpp>

#include <algorithm>
#include <cstddef>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// There are two ways.
///
/// Pairs in place, where the inputs of neighbors begin two apart and have the same weights. One instruction multiplies
/// and adds the pairs of neighbors of a whole register.
///
/// Quads: each 64-bit part of a register holds four inputs of a result. Two registers hold those of eight results, or
/// of sixteen.
class tap_dots {
    static constexpr int size = static_cast<int>(sizeof(xsimd::batch<std::int32_t>)), results = size / 4, quad = 4;

public:
    tap_dots() = default;
    explicit tap_dots(tap_table<std::int16_t> const& table) : quads_((table.count + quad - 1) / quad) {
        block_ = (1 + 2 * quads_) * size;
    }

    index_t slack() const { return quads_ * quad; }
    index_t bytes(interval columns) const { return blocks(columns) * block_; }

    void arrange(tap_table<std::int16_t> const& table, interval columns, std::byte* memory) {
        begin_ = columns.begin;
        memory_ = memory;
        for (index_t b = 0, x = begin_; b < blocks(columns); ++b, x += results, memory += block_) {
            auto* const offsets = reinterpret_cast<std::int32_t*>(memory);
            auto* const weights = reinterpret_cast<std::int16_t*>(memory + size);
            // The first register has the even pairs of results, the second one the odd pairs.
            for (int i = 0; i < results; ++i) {
                index_t const from = std::min(x + i, columns.end - 1);
                int const part = i / 2 % 2, place = i / 4 * 2 + i % 2;
                offsets[part * results / 2 + place] = static_cast<std::int32_t>(table.first[from]);
                for (int k = 0; k < quads_ * quad; ++k)
                    weights[(k / quad * 2 + part) * size / 2 + place * quad + k % quad] =
                        k < table.used[from] ? table.weights_of(from)[k] : std::int16_t{0};
            }
        }
        halving_ = halving_taps(table, columns);
        pairs_ = (table.count + 1) / 2;
    }

    template <int N>
    QUOIN_ALWAYS_INLINE lanes<std::int32_t, N> sums(std::int16_t const* line, index_t x) const {
        if (x >= halving_.results.begin && x + N <= halving_.results.end) {
            std::int16_t const* const first = line + 2 * x + halving_.from;
            switch (pairs_) {
            case 1:
                return pair_sums<N, 1>(first);
            case 2:
                return pair_sums<N, 2>(first);
            case 3:
                return pair_sums<N, 3>(first);
            default:
                return pair_sums<N, 4>(first);
            }
        }
        std::byte const* const block = memory_ + (x - begin_) / results * block_;
        if (quads_ == 1) return quad_sums<N>(line, block, 1);
        return quad_sums<N>(line, block, quads_);
    }

private:
    using sum = xsimd::batch<std::int32_t>;
    using reg = typename isa::reg;

    /// The blocks of whole steps, of at most 64 pixels.
    static index_t blocks(interval columns) { return (columns.end - columns.begin + 63) / 64 * 64 / results; }
    static QUOIN_ALWAYS_INLINE reg load(std::byte const* p) {
        return sum::load_aligned(reinterpret_cast<std::int32_t const*>(p));
    }

    template <int N, int Pairs>
    QUOIN_ALWAYS_INLINE lanes<std::int32_t, N> pair_sums(std::int16_t const* first) const {
        reg weights[Pairs];
        unrolled<Pairs>([&](auto k) QUOIN_LAMBDA_INLINE {
            constexpr int pair = 2 * decltype(k)::value;
            weights[k] = sum(dot_factors(static_cast<std::int16_t>(halving_.weights[pair]),
                                         static_cast<std::int16_t>(halving_.weights[pair + 1])));
        });
        return lanes<std::int32_t, N>::make([&](auto i) QUOIN_LAMBDA_INLINE {
            sum total(std::int32_t{0});
            unrolled<Pairs>([&](auto k) QUOIN_LAMBDA_INLINE {
                constexpr int at = decltype(i)::value * 2 * results + 2 * decltype(k)::value;
                reg const values = xsimd::batch<std::int16_t>::load_unaligned(first + at);
                total = sum(isa::madd16_add(total, values, weights[k]));
            });
            return total;
        });
    }

    template <int N>
    QUOIN_ALWAYS_INLINE lanes<std::int32_t, N> quad_sums(std::int16_t const* line, std::byte const* block,
                                                         int quads) const {
        return lanes<std::int32_t, N>::make([&](auto i) QUOIN_LAMBDA_INLINE {
            std::byte const* const own = block + decltype(i)::value * block_;
            auto const* const offsets = reinterpret_cast<std::int32_t const*>(own);
            std::byte const* weights = own + size;
            sum total[2] = {sum(std::int32_t{0}), sum(std::int32_t{0})};
            for (int k = 0; k < quads; ++k)
                for (int part = 0; part < 2; ++part, weights += size)
                    total[part] = sum(isa::madd16_add(
                        total[part], isa::load_quads(line + k * quad, offsets + part * results / 2), load(weights)));
            return sum(isa::add_neighbors32(total[0], total[1]));
        });
    }

    int quads_ = 1, pairs_ = 1;
    index_t block_ = 0; // the bytes of the block of a register
    index_t begin_ = 0;
    std::byte const* memory_ = nullptr;
    halving_taps halving_;
};

} // namespace detail

QUOIN_NAMESPACE_END
