// SPDX-License-Identifier: BSL-1.0
// Functions from masks to masks as whole stages.
#pragma once

#include <quoin/exec/detail/policy_ref.hpp>
#include <quoin/image/image_view.hpp>
#include <quoin/mask/detail/u64_rows.hpp>
#include <quoin/pipe/operation.hpp>
#include <quoin/pipe/whole.hpp>

#include <bit>
#include <cstring>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Eight bytes of which the first one is the lowest one, or the reverse.
inline std::uint64_t lowest_first(std::uint64_t bytes) {
    if constexpr (std::endian::native == std::endian::little) return bytes;
    else return __builtin_bswap64(bytes);
}

/// The bits of up to 64 pixels that are not 0. The loops have a fixed count, which compilers vectorize.
template <class T>
std::uint64_t bits_of_pixels(T const* from, index_t count) {
    std::uint8_t set[64] = {};
    if (count >= 64) {
        for (int x = 0; x < 64; ++x) set[x] = from[x] != T(0);
    } else {
        for (index_t x = 0; x < count; ++x) set[x] = from[x] != T(0);
    }
    std::uint64_t bits = 0;
    for (int part = 0; part < 8; ++part) {
        std::uint64_t eight; // bit 8 x is pixel x
        std::memcpy(&eight, set + 8 * part, 8);
        bits |= (lowest_first(eight) * 0x0102040810204080 >> 56) << (8 * part); // bit 56 + x of the product is bit 8 x
    }
    return bits;
}

/// Writes white for set bits and 0 for the others.
template <class T>
void write_pixels(std::uint64_t bits, T* to, index_t count) {
    std::uint8_t set[64];
    for (int part = 0; part < 8; ++part) {
        // Byte x of the product is all eight bits, of which only bit x is kept.
        std::uint64_t const eight = lowest_first((bits >> (8 * part) & 255) * 0x0101010101010101 & 0x8040201008040201);
        std::memcpy(set + 8 * part, &eight, 8);
    }
    if (count >= 64) {
        for (int x = 0; x < 64; ++x) to[x] = set[x] != 0 ? white<T> : T(0);
    } else {
        for (index_t x = 0; x < count; ++x) to[x] = set[x] != 0 ? white<T> : T(0);
    }
}

/// Writes white where the mask is set and 0 elsewhere.
template <class T>
void write_mask(policy_ref p, bit_image const& mask, image_view<T> out) {
    for_each_chunk(p, row_chunks(out.height()), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y)
            for (index_t x = 0; x < out.width(); x += 64)
                write_pixels(mask.row(y)[x / 64], out.row(y) + x, out.width() - x);
    });
}

/// Writes white where f(policy, mask) is set and 0 elsewhere, for the mask of the pixels that are not 0.
template <class Policy, class T, class F>
void fill_from_mask(Policy const& policy, image_view<T const> in, image_view<T> out, F const& f) {
    policy_ref const p = policy_ref::to(policy);
    index_t const width = in.width(), height = in.height();
    bit_image mask(in.size(), uninitialized);
    for_each_chunk(p, row_chunks(height), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y)
            for (index_t x = 0; x < width; x += 64) mask.row(y)[x / 64] = bits_of_pixels(in.row(y) + x, width - x);
    });
    write_mask(p, f(p, std::as_const(mask)), out);
}

} // namespace detail
QUOIN_NAMESPACE_END
