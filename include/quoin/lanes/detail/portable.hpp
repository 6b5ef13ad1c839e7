// SPDX-License-Identifier: BSL-1.0
// Packing and de-interleaving for any instruction set, value by value through memory.
#pragma once

#include <quoin/core/geometry.hpp>
#include <quoin/lanes/arithmetic.hpp>
#include <quoin/lanes/detail/xsimd.hpp>

#include <type_traits>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A byte shuffle, the same in every 128-bit part. An index of -1 gives a zero.
struct byte_order {
    alignas(16) signed char from[16];
};

/// The values of a, then those of b, saturated to U.
template <class U, class T>
QUOIN_ALWAYS_INLINE xsimd::batch<U> pack(std::type_identity<U>, xsimd::batch<T> const& a, xsimd::batch<T> const& b) {
    constexpr int half = static_cast<int>(xsimd::batch<T>::size);
    alignas(64) T from[2 * half];
    alignas(64) U to[2 * half];
    a.store_aligned(from);
    b.store_aligned(from + half);
    for (int i = 0; i < 2 * half; ++i) to[i] = saturate<U>(from[i]);
    return xsimd::batch<U>::load_aligned(to);
}

/// sums[i] = a[8 i] + ... + a[8 i + 7].
template <class T>
    requires std::same_as<T, std::uint8_t>
QUOIN_ALWAYS_INLINE xsimd::batch<std::uint64_t> sums_of_eight(xsimd::batch<T> const& a) {
    alignas(64) T values[xsimd::batch<T>::size];
    alignas(64) std::uint64_t sums[xsimd::batch<std::uint64_t>::size] = {};
    a.store_aligned(values);
    for (int i = 0; i < static_cast<int>(xsimd::batch<T>::size); ++i) sums[i / 8] += values[i];
    return xsimd::batch<std::uint64_t>::load_aligned(sums);
}

/// products[i] = a[2 i] * b[2 i] + a[2 i + 1] * b[2 i + 1].
template <class T>
    requires std::same_as<T, std::int16_t>
QUOIN_ALWAYS_INLINE xsimd::batch<std::int32_t> pair_products(xsimd::batch<T> const& a, xsimd::batch<T> const& b) {
    alignas(64) T x[xsimd::batch<T>::size], y[xsimd::batch<T>::size];
    alignas(64) std::int32_t products[xsimd::batch<std::int32_t>::size];
    a.store_aligned(x);
    b.store_aligned(y);
    for (int i = 0; i < static_cast<int>(xsimd::batch<std::int32_t>::size); ++i)
        products[i] = x[2 * i] * y[2 * i] + x[2 * i + 1] * y[2 * i + 1];
    return xsimd::batch<std::int32_t>::load_aligned(products);
}

/// x > low ? x : low. The result is low if x is NaN.
template <class T>
QUOIN_ALWAYS_INLINE xsimd::batch<T> raised(xsimd::batch<T> const& x, xsimd::batch<T> const& low) {
    return xsimd::select(x > low, x, low);
}

/// Transposes a square of Side registers of Side values, or the squares in each 128-bit part of the registers. low()
/// and high() interleave the values of the lower and upper halves.
template <int Side, class Register, class Low, class High>
QUOIN_ALWAYS_INLINE void exchange_axes(Register (&line)[Side], Low const& low, High const& high) {
    for (int done = 1; done < Side; done *= 2) {
        Register next[Side];
        for (int i = 0; i < Side / 2; ++i) {
            next[2 * i] = low(line[i], line[i + Side / 2]);
            next[2 * i + 1] = high(line[i], line[i + Side / 2]);
        }
        for (int i = 0; i < Side; ++i) line[i] = next[i];
    }
}

/// planes[c] = the values p[c], p[c + Channels], p[c + 2 * Channels], ...
template <int Channels, class T, class Registers>
QUOIN_ALWAYS_INLINE void deinterleave(T const* p, Registers& planes) {
    constexpr int size = static_cast<int>(xsimd::batch<T>::size);
    alignas(64) T values[Channels][size];
    for (int i = 0; i < size; ++i)
        for (int c = 0; c < Channels; ++c) values[c][i] = p[i * Channels + c];
    for (int c = 0; c < Channels; ++c) planes[c] = xsimd::batch<T>::load_aligned(values[c]);
}

template <int Channels, class T, class Registers>
QUOIN_ALWAYS_INLINE void interleave(Registers const& planes, T* p) {
    constexpr int size = static_cast<int>(xsimd::batch<T>::size);
    alignas(64) T values[Channels][size];
    for (int c = 0; c < Channels; ++c) planes[c].store_aligned(values[c]);
    for (int i = 0; i < size; ++i)
        for (int c = 0; c < Channels; ++c) p[i * Channels + c] = values[c][i];
}

/// The sums of a tap_table along bytes and along 16-bit values, where a backend has_tap_windows.
template <class Weight>
class tap_windows;
class tap_dots;

/// Transposes as many rows as a register has values, and 16 / sizeof(T) columns: to[c * to_stride + r] =
/// from[r * stride + c].
template <class T>
QUOIN_ALWAYS_INLINE void transpose_part(T const* from, index_t stride, T* to, index_t to_stride) {
    constexpr int rows = static_cast<int>(xsimd::batch<T>::size), columns = 16 / sizeof(T);
    if constexpr (rows == columns) {
        xsimd::batch<T> line[rows];
        for (int r = 0; r < rows; ++r) line[r] = xsimd::batch<T>::load_unaligned(from + r * stride);
        exchange_axes<rows>(line, [](auto const& a, auto const& b) { return xsimd::zip_lo(a, b); },
                            [](auto const& a, auto const& b) { return xsimd::zip_hi(a, b); });
        for (int c = 0; c < columns; ++c) line[c].store_unaligned(to + c * to_stride);
    } else {
        for (int c = 0; c < columns; ++c)
            for (int r = 0; r < rows; ++r) to[c * to_stride + r] = from[r * stride + c];
    }
}

} // namespace detail

QUOIN_NAMESPACE_END
