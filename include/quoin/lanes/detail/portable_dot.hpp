// SPDX-License-Identifier: BSL-1.0
// Sums of products and lengths of vectors, for instruction sets without a backend.
#pragma once

#include <quoin/lanes/detail/portable.hpp>
#include <quoin/lanes/detail/portable_byte_table.hpp>
#include <quoin/lanes/products.hpp>
#include <quoin/lanes/sums.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

inline constexpr bool has_fast_byte_table = false;
inline constexpr bool has_tap_windows = false;

/// Sums of two bytes each.
struct sums_registers {
    static constexpr int count = static_cast<int>(xsimd::batch<std::uint8_t>::size);
    two_sums of[count];

    sums_registers() = default;
    QUOIN_ALWAYS_INLINE sums_registers(xsimd::batch<std::uint8_t> const& a, xsimd::batch<std::uint8_t> const& b,
                                       xsimd::batch<std::uint8_t> const& c, xsimd::batch<std::uint8_t> const& d) {
        alignas(64) std::uint8_t x[4][count];
        a.store_aligned(x[0]);
        b.store_aligned(x[1]);
        c.store_aligned(x[2]);
        d.store_aligned(x[3]);
        for (int i = 0; i < count; ++i) of[i] = quoin::sums_of_two(x[0][i], x[1][i], x[2][i], x[3][i]);
    }
};

template <class T>
struct dot_registers {
    static constexpr int count = static_cast<int>(xsimd::batch<T>::size);
    alignas(64) std::int32_t sum[count] = {};

    QUOIN_ALWAYS_INLINE void add_pair(xsimd::batch<T> const& a, xsimd::batch<T> const& b, std::int32_t factors) {
        int const ka = static_cast<std::int16_t>(factors & 0xFFFF), kb = static_cast<std::int16_t>(factors >> 16);
        alignas(64) T x[count], y[count];
        a.store_aligned(x);
        b.store_aligned(y);
        for (int i = 0; i < count; ++i) sum[i] += x[i] * ka + y[i] * kb;
    }
    QUOIN_ALWAYS_INLINE void add(sums_registers const& sums, std::int32_t factors) {
        for (int i = 0; i < count; ++i) {
            dot_sum all{sum[i]};
            all.add(sums.of[i], factors);
            sum[i] = all.sum;
        }
    }
    template <int Shift>
    QUOIN_ALWAYS_INLINE void add_shifted(dot_registers const& other) {
        for (int i = 0; i < count; ++i) sum[i] += other.sum[i] >> Shift;
    }
    QUOIN_ALWAYS_INLINE void value(xsimd::batch<std::int32_t>* result) const { load_registers(sum, result); }
    QUOIN_ALWAYS_INLINE dot_registers joined(int bits, dot_registers const& low) const {
        dot_registers result;
        for (int i = 0; i < count; ++i) result.sum[i] = (sum[i] << bits) + low.sum[i];
        return result;
    }
    template <class U>
    QUOIN_ALWAYS_INLINE void rounded(int shift, xsimd::batch<U>* result) const {
        alignas(64) U values[count];
        for (int i = 0; i < count; ++i) values[i] = dot_sum{sum[i]}.template rounded<U>(shift);
        load_registers(values, result);
    }

    template <class U, std::size_t Count>
    static QUOIN_ALWAYS_INLINE void load_registers(U const (&values)[Count], xsimd::batch<U>* result) {
        constexpr std::size_t size = xsimd::batch<U>::size;
        for (std::size_t i = 0; i < Count / size; ++i) result[i] = xsimd::batch<U>::load_aligned(values + i * size);
    }
};

struct register_products {
    using values = xsimd::batch<std::int16_t>;
    static constexpr int count = static_cast<int>(values::size);
    alignas(64) std::int32_t sum[count] = {};

    QUOIN_ALWAYS_INLINE void add(values const& a, values const& ka, values const& b, values const& kb) {
        alignas(64) std::int16_t x[4][count];
        a.store_aligned(x[0]);
        ka.store_aligned(x[1]);
        b.store_aligned(x[2]);
        kb.store_aligned(x[3]);
        for (int i = 0; i < count; ++i) sum[i] += x[0][i] * x[1][i] + x[2][i] * x[3][i];
    }
    QUOIN_ALWAYS_INLINE void value(xsimd::batch<std::int32_t>* result) const {
        dot_registers<std::int16_t>::load_registers(sum, result);
    }
};

QUOIN_ALWAYS_INLINE xsimd::batch<std::uint16_t> by_values(xsimd::batch<std::uint16_t> const& a,
                                                          xsimd::batch<std::uint16_t> const& b, auto const& f) {
    constexpr int count = static_cast<int>(xsimd::batch<std::uint16_t>::size);
    alignas(64) std::uint16_t x[count], y[count];
    a.store_aligned(x);
    b.store_aligned(y);
    for (int i = 0; i < count; ++i) x[i] = f(x[i], y[i]);
    return xsimd::batch<std::uint16_t>::load_aligned(x);
}
QUOIN_ALWAYS_INLINE xsimd::batch<std::uint16_t> register_high_product(xsimd::batch<std::uint16_t> const& a,
                                                                      xsimd::batch<std::uint16_t> const& b) {
    return by_values(a, b, [](std::uint16_t x, std::uint16_t y) QUOIN_LAMBDA_INLINE { return high_product(x, y); });
}
QUOIN_ALWAYS_INLINE xsimd::batch<std::uint16_t> register_power_quotient(xsimd::batch<std::uint16_t> const& v,
                                                                        xsimd::batch<std::uint16_t> const& k) {
    return by_values(v, k, [](std::uint16_t x, std::uint16_t y) QUOIN_LAMBDA_INLINE { return power_quotient(x, y); });
}

struct byte_registers {
    using bytes = xsimd::batch<std::uint8_t>;
    static constexpr int count = static_cast<int>(bytes::size);
    alignas(64) std::int16_t sum[count] = {};

    QUOIN_ALWAYS_INLINE void add(bytes const& a, int ka, bytes const& b, int kb) {
        alignas(64) std::uint8_t x[count], y[count];
        a.store_aligned(x);
        b.store_aligned(y);
        for (int i = 0; i < count; ++i) sum[i] = static_cast<std::int16_t>(sum[i] + x[i] * ka + y[i] * kb);
    }
    QUOIN_ALWAYS_INLINE void add_pair(bytes const& a, bytes const& b, std::int32_t factors) {
        add(a, static_cast<std::int8_t>(factors & 255), b, static_cast<std::int8_t>((factors >> 8) & 255));
    }
    QUOIN_ALWAYS_INLINE void add(byte_registers const& other) { add_shifted<0>(other); }
    QUOIN_ALWAYS_INLINE void add_value(std::int16_t value) {
        for (int i = 0; i < count; ++i) sum[i] = static_cast<std::int16_t>(sum[i] + value);
    }
    QUOIN_ALWAYS_INLINE void multiply(std::int16_t factor) {
        for (int i = 0; i < count; ++i) sum[i] = static_cast<std::int16_t>((sum[i] * factor + (1 << 14)) >> 15);
    }
    template <int Shift>
    QUOIN_ALWAYS_INLINE void add_shifted(byte_registers const& other) {
        for (int i = 0; i < count; ++i) sum[i] = static_cast<std::int16_t>(sum[i] + (other.sum[i] >> Shift));
    }
    QUOIN_ALWAYS_INLINE void add_high_byte(byte_registers const& other) { add_shifted<8>(other); }
    template <int Shift>
    QUOIN_ALWAYS_INLINE bytes shifted() const {
        return each([](std::int16_t s) { return byte_sum{s}.template shifted<Shift>(); });
    }
    template <int Shift>
    QUOIN_ALWAYS_INLINE bytes unsigned_shifted() const {
        return each([](std::int16_t s) { return byte_sum{s}.template unsigned_shifted<Shift>(); });
    }
    QUOIN_ALWAYS_INLINE void value(xsimd::batch<std::int16_t>* result) const {
        dot_registers<std::int16_t>::load_registers(sum, result);
    }

private:
    template <class F>
    QUOIN_ALWAYS_INLINE bytes each(F const& f) const {
        alignas(64) std::uint8_t values[count];
        for (int i = 0; i < count; ++i) values[i] = f(sum[i]);
        return bytes::load_aligned(values);
    }
};

QUOIN_ALWAYS_INLINE xsimd::batch<std::uint8_t> const& kept(xsimd::batch<std::uint8_t> const& a) {
    return a;
}

/// sum + k0 * (even bytes of a) + k1 * (odd bytes of a), with the factors of byte_factors(k0, k1).
QUOIN_ALWAYS_INLINE xsimd::batch<std::int16_t> add_pairs(xsimd::batch<std::int16_t> const& sum,
                                                         xsimd::batch<std::uint8_t> const& a, std::int32_t factors) {
    int const k0 = static_cast<signed char>(factors & 255), k1 = static_cast<signed char>((factors >> 8) & 255);
    constexpr int count = byte_registers::count / 2;
    alignas(64) std::uint8_t x[2 * count];
    alignas(64) std::int16_t result[count];
    a.store_aligned(x);
    sum.store_aligned(result);
    for (int i = 0; i < count; ++i)
        result[i] = static_cast<std::int16_t>(result[i] + k0 * x[2 * i] + k1 * x[2 * i + 1]);
    return xsimd::batch<std::int16_t>::load_aligned(result);
}
template <int K0, int K1>
QUOIN_ALWAYS_INLINE xsimd::batch<std::int16_t> add_pairs(xsimd::batch<std::int16_t> const& sum,
                                                         xsimd::batch<std::uint8_t> const& a) {
    return add_pairs(sum, a, byte_factors(K0, K1));
}

/// Sums for the even and the odd indices of a register of bytes.
struct neighbor_registers {
    using i16_batch = xsimd::batch<std::int16_t>;
    i16_batch even, odd;

    template <int Shift>
    QUOIN_ALWAYS_INLINE xsimd::batch<std::uint8_t> shifted() const {
        return in_order().template shifted<Shift>();
    }
    template <int Shift>
    QUOIN_ALWAYS_INLINE xsimd::batch<std::uint8_t> unsigned_shifted() const {
        return in_order().template unsigned_shifted<Shift>();
    }
    QUOIN_ALWAYS_INLINE void value(i16_batch* result) const { in_order().value(result); }

private:
    QUOIN_ALWAYS_INLINE byte_registers in_order() const {
        constexpr int count = byte_registers::count / 2;
        alignas(64) std::int16_t x[count], y[count];
        even.store_aligned(x);
        odd.store_aligned(y);
        byte_registers result;
        for (int i = 0; i < 2 * count; ++i) result.sum[i] = i % 2 == 0 ? x[i / 2] : y[i / 2];
        return result;
    }
};

/// Sums for the even and the odd indices of a register of 16-bit values.
struct neighbor_dot_registers : dot_registers<std::int16_t> {
    QUOIN_ALWAYS_INLINE void add(xsimd::batch<std::int16_t> const& a, std::int32_t even, std::int32_t odd) {
        alignas(64) std::int16_t x[count];
        a.store_aligned(x);
        for (int i = 0; i < count; i += 2) {
            dot_sum first{sum[i]}, second{sum[i + 1]};
            first.add_pair(x[i], x[i + 1], even);
            second.add_pair(x[i], x[i + 1], odd);
            sum[i] = first.sum;
            sum[i + 1] = second.sum;
        }
    }
    static QUOIN_ALWAYS_INLINE neighbor_dot_registers all(int value) {
        neighbor_dot_registers result;
        for (auto& s : result.sum) s = value;
        return result;
    }
    template <int Shift, class U>
    QUOIN_ALWAYS_INLINE xsimd::batch<U> shifted() const {
        alignas(64) U values[count];
        for (int i = 0; i < count; ++i) values[i] = dot_sum{sum[i]}.template shifted<Shift, U>();
        return xsimd::batch<U>::load_aligned(values);
    }
};

QUOIN_ALWAYS_INLINE xsimd::batch<std::uint8_t> rounded_hypot(byte_registers const& x, byte_registers const& y) {
    alignas(64) std::uint8_t values[byte_registers::count];
    for (int i = 0; i < byte_registers::count; ++i)
        values[i] = quoin::rounded_hypot(byte_sum{x.sum[i]}, byte_sum{y.sum[i]});
    return xsimd::batch<std::uint8_t>::load_aligned(values);
}

QUOIN_ALWAYS_INLINE xsimd::batch<std::int16_t> rounded_hypot(xsimd::batch<std::int16_t> const& a,
                                                             xsimd::batch<std::int16_t> const& b) {
    constexpr int count = static_cast<int>(xsimd::batch<std::int16_t>::size);
    alignas(64) std::int16_t x[count], y[count];
    a.store_aligned(x);
    b.store_aligned(y);
    for (int i = 0; i < count; ++i) x[i] = quoin::rounded_hypot(x[i], y[i]);
    return xsimd::batch<std::int16_t>::load_aligned(x);
}

} // namespace detail

QUOIN_NAMESPACE_END
