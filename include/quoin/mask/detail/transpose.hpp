// SPDX-License-Identifier: BSL-1.0
// Exchanges the rows and columns of a mask, 64 x 64 pixels at a time.
#pragma once

#include <quoin/mask/detail/u64_rows.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Exchanges bit x of word y with bit y of word x, for all x and y. It exchanges quarters, then quarters of quarters.
constexpr void transpose_square(std::uint64_t (&square)[64]) {
    std::uint64_t low = 0x00000000ffffffff; // of every 2 * half bits the lower ones
    for (int half = 32; half > 0; half /= 2, low ^= low << half)
        for (int y = 0; y < 64; y = ((y | half) + 1) & ~half) {
            std::uint64_t const change = ((square[y] >> half) ^ square[y | half]) & low;
            square[y] ^= change << half;
            square[y | half] ^= change;
        }
}

template <concepts::policy Policy>
bit_image transposed(Policy const& p, bit_image const& mask) {
    bit_image result(mask.height(), mask.width());
    for_each_chunk(p, {mask.words_per_row(), 1}, [&](index_t begin, index_t end) {
        for (index_t column = begin; column < end; ++column)
            for (index_t row = 0; row < result.words_per_row(); ++row) {
                std::uint64_t square[64] = {};
                index_t const rows = std::min<index_t>(64, mask.height() - row * 64);
                index_t const columns = std::min<index_t>(64, mask.width() - column * 64);
                for (index_t y = 0; y < rows; ++y) square[y] = mask.row(row * 64 + y)[column];
                transpose_square(square);
                for (index_t x = 0; x < columns; ++x) result.row(column * 64 + x)[row] = square[x];
            }
    });
    return result;
}

} // namespace detail
QUOIN_NAMESPACE_END
