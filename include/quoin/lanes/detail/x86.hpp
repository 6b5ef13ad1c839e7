// SPDX-License-Identifier: BSL-1.0
// The common part of SSE2, AVX2 and AVX-512. Their packing and unpacking work within 128-bit parts, so "unpack,
// compute, pack" keeps the order without a permutation. The header of each instruction set defines the primitives of
// struct isa.
#pragma once

#include <quoin/core/detail/unrolled.hpp>
#include <quoin/lanes/detail/portable.hpp>
#include <quoin/lanes/sums.hpp>

QUOIN_NAMESPACE_BEGIN
QUOIN_INTRINSICS_BEGIN

namespace detail {

using batch_u8 = xsimd::batch<std::uint8_t>;
using batch_u16 = xsimd::batch<std::uint16_t>;
using batch_i16 = xsimd::batch<std::int16_t>;
using batch_i32 = xsimd::batch<std::int32_t>;
using batch_f32 = xsimd::batch<float>;

QUOIN_ALWAYS_INLINE batch_u8 pack(std::type_identity<std::uint8_t>, batch_i16 const& a, batch_i16 const& b) {
    return batch_u8(isa::restore_order(isa::packus16(a, b)));
}
QUOIN_ALWAYS_INLINE batch_i16 pack(std::type_identity<std::int16_t>, batch_i32 const& a, batch_i32 const& b) {
    return batch_i16(isa::restore_order(isa::packs32(a, b)));
}
QUOIN_ALWAYS_INLINE batch_u16 pack(std::type_identity<std::uint16_t>, batch_i32 const& a, batch_i32 const& b) {
    return batch_u16(isa::restore_order(isa::packus32(a, b)));
}

QUOIN_ALWAYS_INLINE xsimd::batch<std::uint64_t> sums_of_eight(batch_u8 const& a) {
    return xsimd::batch<std::uint64_t>(isa::sums_of_eight(a));
}

QUOIN_ALWAYS_INLINE xsimd::batch<std::int32_t> pair_products(xsimd::batch<std::int16_t> const& a,
                                                             xsimd::batch<std::int16_t> const& b) {
    return xsimd::batch<std::int32_t>(isa::madd16(a, b));
}

/// The instruction returns its second operand if one of them is NaN.
template <std::floating_point T>
QUOIN_ALWAYS_INLINE xsimd::batch<T> raised(xsimd::batch<T> const& x, xsimd::batch<T> const& low) {
    return xsimd::max(x, low);
}

/// Widening and floating-point conversions for which the compiler's vector conversions are slow.
template <class U, class T>
inline constexpr bool widens_u8 = std::same_as<T, std::uint8_t> && std::integral<U> && sizeof(U) <= 4;
template <class U, class T>
inline constexpr bool widens_16 = std::integral<T> && sizeof(T) == 2 && std::integral<U> && sizeof(U) == 4;

template <class U, class T>
    requires(sizeof(U) == 2 * sizeof(T))
QUOIN_ALWAYS_INLINE xsimd::batch<U> widen_half(isa::half_reg part) {
    if constexpr (sizeof(T) == 1) return xsimd::batch<U>(isa::widen_u8_16(part));
    else if constexpr (std::is_signed_v<T>) return xsimd::batch<U>(isa::widen_i16_32(part));
    else return xsimd::batch<U>(isa::widen_u16_32(part));
}

/// Part I of a register of T, as a register of U.
template <class U, int I, class T>
    requires((widens_u8<U, T> || widens_16<U, T>) && sizeof(U) > sizeof(T))
QUOIN_ALWAYS_INLINE xsimd::batch<U> widen_part(xsimd::batch<T> const& a) {
    if constexpr (sizeof(U) == 4 * sizeof(T)) return xsimd::batch<U>(isa::widen_u8_32(isa::quarter<I>(a)));
    else return widen_half<U, T>(isa::half<I>(a));
}
template <class U, int I>
    requires std::same_as<U, double>
QUOIN_ALWAYS_INLINE xsimd::batch<double> widen_part(batch_i32 const& a) {
    return xsimd::batch<double>(isa::i32_to_f64(isa::half<I>(a)));
}
template <class U, int I>
    requires std::same_as<U, double>
QUOIN_ALWAYS_INLINE xsimd::batch<double> widen_part(batch_f32 const& a) {
    return xsimd::batch<double>(isa::f32_to_f64(isa::half<I>((isa::reg)a.data)));
}

/// Loads as many T as fill a register of U.
template <class U, class T>
    requires((widens_u8<U, T> || widens_16<U, T>) && sizeof(U) > sizeof(T))
QUOIN_ALWAYS_INLINE xsimd::batch<U> widen_load(T const* p) {
    if constexpr (sizeof(U) == 4 * sizeof(T)) return xsimd::batch<U>(isa::widen_u8_32(isa::load_quarter(p)));
    else return widen_half<U, T>(isa::load_half(p));
}

template <class U>
    requires std::same_as<U, std::int32_t>
QUOIN_ALWAYS_INLINE batch_i32 convert_register(batch_f32 const& a) {
    return batch_i32(isa::truncate_f32(a));
}
template <class U>
    requires std::same_as<U, float>
QUOIN_ALWAYS_INLINE batch_f32 convert_register(batch_i32 const& a) {
    return batch_f32(isa::to_f32(a));
}
template <class U>
    requires std::same_as<U, std::int32_t>
QUOIN_ALWAYS_INLINE batch_i32 join_converted(xsimd::batch<double> const& a, xsimd::batch<double> const& b) {
    return batch_i32(isa::truncate_f64(a, b));
}
template <class U>
    requires std::same_as<U, float>
QUOIN_ALWAYS_INLINE batch_f32 join_converted(xsimd::batch<double> const& a, xsimd::batch<double> const& b) {
    return batch_f32(isa::narrow_f64(a, b));
}

/// Sums of products of 16-bit values: the low and the high halves of every 128-bit part.
struct register_products {
    batch_i32 low{std::int32_t{0}}, high{std::int32_t{0}};

    QUOIN_ALWAYS_INLINE void add(batch_i16 const& a, batch_i16 const& ka, batch_i16 const& b, batch_i16 const& kb) {
        low = isa::madd16_add(low, isa::unpack_low16(a, b), isa::unpack_low16(ka, kb));
        high = isa::madd16_add(high, isa::unpack_high16(a, b), isa::unpack_high16(ka, kb));
    }
    QUOIN_ALWAYS_INLINE void value(batch_i32* result) const {
        isa::parts_in_order(low, high, result[0].data, result[1].data);
    }
};
QUOIN_ALWAYS_INLINE batch_u16 register_high_product(batch_u16 const& a, batch_u16 const& b) {
    return batch_u16(isa::high_product16(a, b));
}
QUOIN_ALWAYS_INLINE batch_u16 register_power_quotient(batch_u16 const& v, batch_u16 const& k) {
    return batch_u16(isa::halved16(v, k));
}

template <class T>
struct dot_registers;

/// Sums of two products each for one register of 16-bit values: the low and high halves of every 128-bit part.
template <>
struct dot_registers<std::int16_t> {
    batch_i32 low{std::int32_t{0}}, high{std::int32_t{0}};

    QUOIN_ALWAYS_INLINE void add_pair(batch_i16 const& a, batch_i16 const& b, std::int32_t factors) {
        batch_i32 const k(factors);
        low = isa::madd16_add(low, isa::unpack_low16(a, b), k);
        high = isa::madd16_add(high, isa::unpack_high16(a, b), k);
    }
    template <int Shift>
    QUOIN_ALWAYS_INLINE void add_shifted(dot_registers const& other) {
        low += other.low >> Shift;
        high += other.high >> Shift;
    }
    /// The sums in the order of the values.
    QUOIN_ALWAYS_INLINE void value(batch_i32* result) const {
        isa::parts_in_order(low, high, result[0].data, result[1].data);
    }
    QUOIN_ALWAYS_INLINE dot_registers joined(int bits, dot_registers const& other) const {
        dot_registers result;
        result.low = (low << bits) + other.low;
        result.high = (high << bits) + other.high;
        return result;
    }
    QUOIN_ALWAYS_INLINE void rounded(int shift, batch_i16* result) const {
        batch_i32 const half(std::int32_t{(1 << shift) >> 1});
        *result = batch_i16(isa::packs32((low + half) >> shift, (high + half) >> shift));
    }
};

/// Sums of two bytes each, in turns those of a and b and those of c and d: the quarters of every 128-bit part.
struct sums_registers {
    typename isa::reg part[4];

    sums_registers() = default;
    QUOIN_ALWAYS_INLINE sums_registers(batch_u8 const& a, batch_u8 const& b, batch_u8 const& c, batch_u8 const& d) {
        batch_u8 const ones(std::uint8_t{1});
        auto const w = isa::keep(a), x = isa::keep(b), y = isa::keep(c), z = isa::keep(d);
        auto const first_low = isa::madd8(isa::unpack_low8(w, x), ones);
        auto const first_high = isa::madd8(isa::unpack_high8(w, x), ones);
        auto const second_low = isa::madd8(isa::unpack_low8(y, z), ones);
        auto const second_high = isa::madd8(isa::unpack_high8(y, z), ones);
        part[0] = isa::unpack_low16(first_low, second_low);
        part[1] = isa::unpack_high16(first_low, second_low);
        part[2] = isa::unpack_low16(first_high, second_high);
        part[3] = isa::unpack_high16(first_high, second_high);
    }
};

/// The same for one register of bytes: the quarters of every 128-bit part.
template <>
struct dot_registers<std::uint8_t> {
    batch_i32 sum[4] = {batch_i32(std::int32_t{0}), batch_i32(std::int32_t{0}), batch_i32(std::int32_t{0}),
                        batch_i32(std::int32_t{0})};

    QUOIN_ALWAYS_INLINE void add_pair(batch_u8 const& a, batch_u8 const& b, std::int32_t factors) {
        batch_i32 const k(factors);
        batch_u8 const zero(std::uint8_t{0});
        auto const low = isa::unpack_low8(a, b), high = isa::unpack_high8(a, b);
        sum[0] = isa::madd16_add(sum[0], isa::unpack_low8(low, zero), k);
        sum[1] = isa::madd16_add(sum[1], isa::unpack_high8(low, zero), k);
        sum[2] = isa::madd16_add(sum[2], isa::unpack_low8(high, zero), k);
        sum[3] = isa::madd16_add(sum[3], isa::unpack_high8(high, zero), k);
    }
    QUOIN_ALWAYS_INLINE void add(sums_registers const& sums, std::int32_t factors) {
        batch_i32 const k(factors);
        unrolled<4>([&](auto i) QUOIN_LAMBDA_INLINE { sum[i] = isa::madd16_add(sum[i], sums.part[i], k); });
    }
    template <int Shift>
    QUOIN_ALWAYS_INLINE void add_shifted(dot_registers const& other) {
        // GCC 12 leaves a loop in memory.
        unrolled<4>([&](auto i) QUOIN_LAMBDA_INLINE { sum[i] += other.sum[i] >> Shift; });
    }
    QUOIN_ALWAYS_INLINE void value(batch_i32* result) const { isa::quarters_in_order(sum, result); }
    QUOIN_ALWAYS_INLINE dot_registers joined(int bits, dot_registers const& other) const {
        dot_registers result;
        for (int i = 0; i < 4; ++i) result.sum[i] = (sum[i] << bits) + other.sum[i];
        return result;
    }
    QUOIN_ALWAYS_INLINE void rounded(int shift, batch_u8* result) const {
        *result = batch_u8(isa::packus16(half(shift, 0), half(shift, 2)));
    }
    QUOIN_ALWAYS_INLINE void rounded(int shift, batch_i16* result) const {
        isa::parts_in_order(half(shift, 0), half(shift, 2), result[0].data, result[1].data);
    }

private:
    QUOIN_ALWAYS_INLINE typename isa::reg half(int shift, int first) const {
        batch_i32 const r(std::int32_t{(1 << shift) >> 1});
        return isa::packs32((sum[first] + r) >> shift, (sum[first + 1] + r) >> shift);
    }
};

/// Sums of products of bytes in 16 bits: the low and high halves of every 128-bit part.
struct byte_registers {
    batch_i16 low{std::int16_t{0}}, high{std::int16_t{0}};

    QUOIN_ALWAYS_INLINE void add(batch_u8 const& a, int ka, batch_u8 const& b, int kb) {
        // A sum without a bias starts with zero factors. Starting with the first taps made sobel_magnitude 8 % slower
        // with GCC 12.
        if (__builtin_constant_p(ka | kb) && (ka | kb) == 0) return;
        add_kept(a, b, isa::keep(batch_i16(static_cast<std::int16_t>((ka & 255) | ((kb & 255) << 8)))));
    }
    /// The same with factors that are known at run time, packed by byte_factors.
    QUOIN_ALWAYS_INLINE void add_pair(batch_u8 const& a, batch_u8 const& b, std::int32_t factors) {
        add_kept(a, b, batch_i32(factors));
    }
    QUOIN_ALWAYS_INLINE void add(byte_registers const& other) {
        low += other.low;
        high += other.high;
    }
    QUOIN_ALWAYS_INLINE void add_value(std::int16_t value) {
        batch_i16 const v(isa::keep(batch_i16(value)));
        low += v;
        high += v;
    }
    QUOIN_ALWAYS_INLINE void multiply(std::int16_t factor) {
        auto const k = isa::keep(batch_i16(factor));
        low = batch_i16(isa::rounded_product16(low, k));
        high = batch_i16(isa::rounded_product16(high, k));
    }
    template <int Shift>
    QUOIN_ALWAYS_INLINE void add_shifted(byte_registers const& other) {
        low += other.low >> Shift;
        high += other.high >> Shift;
    }
    QUOIN_ALWAYS_INLINE void add_high_byte(byte_registers const& other) { add_shifted<8>(other); }
    template <int Shift>
    QUOIN_ALWAYS_INLINE batch_u8 shifted() const {
        return batch_u8(isa::packus16(low >> Shift, high >> Shift));
    }
    template <int Shift>
    QUOIN_ALWAYS_INLINE batch_u8 unsigned_shifted() const {
        static_assert(Shift > 0);
        return batch_u8(isa::packus16(batch_u16(low.data) >> Shift, batch_u16(high.data) >> Shift));
    }
    QUOIN_ALWAYS_INLINE void value(batch_i16* result) const {
        isa::parts_in_order(low, high, result[0].data, result[1].data);
    }

private:
    QUOIN_ALWAYS_INLINE void add_kept(batch_u8 const& a, batch_u8 const& b, typename isa::reg k) {
        auto const x = isa::keep(a), y = isa::keep(b);
        low += batch_i16(isa::madd8(isa::unpack_low8(x, y), k));
        high += batch_i16(isa::madd8(isa::unpack_high8(x, y), k));
    }
};

/// The bytes in a register of their own.
QUOIN_ALWAYS_INLINE batch_u8 kept(batch_u8 const& a) {
    return batch_u8(isa::keep(a));
}

/// sum + k0 * (even bytes of a) + k1 * (odd bytes of a), with the factors of byte_factors(k0, k1).
QUOIN_ALWAYS_INLINE batch_i16 add_pairs(batch_i16 const& sum, batch_u8 const& a, std::int32_t factors) {
    return sum + batch_i16(isa::madd8(a, isa::keep(batch_i32(factors))));
}
template <int K0, int K1>
QUOIN_ALWAYS_INLINE batch_i16 add_pairs(batch_i16 const& sum, batch_u8 const& a) {
    if constexpr (K0 == 0 && K1 == 0) return sum;
    else return add_pairs(sum, a, byte_factors(K0, K1));
}

/// Sums for the even and the odd indices of a register of bytes.
struct neighbor_registers {
    batch_i16 even, odd;

    template <int Shift>
    QUOIN_ALWAYS_INLINE batch_u8 shifted() const {
        return batch_u8(isa::interleave_halves8(isa::packus16(even >> Shift, odd >> Shift)));
    }
    template <int Shift>
    QUOIN_ALWAYS_INLINE batch_u8 unsigned_shifted() const {
        static_assert(Shift > 0);
        return batch_u8(
            isa::interleave_halves8(isa::packus16(batch_u16(even.data) >> Shift, batch_u16(odd.data) >> Shift)));
    }
    QUOIN_ALWAYS_INLINE void value(batch_i16* result) const {
        isa::parts_in_order(isa::unpack_low16(even, odd), isa::unpack_high16(even, odd), result[0].data,
                            result[1].data);
    }
};

/// Sums for the even and the odd indices of a register of 16-bit values.
struct neighbor_dot_registers {
    batch_i32 even, odd;

    static QUOIN_ALWAYS_INLINE neighbor_dot_registers all(int value) {
        return {batch_i32(std::int32_t{value}), batch_i32(std::int32_t{value})};
    }
    QUOIN_ALWAYS_INLINE void add(batch_i16 const& a, std::int32_t even_factors, std::int32_t odd_factors) {
        auto const kept = isa::keep(a);
        even = isa::madd16_add(even, kept, isa::keep(batch_i32(even_factors)));
        odd = isa::madd16_add(odd, kept, isa::keep(batch_i32(odd_factors)));
    }
    template <int Shift>
    QUOIN_ALWAYS_INLINE void add_shifted(neighbor_dot_registers const& other) {
        even += other.even >> Shift;
        odd += other.odd >> Shift;
    }
    template <int Shift, class U>
    QUOIN_ALWAYS_INLINE xsimd::batch<U> shifted() const {
        auto const e = even >> Shift, o = odd >> Shift;
        return xsimd::batch<U>(
            isa::interleave_halves16(std::is_signed_v<U> ? isa::packs32(e, o) : isa::packus32(e, o)));
    }
    QUOIN_ALWAYS_INLINE void value(batch_i32* result) const {
        isa::parts_in_order(isa::unpack_low32(even, odd), isa::unpack_high32(even, odd), result[0].data,
                            result[1].data);
    }
};

/// Pairs of bytes.
template <int Channels>
    requires(Channels == 2)
QUOIN_ALWAYS_INLINE void deinterleave(std::uint8_t const* p, batch_u8 (&planes)[Channels]) {
    auto const a = xsimd::bitwise_cast<std::uint16_t>(batch_u8::load_unaligned(p));
    auto const b = xsimd::bitwise_cast<std::uint16_t>(batch_u8::load_unaligned(p + batch_u8::size));
    batch_u16 const low(std::uint16_t{255});
    planes[0] = batch_u8(isa::restore_order(isa::packus16(a & low, b & low)));
    planes[1] = batch_u8(isa::restore_order(isa::packus16(a >> 8, b >> 8)));
}
template <int Channels>
    requires(Channels == 2)
QUOIN_ALWAYS_INLINE void interleave(batch_u8 const (&planes)[Channels], std::uint8_t* p) {
    batch_u8 first, second;
    isa::parts_in_order(isa::unpack_low8(planes[0], planes[1]), isa::unpack_high8(planes[0], planes[1]), first.data,
                        second.data);
    first.store_unaligned(p);
    second.store_unaligned(p + batch_u8::size);
}

QUOIN_ALWAYS_INLINE batch_i32 rounded_root(batch_i32 const& squares) {
    return batch_i32(isa::round_to_i32(xsimd::sqrt(batch_f32(isa::to_f32(squares)))));
}

QUOIN_ALWAYS_INLINE batch_i16 rounded_hypot(batch_i16 const& a, batch_i16 const& b) {
    auto const low = isa::unpack_low16(a, b);
    auto const high = isa::unpack_high16(a, b);
    return batch_i16(
        isa::packs32(rounded_root(batch_i32(isa::madd16(low, low))), rounded_root(batch_i32(isa::madd16(high, high)))));
}

/// The same for results that matter only up to 256.
QUOIN_ALWAYS_INLINE batch_i16 byte_hypot(batch_i16 const& a, batch_i16 const& b) {
    auto const low = isa::unpack_low16(a, b);
    auto const high = isa::unpack_high16(a, b);
    return batch_i16(
        isa::packs32(isa::rounded_byte_root(isa::madd16(low, low)), isa::rounded_byte_root_2(isa::madd16(high, high))));
}

QUOIN_ALWAYS_INLINE batch_u8 rounded_hypot(byte_registers const& x, byte_registers const& y) {
    return batch_u8(isa::packus16(byte_hypot(x.low, y.low), byte_hypot(x.high, y.high)));
}

} // namespace detail

QUOIN_INTRINSICS_END
QUOIN_NAMESPACE_END
