// SPDX-License-Identifier: BSL-1.0
// Numbers in the bytes of a file.
#pragma once

#include <quoin/config.hpp>

#include <array>
#include <cstdint>

QUOIN_NAMESPACE_BEGIN

namespace detail {

constexpr std::uint32_t little_endian(unsigned char const* p, int bytes) {
    std::uint32_t v = 0;
    for (int i = bytes - 1; i >= 0; --i) v = v << 8 | p[i];
    return v;
}

constexpr std::uint32_t big_endian(unsigned char const* p, int bytes = 4) {
    std::uint32_t v = 0;
    for (int i = 0; i < bytes; ++i) v = v << 8 | p[i];
    return v;
}

/// Stores the lowest `size` bytes of a value, the highest of them first.
template <class Byte, class T>
constexpr void store_big_endian(Byte* out, T value, int size) {
    for (int i = 0; i < size; ++i) out[i] = static_cast<Byte>(value >> (8 * (size - 1 - i)) & 255);
}

/// v of 0 .. most in 0 .. 255, rounded half up.
constexpr std::uint8_t scaled_to_byte(std::uint64_t v, std::uint64_t most) {
    return static_cast<std::uint8_t>((v * 255 + most / 2) / most);
}

/// A color of a palette, or of one pixel: red, green, blue, alpha.
using rgba_bytes = std::array<std::uint8_t, 4>;

/// The 15 bits xRRRRRGGGGGBBBBB.
constexpr rgba_bytes color_of_15_bits(std::uint32_t v) {
    return {scaled_to_byte(v >> 10 & 31, 31), scaled_to_byte(v >> 5 & 31, 31), scaled_to_byte(v & 31, 31), 255};
}

} // namespace detail

QUOIN_NAMESPACE_END
