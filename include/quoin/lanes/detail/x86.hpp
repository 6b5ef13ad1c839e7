// SPDX-License-Identifier: BSL-1.0
// What SSE2, AVX2 and AVX-512 share: their packing and unpacking work within 128-bit blocks, so that "unpack, compute,
// pack" keeps the order without a permutation. Each instruction set's header defines the primitives of struct isa.
#pragma once

#include <quoin/lanes/detail/portable.hpp>

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

/// Widening and float conversions for which the compiler's own vector conversions are slow.
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

/// Part I of a register of T as a register of U.
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

/// As many T from memory as fill a register of U.
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

/// Two 16-bit factors in one 32-bit value, as madd16 wants them.
QUOIN_ALWAYS_INLINE batch_i32 factor_pair(std::int16_t low, std::int16_t high) {
    return batch_i32(static_cast<std::int32_t>(static_cast<std::uint16_t>(low) |
                                               static_cast<std::uint32_t>(static_cast<std::uint16_t>(high)) << 16));
}

/// Sums of two products each for one register of 16-bit values: low and high halves of every 128-bit block.
struct dot_registers {
    batch_i32 low{std::int32_t{0}}, high{std::int32_t{0}};

    QUOIN_ALWAYS_INLINE void add(batch_i16 const& a, std::int16_t ka, batch_i16 const& b, std::int16_t kb) {
        batch_i32 const k = factor_pair(ka, kb);
        low += batch_i32(isa::madd16(isa::unpack_low16(a, b), k));
        high += batch_i32(isa::madd16(isa::unpack_high16(a, b), k));
    }
    template <int Shift>
    QUOIN_ALWAYS_INLINE batch_i16 scaled() const {
        batch_i32 const half(std::int32_t{1} << (Shift - 1));
        return batch_i16(isa::packs32((low + half) >> Shift, (high + half) >> Shift));
    }
    /// The sums in the order of the values.
    QUOIN_ALWAYS_INLINE void value(batch_i32& first, batch_i32& second) const {
        isa::blocks_in_order(low, high, first.data, second.data);
    }
};

QUOIN_ALWAYS_INLINE batch_i32 rounded_root(batch_i32 const& squares) {
    return batch_i32(isa::round_to_i32(xsimd::sqrt(batch_f32(isa::to_f32(squares)))));
}

QUOIN_ALWAYS_INLINE batch_i16 rounded_hypot(batch_i16 const& a, batch_i16 const& b) {
    auto const low = isa::unpack_low16(a, b);
    auto const high = isa::unpack_high16(a, b);
    return batch_i16(isa::packs32(rounded_root(batch_i32(isa::madd16(low, low))),
                                  rounded_root(batch_i32(isa::madd16(high, high)))));
}

} // namespace detail

QUOIN_INTRINSICS_END
QUOIN_NAMESPACE_END
