// SPDX-License-Identifier: BSL-1.0
// The sums of x^p y^q v(x, y) for p + q <= 3.
#pragma once

#include <quoin/measure/detail/row_sums.hpp>
#include <quoin/measure/statistics.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The sums of x^p v for p in 0..3, over a row or a part of it.
template <class S>
struct row_moments {
    S of[4] = {};

    /// Adds sums whose x is counted from x0.
    template <class From>
    void add_moved(row_moments<From> const& part, S x0) {
        S const a = static_cast<S>(part.of[0]), b = static_cast<S>(part.of[1]), c = static_cast<S>(part.of[2]);
        of[0] += a;
        of[1] += b + x0 * a;
        of[2] += c + x0 * (2 * b + x0 * a);
        of[3] += static_cast<S>(part.of[3]) + x0 * (3 * c + x0 * (3 * b + x0 * a));
    }
};

/// sums[k] = k^Power v[k] + k^(Power + 1) ... for the steps k of a chunk: two powers at a time, because the sums of
/// four do not fit the registers. Step k has the bytes at p + k * Lanes::count.
template <class Lanes, int Power>
QUOIN_NOINLINE void power_sums(std::uint8_t const* p, int steps, std::int32_t* low, std::int32_t* high) {
    auto const power = [](int k, int exponent) {
        int result = 1;
        while (exponent-- > 0) result *= k;
        return static_cast<std::int16_t>(result);
    };
    auto const first = Lanes::template load_as<std::uint8_t>(p);
    auto a = dot_empty(first), b = dot_empty(first);
    for (int k = 0; k < steps; k += 2) {
        auto const even = Lanes::template load_as<std::uint8_t>(p + k * Lanes::count);
        auto const odd = Lanes::template load_as<std::uint8_t>(p + (k + 1) * Lanes::count);
        a.add_pair(even, odd, dot_factors(power(k, Power), power(k + 1, Power)));
        b.add_pair(even, odd, dot_factors(power(k, Power + 1), power(k + 1, Power + 1)));
    }
    Lanes::store(low, a.value());
    Lanes::store(high, b.value());
}

/// The moments of the bytes of a part. They are taken in chunks of 32 steps, since 31^3 fits the 16 bits of a factor.
/// The sums of a chunk fit 32 bits, and its moments, like those of a part of 2^14 bytes, 64 bits: (2^14)^4 / 4 * 2^8 <
/// 2^63.
template <class Lanes>
QUOIN_NOINLINE void add_byte_moments(std::uint8_t const* p, index_t count, row_moments<std::int64_t>& to) {
    constexpr int steps = 32, size = steps * Lanes::count, n = Lanes::count;
    alignas(64) std::uint8_t padded[size];
    alignas(64) std::int32_t sums[4][n];
    for (index_t x = 0; x < count; x += size) {
        std::uint8_t const* chunk = p + x;
        int used = steps;
        if (count - x < size) {
            used = static_cast<int>((count - x + 2 * n - 1) / (2 * n)) * 2;
            std::memcpy(padded, chunk, static_cast<std::size_t>(count - x));
            std::memset(padded + (count - x), 0, static_cast<std::size_t>(used * n - (count - x)));
            chunk = padded;
        }
        power_sums<Lanes, 0>(chunk, used, sums[0], sums[1]);
        power_sums<Lanes, 2>(chunk, used, sums[2], sums[3]);
        // Column n k + i of the chunk is in sums[j][i], times k^j.
        std::int64_t weighted[4][4]; // [j][m]: the sum of i^m sums[j][i]
        for (int j = 0; j < 4; ++j)
            for (int m = 0; m + j < 4; ++m) weighted[j][m] = 0;
        for (int i = 0; i < n; ++i) {
            std::int64_t const a = sums[0][i], b = sums[1][i], c = sums[2][i];
            weighted[0][0] += a, weighted[0][1] += i * a, weighted[0][2] += i * i * a, weighted[0][3] += i * i * i * a;
            weighted[1][0] += b, weighted[1][1] += i * b, weighted[1][2] += i * i * b;
            weighted[2][0] += c, weighted[2][1] += i * c;
            weighted[3][0] += sums[3][i];
        }
        row_moments<std::int64_t> here;
        here.of[0] = weighted[0][0];
        here.of[1] = weighted[0][1] + n * weighted[1][0];
        here.of[2] = weighted[0][2] + 2 * n * weighted[1][1] + n * n * weighted[2][0];
        here.of[3] = weighted[0][3] + 3 * n * weighted[1][2] + 3 * n * n * weighted[2][1] + n * n * n * weighted[3][0];
        to.add_moved(here, x);
    }
}

/// The moments of a part of integers, with x counted from its first column.
template <class Lanes, std::integral T>
row_moments<i128> part_moments(T const* p, index_t count) {
    row_moments<i128> result;
    if constexpr (std::same_as<T, std::uint8_t>) {
        row_moments<std::int64_t> bytes;
        add_byte_moments<Lanes>(p, count, bytes);
        result.add_moved(bytes, 0);
    } else if constexpr (std::same_as<T, std::uint16_t>) {
        constexpr index_t most = 2048;
        std::uint8_t low[most], high[most];
        for (index_t x = 0; x < count; x += most) {
            index_t const here = min(most, count - x);
            for_each_step<Lanes>(here, [&](auto lanes, index_t i) QUOIN_LAMBDA_INLINE {
                using family = decltype(lanes);
                auto const v = family::template load_as<T>(p + x + i);
                family::store(low + i, convert<std::uint8_t>(v & T(255)));
                family::store(high + i, convert<std::uint8_t>(v >> 8));
            });
            row_moments<std::int64_t> of_low, of_high;
            add_byte_moments<Lanes>(low, here, of_low);
            add_byte_moments<Lanes>(high, here, of_high);
            for (int k = 0; k < 4; ++k) of_low.of[k] += of_high.of[k] * 256;
            result.add_moved(of_low, x);
        }
    } else {
        constexpr index_t most = 1024; // x^3 v stays below 2^61
        for (index_t x = 0; x < count; x += most) {
            row_moments<i128> here;
            for (index_t i = 0; i < min(most, count - x); ++i) {
                std::int64_t const v = p[x + i];
                here.of[0] += v, here.of[1] += i * v, here.of[2] += i * i * v, here.of[3] += i * i * i * v;
            }
            result.add_moved(here, x);
        }
    }
    return result;
}

/// x - x0 of the pixels of a part is exact in double.
template <class Lanes, std::floating_point T>
QUOIN_NOINLINE row_moments<double> part_moments(T const* p, index_t x0, index_t count) {
    row_moments<double> result;
    for (int k = 0; k < 4; ++k) {
        column_sums values;
        values.add<Lanes>(x0, count, [=](auto lanes, index_t i) QUOIN_LAMBDA_INLINE {
            using family = decltype(lanes);
            auto v = convert<double>(family::template load_as<T>(p + i));
            auto const x = convert<double>(family::rising(static_cast<std::int32_t>(i)));
            for (int times = 0; times < k; ++times) v = v * x;
            return v;
        });
        result.of[k] = values.sum();
    }
    return result;
}

template <class P>
struct moments_state {
    using T = channel_t<P>;
    static constexpr bool ordered = std::floating_point<T>;
    static constexpr index_t least = 1;
    using S = std::conditional_t<ordered, double, i128>;

    S m[channels_v<P>][4][4] = {}; // [p][q] for p + q <= 3

    explicit moments_state(extent) {}

    template <class Lanes>
    void add(row_part<P> const& part) {
        for (int c = 0; c < channels_v<P>; ++c) {
            row_moments<S> row;
            if constexpr (ordered)
                row.add_moved(part_moments<Lanes>(part.planes[c], part.x, part.count), static_cast<S>(part.x));
            else row.add_moved(part_moments<Lanes>(part.planes[c], part.count), S{part.x});
            S power = 1;
            for (int q = 0; q < 4; ++q) {
                for (int p = 0; p + q < 4; ++p) m[c][p][q] += power * row.of[p];
                power *= static_cast<S>(part.y);
            }
        }
    }
    void join(moments_state const& other) {
        for (int c = 0; c < channels_v<P>; ++c)
            for (int p = 0; p < 4; ++p)
                for (int q = 0; p + q < 4; ++q) m[c][p][q] += other.m[c][p][q];
    }
};

} // namespace detail

QUOIN_NAMESPACE_END
