// SPDX-License-Identifier: BSL-1.0
// The sums of products of sums.hpp, for lanes. Sums stay in the order of the instruction set's unpacking until they are
// packed again, so no permutation is needed.
#pragma once

#include <quoin/lanes/convert.hpp>
#include <quoin/lanes/sums.hpp>

QUOIN_NAMESPACE_BEGIN

/// two_sums for lanes.
template <int N>
struct lanes_two_sums {
    detail::sums_registers reg[lanes<std::uint8_t, N>::registers];
};

template <int N>
QUOIN_ALWAYS_INLINE lanes_two_sums<N> sums_of_two(lanes<std::uint8_t, N> const& a, lanes<std::uint8_t, N> const& b,
                                                  lanes<std::uint8_t, N> const& c, lanes<std::uint8_t, N> const& d) {
    lanes_two_sums<N> result;
    detail::unrolled<lanes<std::uint8_t, N>::registers>([&](auto i) QUOIN_LAMBDA_INLINE {
        result.reg[i] = detail::sums_registers(a.reg[i], b.reg[i], c.reg[i], d.reg[i]);
    });
    return result;
}

/// dot_sum for lanes of i16 or u8.
template <concepts::channel T, int N>
struct lanes_dot_sum {
    using values = lanes<T, N>;
    detail::dot_registers<T> reg[values::registers];

    QUOIN_ALWAYS_INLINE void add(values const& a, std::int16_t ka, values const& b, std::int16_t kb) {
        add_pair(a, b, dot_factors(ka, kb));
    }
    template <int Shift>
    QUOIN_ALWAYS_INLINE void add_shifted(lanes_dot_sum const& other) {
        detail::unrolled<values::registers>(
            [&](auto i) QUOIN_LAMBDA_INLINE { reg[i].template add_shifted<Shift>(other.reg[i]); });
    }
    template <int Shift, concepts::channel U = std::int16_t>
    QUOIN_ALWAYS_INLINE lanes<U, N> scaled() const {
        return rounded<U>(Shift);
    }
    QUOIN_ALWAYS_INLINE lanes<std::int32_t, N> value() const {
        lanes<std::int32_t, N> result;
        constexpr int each = lanes<std::int32_t, N>::registers / values::registers;
        detail::unrolled<values::registers>([&](auto i) QUOIN_LAMBDA_INLINE { reg[i].value(result.reg + each * i); });
        return result;
    }
    QUOIN_ALWAYS_INLINE void add_pair(values const& a, values const& b, std::int32_t factors) {
        detail::unrolled<values::registers>([&](auto i)
                                                QUOIN_LAMBDA_INLINE { reg[i].add_pair(a.reg[i], b.reg[i], factors); });
    }
    QUOIN_ALWAYS_INLINE void add(lanes_two_sums<N> const& sums, std::int32_t factors)
        requires std::same_as<T, std::uint8_t>
    {
        detail::unrolled<values::registers>([&](auto i) QUOIN_LAMBDA_INLINE { reg[i].add(sums.reg[i], factors); });
    }
    QUOIN_ALWAYS_INLINE lanes_dot_sum joined(int bits, lanes_dot_sum const& low) const {
        lanes_dot_sum result;
        detail::unrolled<values::registers>(
            [&](auto i) QUOIN_LAMBDA_INLINE { result.reg[i] = reg[i].joined(bits, low.reg[i]); });
        return result;
    }
    template <concepts::channel U>
    QUOIN_ALWAYS_INLINE lanes<U, N> rounded(int shift) const {
        if constexpr (sizeof(U) < sizeof(T)) {
            return saturate<U>(rounded<T>(shift));
        } else {
            lanes<U, N> result;
            constexpr int each = lanes<U, N>::registers / values::registers;
            detail::unrolled<values::registers>(
                [&](auto i) QUOIN_LAMBDA_INLINE { reg[i].rounded(shift, result.reg + each * i); });
            return result;
        }
    }
};

template <concepts::channel T, int N>
    requires std::same_as<T, std::int16_t> || std::same_as<T, std::uint8_t>
QUOIN_ALWAYS_INLINE lanes_dot_sum<T, N> dot_empty(lanes<T, N> const&) {
    return {};
}

template <concepts::channel T, int N>
    requires std::same_as<T, std::int16_t> || std::same_as<T, std::uint8_t>
QUOIN_ALWAYS_INLINE lanes_dot_sum<T, N> dot_start(lanes<T, N> const& a, std::int16_t ka, lanes<T, N> const& b,
                                                  std::int16_t kb) {
    lanes_dot_sum<T, N> s{};
    s.add(a, ka, b, kb);
    return s;
}

namespace detail {
/// The results of sums of bytes in 16 bits, for any order of the registers.
template <int N, class Registers>
struct lanes_short_sums {
    using bytes = lanes<std::uint8_t, N>;
    Registers reg[bytes::registers];

    template <int Shift>
    QUOIN_ALWAYS_INLINE bytes shifted() const {
        return bytes::make([&](auto i) QUOIN_LAMBDA_INLINE { return reg[i].template shifted<Shift>(); });
    }
    template <int Shift>
    QUOIN_ALWAYS_INLINE bytes unsigned_shifted() const {
        return bytes::make([&](auto i) QUOIN_LAMBDA_INLINE { return reg[i].template unsigned_shifted<Shift>(); });
    }
    QUOIN_ALWAYS_INLINE lanes<std::int16_t, N> value() const {
        lanes<std::int16_t, N> result;
        detail::unrolled<bytes::registers>([&](auto i) QUOIN_LAMBDA_INLINE { reg[i].value(result.reg + 2 * i); });
        return result;
    }
};
} // namespace detail

/// byte_sum for lanes.
template <int N>
struct lanes_byte_sum : detail::lanes_short_sums<N, detail::byte_registers> {
    using typename detail::lanes_short_sums<N, detail::byte_registers>::bytes;
    using detail::lanes_short_sums<N, detail::byte_registers>::reg;

    QUOIN_ALWAYS_INLINE void add(bytes const& a, int ka, bytes const& b, int kb) {
        detail::unrolled<bytes::registers>([&](auto i) QUOIN_LAMBDA_INLINE { reg[i].add(a.reg[i], ka, b.reg[i], kb); });
    }
    QUOIN_ALWAYS_INLINE void add_pair(bytes const& a, bytes const& b, std::int32_t factors) {
        detail::unrolled<bytes::registers>([&](auto i)
                                               QUOIN_LAMBDA_INLINE { reg[i].add_pair(a.reg[i], b.reg[i], factors); });
    }
    QUOIN_ALWAYS_INLINE void add(lanes_byte_sum const& other) {
        detail::unrolled<bytes::registers>([&](auto i) QUOIN_LAMBDA_INLINE { reg[i].add(other.reg[i]); });
    }
    QUOIN_ALWAYS_INLINE void add_value(std::int16_t value) {
        detail::unrolled<bytes::registers>([&](auto i) QUOIN_LAMBDA_INLINE { reg[i].add_value(value); });
    }
    QUOIN_ALWAYS_INLINE void multiply(std::int16_t factor) {
        detail::unrolled<bytes::registers>([&](auto i) QUOIN_LAMBDA_INLINE { reg[i].multiply(factor); });
    }
    template <int Shift>
    QUOIN_ALWAYS_INLINE void add_shifted(lanes_byte_sum const& other) {
        detail::unrolled<bytes::registers>(
            [&](auto i) QUOIN_LAMBDA_INLINE { reg[i].template add_shifted<Shift>(other.reg[i]); });
    }
    QUOIN_ALWAYS_INLINE void add_high_byte(lanes_byte_sum const& other) {
        detail::unrolled<bytes::registers>([&](auto i) QUOIN_LAMBDA_INLINE { reg[i].add_high_byte(other.reg[i]); });
    }
};

template <int N>
QUOIN_ALWAYS_INLINE lanes_byte_sum<N> byte_sum_start(lanes<std::uint8_t, N> const& a, int ka,
                                                     lanes<std::uint8_t, N> const& b, int kb) {
    lanes_byte_sum<N> s{};
    s.add(a, ka, b, kb);
    return s;
}

template <int N>
QUOIN_ALWAYS_INLINE lanes_byte_sum<N> byte_sum_empty(lanes<std::uint8_t, N> const&) {
    return {};
}

/// Sums of products of bytes with neighboring bytes, in 16 bits. For the indices 2 i and 2 i + 1 of a step,
///     sum(2 i) += Even0 * v[2 i] + Even1 * v[2 i + 1];  sum(2 i + 1) += Odd0 * v[2 i] + Odd1 * v[2 i + 1]
/// where v is loaded from anywhere around the step. The limits are those of byte_sum. There is no unpacking, so kernels
/// with long rows take half the work of byte_sum.
template <int N>
struct lanes_neighbor_sum : detail::lanes_short_sums<N, detail::neighbor_registers> {
    using typename detail::lanes_short_sums<N, detail::neighbor_registers>::bytes;
    using detail::lanes_short_sums<N, detail::neighbor_registers>::reg;

    template <int Even0, int Even1, int Odd0, int Odd1>
    QUOIN_ALWAYS_INLINE void add(bytes const& v) {
        detail::unrolled<bytes::registers>([&](auto i) QUOIN_LAMBDA_INLINE {
            auto const bytes_kept = detail::kept(v.reg[i]);
            reg[i].even = detail::add_pairs<Even0, Even1>(reg[i].even, bytes_kept);
            reg[i].odd = detail::add_pairs<Odd0, Odd1>(reg[i].odd, bytes_kept);
        });
    }
    /// Adds Factor * other.
    template <int Factor>
    QUOIN_ALWAYS_INLINE void add_times(lanes_neighbor_sum const& other) {
        using i16_batch = xsimd::batch<std::int16_t>;
        detail::unrolled<bytes::registers>([&](auto i) QUOIN_LAMBDA_INLINE {
            reg[i].even += other.reg[i].even * i16_batch(static_cast<std::int16_t>(Factor));
            reg[i].odd += other.reg[i].odd * i16_batch(static_cast<std::int16_t>(Factor));
        });
    }
    /// The same with factors that are known at run time, packed by byte_factors.
    QUOIN_ALWAYS_INLINE void add(bytes const& v, std::int32_t even, std::int32_t odd) {
        detail::unrolled<bytes::registers>([&](auto i) QUOIN_LAMBDA_INLINE {
            auto const bytes_kept = detail::kept(v.reg[i]);
            reg[i].even = detail::add_pairs(reg[i].even, bytes_kept, even);
            reg[i].odd = detail::add_pairs(reg[i].odd, bytes_kept, odd);
        });
    }
};

/// Empty sums, for steps of the given type.
template <int N>
QUOIN_ALWAYS_INLINE lanes_neighbor_sum<N> neighbor_sum_start(lanes<std::uint8_t, N> const&, int bias) {
    lanes_neighbor_sum<N> s;
    detail::unrolled<lanes<std::uint8_t, N>::registers>([&](auto i) QUOIN_LAMBDA_INLINE {
        s.reg[i].even = s.reg[i].odd = xsimd::batch<std::int16_t>(static_cast<std::int16_t>(bias));
    });
    return s;
}

/// lanes_neighbor_sum for 16-bit values with 32-bit sums. The limits are those of dot_sum.
template <int N>
struct lanes_neighbor_dot {
    using values = lanes<std::int16_t, N>;
    detail::neighbor_dot_registers reg[values::registers];

    QUOIN_ALWAYS_INLINE void add(values const& v, std::int16_t even0, std::int16_t even1, std::int16_t odd0,
                                 std::int16_t odd1) {
        add(v, dot_factors(even0, even1), dot_factors(odd0, odd1));
    }
    /// The same with factors that are packed by dot_factors.
    QUOIN_ALWAYS_INLINE void add(values const& v, std::int32_t even, std::int32_t odd) {
        detail::unrolled<values::registers>([&](auto i) QUOIN_LAMBDA_INLINE { reg[i].add(v.reg[i], even, odd); });
    }
    template <int Even0, int Even1, int Odd0, int Odd1>
    QUOIN_ALWAYS_INLINE void add(values const& v) {
        add(v, Even0, Even1, Odd0, Odd1);
    }
    template <int Shift>
    QUOIN_ALWAYS_INLINE void add_shifted(lanes_neighbor_dot const& other) {
        detail::unrolled<values::registers>(
            [&](auto i) QUOIN_LAMBDA_INLINE { reg[i].template add_shifted<Shift>(other.reg[i]); });
    }
    /// sum / 2^Shift, rounded down and saturated to U: i16, u16 or u8.
    template <int Shift, concepts::channel U>
    QUOIN_ALWAYS_INLINE lanes<U, N> shifted() const {
        using W = std::conditional_t<sizeof(U) == 1, std::int16_t, U>;
        return saturate<U>(
            lanes<W, N>::make([&](auto i) QUOIN_LAMBDA_INLINE { return reg[i].template shifted<Shift, W>(); }));
    }
    QUOIN_ALWAYS_INLINE lanes<std::int32_t, N> value() const {
        lanes<std::int32_t, N> result;
        detail::unrolled<values::registers>([&](auto i) QUOIN_LAMBDA_INLINE { reg[i].value(result.reg + 2 * i); });
        return result;
    }
};

template <int N>
QUOIN_ALWAYS_INLINE lanes_neighbor_dot<N> neighbor_sum_start(lanes<std::int16_t, N> const&, int start = 0) {
    lanes_neighbor_dot<N> s;
    detail::unrolled<lanes<std::int16_t, N>::registers>(
        [&](auto i) QUOIN_LAMBDA_INLINE { s.reg[i] = detail::neighbor_dot_registers::all(start); });
    return s;
}

template <int N>
QUOIN_ALWAYS_INLINE lanes<std::uint8_t, N> rounded_hypot(lanes_byte_sum<N> const& x, lanes_byte_sum<N> const& y) {
    return lanes<std::uint8_t, N>::make([&](auto i)
                                            QUOIN_LAMBDA_INLINE { return detail::rounded_hypot(x.reg[i], y.reg[i]); });
}

/// Value i is x[8 i] + ... + x[8 i + 7].
template <int N>
QUOIN_ALWAYS_INLINE lanes<std::uint64_t, N / 8> sums_of_eight(lanes<std::uint8_t, N> const& x) {
    return lanes<std::uint64_t, N / 8>::make([&](auto i)
                                                 QUOIN_LAMBDA_INLINE { return detail::sums_of_eight(x.reg[i]); });
}

/// Value i is a[2 i] * b[2 i] + a[2 i + 1] * b[2 i + 1], which must fit 32 bits.
template <int N>
QUOIN_ALWAYS_INLINE lanes<std::int32_t, N / 2> pair_products(lanes<std::int16_t, N> const& a,
                                                             lanes<std::int16_t, N> const& b) {
    return lanes<std::int32_t, N / 2>::make(
        [&](auto i) QUOIN_LAMBDA_INLINE { return detail::pair_products(a.reg[i], b.reg[i]); });
}

QUOIN_NAMESPACE_END
