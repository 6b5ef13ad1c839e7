// SPDX-License-Identifier: BSL-1.0
// Rows of RGB pixels of bytes that are halved as they lie in a view, without taking the channels apart.
#pragma once

#include <quoin/exec/line/byte_sums.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Sums down columns come first, since neighbors of all channels have the same weights. Then each pixel is summed with
/// those beside it, also the odd ones, of which no result is made: to leave them out before costs more than the sums.
/// A row is computed in parts that stay in the first-level cache.
template <class Lanes>
struct halved_colors {
    static constexpr index_t step = Lanes::count, part = 256; // results of a part
    /// The numbers that are kept for a part: sums and, behind the results of them, what a step reads.
    static constexpr index_t pixels = 2 * part + halving_taps::most_taps, kept = 3 * pixels + 2 * step;
    /// The fewest results: their inputs are a step.
    static constexpr index_t least = step / 4;

    /// Rows down columns: where column 0 lies, and their weights. There is one more of both for a row without partner.
    struct window {
        std::uint8_t const** rows;
        std::uint8_t const** shifted; ///< memory for as many addresses
        int const* factors;
        int used;
    };

    /// to[3 i + c] is channel c of result results.begin + i: (sum + 2^(shift - 1)) >> shift. The sums of both passes
    /// fit 16 bits. `sums` and `smooth` have `kept` numbers.
    static QUOIN_NOINLINE void write(window const& in, later_rows const& later, tap_table<std::int16_t> const& taps,
                                     halving_taps const& halving, interval results, int shift, std::int16_t* sums,
                                     std::uint8_t* smooth, std::uint8_t* to) {
        index_t const count = results.end - results.begin, parts = (count + part - 1) / part;
        index_t const size = (count + parts - 1) / parts;
        for (index_t x = results.begin; x < results.end; x += size) {
            interval const now{x, min(x + size, results.end)};
            interval const inputs = taps.input_of(now);
            for (int k = 0; k <= in.used; ++k) in.shifted[k] = in.rows[k] + 3 * inputs.begin;
            later_rows ahead = later;
            for (int k = 0; k < ahead.count; ++k) ahead.at[k] += 3 * inputs.begin;
            ahead.bytes = 3 * (inputs.end - inputs.begin);
            byte_sums<Lanes>::add_rows(in.shifted, ahead, in.factors, in.used, sums, ahead.bytes);
            sum_part(taps, halving, now, shift, sums - 3 * inputs.begin, smooth, to + 3 * (x - results.begin));
        }
    }

private:
    /// The results `now` of sums down columns, of which that of column 0 is at sums[0].
    static QUOIN_ALWAYS_INLINE void sum_part(tap_table<std::int16_t> const& taps, halving_taps const& halving,
                                             interval now, int shift, std::int16_t const* sums, std::uint8_t* smooth,
                                             std::uint8_t* to) {
        interval const inside{max(now.begin, halving.results.begin), min(now.end, halving.results.end)};
        auto const one_by_one = [&](index_t x, index_t end) {
            for (; x < end; ++x)
                for (int c = 0; c < 3; ++c) {
                    std::int32_t sum = (1 << shift) >> 1;
                    for (int k = 0; k < taps.used[x]; ++k)
                        sum += taps.weights_of(x)[k] * sums[3 * (taps.first[x] + k) + c];
                    to[3 * (x - now.begin) + c] = static_cast<std::uint8_t>(sum >> shift);
                }
        };
        if (inside.begin >= inside.end) return one_by_one(now.begin, now.end);
        one_by_one(now.begin, inside.begin);
        one_by_one(inside.end, now.end);
        index_t const count = inside.end - inside.begin;
        auto const* const from = reinterpret_cast<std::uint16_t const*>(sums + 3 * (2 * inside.begin + halving.from));
        smooth_pixels(from, halving, shift, smooth, 6 * count - 3);
        Lanes::take_even_pixels(smooth, to + 3 * (inside.begin - now.begin), count);
    }

    /// to[i] is the quotient of the sum of from[i + 3 k] times weight k. Whole steps are written.
    static QUOIN_ALWAYS_INLINE void smooth_pixels(std::uint16_t const* from, halving_taps const& halving, int shift,
                                                  std::uint8_t* to, index_t count) {
        int used = halving_taps::most_taps;
        while (halving.weights[used - 1] == 0) --used;
        bool symmetric = halving.weights[0] == 1;
        for (int k = 0; k < used; ++k) symmetric = symmetric && halving.weights[k] == halving.weights[used - 1 - k];
        if (symmetric && used == 5) smooth_so_many<5>(from, halving, used, shift, to, count);
        else if (symmetric && used == 4) smooth_so_many<4>(from, halving, used, shift, to, count);
        else smooth_so_many<0>(from, halving, used, shift, to, count);
    }

    /// Count is the number of symmetric weights, of which the first is 1, or 0 for any.
    template <int Count>
    static QUOIN_NOINLINE void smooth_so_many(std::uint16_t const* from, halving_taps const& halving, int used,
                                              int shift, std::uint8_t* to, index_t count) {
        using u16 = typename Lanes::template type<std::uint16_t>;
        u16 const half(static_cast<std::uint16_t>((1 << shift) >> 1));
        u16 weights[halving_taps::most_taps];
        for (int k = 0; k < halving_taps::most_taps; ++k)
            weights[k] = u16(static_cast<std::uint16_t>(halving.weights[k]));
        for (index_t i = 0; i < count; i += step) {
            auto const at = [&](int k) QUOIN_LAMBDA_INLINE {
                return Lanes::template load_as<std::uint16_t>(from + i + 3 * k);
            };
            u16 sum = half;
            if constexpr (Count > 0) {
                sum = sum + (at(0) + at(Count - 1));
                unrolled<Count / 2 - 1>([&](auto k) QUOIN_LAMBDA_INLINE {
                    constexpr int j = decltype(k)::value + 1;
                    sum = sum + (at(j) + at(Count - 1 - j)) * weights[j];
                });
                if constexpr (Count % 2 == 1) sum = sum + at(Count / 2) * weights[Count / 2];
            } else {
                for (int k = 0; k < used; ++k) sum = sum + at(k) * weights[k];
            }
            Lanes::store(to + i, saturate<std::uint8_t>(convert<std::int16_t>(sum >> shift)));
        }
    }
};

} // namespace detail

QUOIN_NAMESPACE_END
