// SPDX-License-Identifier: BSL-1.0
// Sums of lines of bytes in 16 bits, down columns and along rows, and their quotients.
#pragma once

#include <quoin/core/detail/unrolled.hpp>
#include <quoin/exec/line/source_rows.hpp>
#include <quoin/lanes/detail/halving_taps.hpp>
#include <quoin/lanes/sums.hpp>

#include <bit>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Sums of bytes divided by a number, half up. `whole` is a whole number, and the sums are from 0 to 255 * whole.
class byte_quotient {
public:
    explicit byte_quotient(double whole = 1) : whole_(whole), inverse_(static_cast<float>(1 / whole)) {
        auto const bits = static_cast<std::uint64_t>(whole);
        if (std::has_single_bit(bits)) shift_ = std::countr_zero(bits);
        // A quotient of t = sum + whole / 2, rounded down, is wanted, and 2 t is a whole number. So (t + 1/4) / whole
        // is at least 1 / (4 whole) from each whole number. Up to 256, the error of two roundings of floats is half of
        // that or less.
        float_ = whole <= most_in_float;
        half_ = static_cast<float>(whole / 2 + 0.25);
    }
    static constexpr double most_in_float = 4096;

    /// Whether the number is a power of two, 2^shift().
    bool by_shift() const { return shift_ >= 0; }
    int shift() const { return shift_; }

    /// Writes count quotients of sums(i), which are those from i on, to to[i].
    template <class Lanes, class Sums>
    QUOIN_ALWAYS_INLINE void write(Sums const& sums, std::uint8_t* to, index_t count) const {
        using i32 = typename Lanes::template type<std::int32_t>;
        using f32 = typename Lanes::template type<float>;
        if (shift_ >= 0) {
            i32 const half(std::int32_t{(1 << shift_) >> 1});
            int const shift = shift_;
            for (index_t i = 0; i < count; i += Lanes::count)
                Lanes::store(to + i, saturate<std::uint8_t>((sums(i) + half) >> shift));
        } else if (float_) {
            f32 const half(half_), inverse(inverse_);
            for (index_t i = 0; i < count; i += Lanes::count)
                Lanes::store(to + i,
                             saturate<std::uint8_t>(convert<std::int32_t>((convert<float>(sums(i)) + half) * inverse)));
        } else {
            typename Lanes::template type<double> const whole(whole_);
            for (index_t i = 0; i < count; i += Lanes::count)
                Lanes::store(to + i, saturate<std::uint8_t>(convert<double>(sums(i)) / whole));
        }
    }

private:
    double whole_;
    float inverse_ = 1, half_ = 0.5;
    int shift_ = -1; // whole is 2^shift, if this is not negative
    bool float_ = false;
};

/// Rows that are read later, to be prefetched step by step.
struct later_rows {
    static constexpr int most = 4;
    std::uint8_t const* at[most];
    index_t bytes = 0; // of each
    int count = 0;
};

/// All sums fit the 16 bits, signed, but for those of divide_rows, which fit without a sign.
template <class Lanes>
struct byte_sums {
    static constexpr index_t step = Lanes::count;

    /// Calls f(x) for the steps of a line. The last one overlaps the one before, or is a part of the only one.
    template <class F>
    static QUOIN_ALWAYS_INLINE void each_step(index_t count, later_rows const& later, F const& f) {
        index_t const steps = count / step, bytes = steps > 0 ? (later.bytes + steps - 1) / steps : 0;
        index_t x = 0, line = 0, end = bytes;
        for (; x + step <= count; x += step, end += bytes) {
            for (; line < end; line += 64)
                for (int i = 0; i < later.count; ++i) __builtin_prefetch(later.at[i] + line, 0, second_level);
            f(x);
        }
        if (x < count) f(max<index_t>(count - step, 0));
    }

    /// to[x] is the mean of the bytes 2 x and 2 x + 1 of a and b, half up.
    static QUOIN_NOINLINE void halve(std::uint8_t const* a, std::uint8_t const* b, later_rows const& ahead,
                                     std::uint8_t* to, index_t count) {
        typename Lanes::template type<std::int16_t> const half(std::int16_t{2});
        std::int32_t const ones = byte_factors(1, 1);
        each_step(count, ahead, [=](index_t x) QUOIN_LAMBDA_INLINE {
            auto const sums = Lanes::add_neighbors(Lanes::add_neighbors(half, a + 2 * x, ones), b + 2 * x, ones);
            Lanes::store(to + x, saturate<std::uint8_t>(sums >> 2));
        });
    }

    /// to[x] is the sum of factors[k] * lines[k][x]. There is one more line.
    static void add_rows(std::uint8_t const* const* lines, later_rows const& ahead, int const* factors, int used,
                         std::int16_t* to, index_t count) {
        switch ((used + 1) / 2) {
        case 1:
            return add_pairs_of_rows<1>(lines, ahead, factors, used, to, count);
        case 2:
            return add_pairs_of_rows<2>(lines, ahead, factors, used, to, count);
        case 3:
            return add_pairs_of_rows<3>(lines, ahead, factors, used, to, count);
        default:
            return add_pairs_of_rows<0>(lines, ahead, factors, used, to, count);
        }
    }

    /// to[x] is the sum of the weights of `taps`, `pairs` of two, times bytes from from[2 x] on.
    static void sum_pairs(std::uint8_t const* from, halving_taps const& taps, int pairs, later_rows const& later,
                          std::int16_t* to, index_t count) {
        switch (pairs) {
        case 1:
            return sum_pairs<1>(from, taps, later, to, count);
        case 2:
            return sum_pairs<2>(from, taps, later, to, count);
        case 3:
            return sum_pairs<3>(from, taps, later, to, count);
        default:
            return sum_pairs<4>(from, taps, later, to, count);
        }
    }

    /// to[x] is the quotient of the sum of factors[k] * lines[k][offset + x].
    static void divide_rows(std::int16_t const* const* lines, index_t offset, int const* factors, int used, int shift,
                            std::uint8_t* to, index_t count) {
        switch (used) {
        case 3:
            return divide_so_many_rows<3>(lines, offset, factors, used, shift, to, count);
        case 4:
            return divide_so_many_rows<4>(lines, offset, factors, used, shift, to, count);
        case 5:
            return divide_so_many_rows<5>(lines, offset, factors, used, shift, to, count);
        default:
            return divide_so_many_rows<0>(lines, offset, factors, used, shift, to, count);
        }
    }

private:
    /// Pairs is 0 for any number of them.
    template <int Pairs>
    static QUOIN_NOINLINE void add_pairs_of_rows(std::uint8_t const* const* lines, later_rows const& ahead,
                                                 int const* factors, int used, std::int16_t* to, index_t count) {
        constexpr int most = Pairs > 0 ? 2 * Pairs : 1;
        std::uint8_t const* from[most];
        int factor[most];
        for (int k = 0; k < 2 * Pairs; ++k) {
            from[k] = lines[k];
            factor[k] = factors[k];
        }
        each_step(count, ahead, [&](index_t x) QUOIN_LAMBDA_INLINE {
            auto const line = [x](std::uint8_t const* p)
                                  QUOIN_LAMBDA_INLINE { return Lanes::template load_as<std::uint8_t>(p + x); };
            if constexpr (Pairs > 0) {
                auto sum = byte_sum_start(line(from[0]), factor[0], line(from[1]), factor[1]);
                unrolled<Pairs - 1>([&](auto i) QUOIN_LAMBDA_INLINE {
                    constexpr int k = 2 * decltype(i)::value + 2;
                    sum.add(line(from[k]), factor[k], line(from[k + 1]), factor[k + 1]);
                });
                Lanes::store(to + x, sum.value());
            } else {
                auto sum = byte_sum_start(line(lines[0]), factors[0], line(lines[1]), factors[1]);
                for (int k = 2; k < used; k += 2)
                    sum.add(line(lines[k]), factors[k], line(lines[k + 1]), factors[k + 1]);
                Lanes::store(to + x, sum.value());
            }
        });
    }

    template <int Pairs>
    static QUOIN_NOINLINE void sum_pairs(std::uint8_t const* from, halving_taps const& taps, later_rows const& later,
                                         std::int16_t* to, index_t count) {
        std::int32_t factors[Pairs];
        for (int k = 0; k < Pairs; ++k) factors[k] = byte_factors(taps.weights[2 * k], taps.weights[2 * k + 1]);
        each_step(count, later, [&](index_t x) QUOIN_LAMBDA_INLINE {
            typename Lanes::template type<std::int16_t> sum(std::int16_t{0});
            unrolled<Pairs>([&](auto k) QUOIN_LAMBDA_INLINE {
                sum = Lanes::add_neighbors(sum, from + 2 * x + 2 * decltype(k)::value, factors[k]);
            });
            Lanes::store(to + x, sum);
        });
    }

    template <int Count>
    static QUOIN_NOINLINE void divide_so_many_rows(std::int16_t const* const* lines, index_t offset, int const* factors,
                                                   int used, int shift, std::uint8_t* to, index_t count) {
        using u16 = typename Lanes::template type<std::uint16_t>;
        u16 const half(static_cast<std::uint16_t>((1 << shift) >> 1));
        constexpr int most = Count > 0 ? Count : 1;
        std::uint16_t const* from[most];
        u16 factor[most];
        for (int k = 0; k < Count; ++k) {
            from[k] = reinterpret_cast<std::uint16_t const*>(lines[k] + offset);
            factor[k] = u16(static_cast<std::uint16_t>(factors[k]));
        }
        each_step(count, {}, [&](index_t x) QUOIN_LAMBDA_INLINE {
            u16 sum = half;
            if constexpr (Count > 0)
                unrolled<Count>([&](auto k) QUOIN_LAMBDA_INLINE {
                    sum = sum + Lanes::template load_as<std::uint16_t>(from[k] + x) * factor[k];
                });
            else
                for (int k = 0; k < used; ++k)
                    sum = sum + Lanes::template load_as<std::uint16_t>(
                                    reinterpret_cast<std::uint16_t const*>(lines[k] + offset) + x) *
                                    u16(static_cast<std::uint16_t>(factors[k]));
            Lanes::store(to + x, saturate<std::uint8_t>(convert<std::int16_t>(sum >> shift)));
        });
    }
};

} // namespace detail

QUOIN_NAMESPACE_END
