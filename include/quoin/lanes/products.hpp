// SPDX-License-Identifier: BSL-1.0
// Products of values with weights that differ from pixel to pixel, for one scalar. lanes_products.hpp has the same
// functions for many pixels at once.
#pragma once

#include <quoin/lanes/arithmetic.hpp>

QUOIN_NAMESPACE_BEGIN

/// floor(a b / 2^16).
QUOIN_INLINE std::uint16_t high_product(std::uint16_t a, std::uint16_t b) {
    return static_cast<std::uint16_t>((static_cast<std::uint32_t>(a) * b) >> 16);
}

/// min(a + b, 65535).
QUOIN_INLINE std::uint16_t saturating_sum(std::uint16_t a, std::uint16_t b) {
    return static_cast<std::uint16_t>(min(a + b, 65535));
}

/// floor(v / 2^(k + 1)), for k in 0..15.
QUOIN_INLINE std::uint16_t power_quotient(std::uint16_t v, std::uint16_t k) {
    return static_cast<std::uint16_t>(v >> (k + 1));
}

/// A sum of products in 32 bits, two products at a time, which it must fit.
struct product_sum {
    std::int32_t sum = 0;

    QUOIN_INLINE void add(std::int16_t a, std::int16_t ka, std::int16_t b, std::int16_t kb) { sum += a * ka + b * kb; }
    /// Of the bytes at a and b.
    QUOIN_INLINE void add(std::uint8_t const* a, std::int16_t ka, std::uint8_t const* b, std::int16_t kb) {
        sum += *a * ka + *b * kb;
    }
    QUOIN_INLINE std::int32_t value() const { return sum; }
};

/// An empty sum of products of values like the given one.
QUOIN_INLINE product_sum products_like(std::int16_t) {
    return {};
}

QUOIN_NAMESPACE_END
