// SPDX-License-Identifier: BSL-1.0
// binary_descriptor: what is around a point of an image, as 256 bits.
#pragma once

#include <quoin/config.hpp>

#include <array>
#include <bit>
#include <cstdint>

QUOIN_NAMESPACE_BEGIN

/// 256 bits: bit i of the descriptor is bit i % 64 of word i / 64. Descriptors are alike where few bits differ.
using binary_descriptor = std::array<std::uint64_t, 4>;

/// How many bits differ, from 0 to 256.
constexpr int hamming_distance(binary_descriptor const& a, binary_descriptor const& b) {
    return std::popcount(a[0] ^ b[0]) + std::popcount(a[1] ^ b[1]) + std::popcount(a[2] ^ b[2]) +
           std::popcount(a[3] ^ b[3]);
}

QUOIN_NAMESPACE_END
