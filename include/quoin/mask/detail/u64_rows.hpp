// SPDX-License-Identifier: BSL-1.0
// Functions on rows of bits, 64 pixels at a time, for masks, labels and rectangles.
#pragma once

#include <quoin/core/detail/spares.hpp>
#include <quoin/core/tuning.hpp>
#include <quoin/exec/policy.hpp>
#include <quoin/mask/bits.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Throws invalid_argument unless both sides are at most `limit`, which is 2^31 - 1 if not given.
inline void check_sides(char const* what, extent size, index_t limit = std::numeric_limits<std::int32_t>::max()) {
    if (size.width > limit || size.height > limit)
        raise(what, ": a mask of ", size.width, " x ", size.height, " pixels; cut it into parts with no side above ",
              limit);
}

/// The words of a few rows for each thread, reusable.
using row_memory = spares<aligned_array<std::uint64_t>>;

/// Gives the mask this extent. Its words are undefined if the extent changes.
inline void resize_for_use(bit_image& mask, extent size) {
    if (mask.size() != size) mask = bit_image(size, uninitialized);
}

/// The chunks of rows for a mask of this height. Results do not depend on the size of a chunk; only the overhead does.
constexpr chunks row_chunks(index_t height) {
    return {height, tuning::mask_rows};
}

/// Word i of the row shifted by one pixel to the right: bit x is pixel x - 1.
constexpr std::uint64_t from_left(std::uint64_t const* row, index_t i) {
    return row[i] << 1 | (i > 0 ? row[i - 1] >> 63 : 0);
}

/// Word i of the row shifted by one pixel to the left: bit x is pixel x + 1.
constexpr std::uint64_t from_right(std::uint64_t const* row, index_t i, index_t words) {
    return row[i] >> 1 | (i + 1 < words ? row[i + 1] << 63 : 0);
}

/// Flood fill towards higher bits. Returns the pixels of `pass` that can be reached from a seed, or from the carry,
/// over pixels of `pass`. The seeds are a subset of `pass`. The carry is the pixel before bit 0, and becomes that of
/// the next word. One addition does this: the carry of a seed ripples through the ones above it. If it stops at a
/// second seed, the carry of that seed continues.
constexpr std::uint64_t flood_up(std::uint64_t seeds, std::uint64_t pass, std::uint64_t& carry) {
    std::uint64_t const partial = pass + seeds;
    std::uint64_t const sum = partial + carry;
    carry = static_cast<std::uint64_t>(partial < pass) | static_cast<std::uint64_t>(sum < partial);
    return ((sum ^ pass) | seeds) & pass;
}

/// Flood fill towards lower bits. The carry is the pixel after bit 63.
constexpr std::uint64_t flood_down(std::uint64_t seeds, std::uint64_t pass, std::uint64_t& carry) {
    std::uint64_t reached = seeds | (carry << 63 & pass);
    if (reached != 0 && reached != pass)
        for (int step = 1; step < 64; step *= 2) {
            reached |= pass & (reached >> step);
            pass &= pass >> step;
        }
    carry = reached & 1;
    return reached;
}

/// out[i] = f(i) for first <= i < end. f(i) may read out[i] and no other word of out. The loop handles eight words at a
/// time, which compilers vectorize.
template <class F>
constexpr void write_words(std::uint64_t* out, index_t first, index_t end, F const& f) {
    index_t i = first;
    for (; i + 8 <= end; i += 8) {
        std::uint64_t word[8];
        for (int k = 0; k < 8; ++k) word[k] = f(i + k);
        for (int k = 0; k < 8; ++k) out[i + k] = word[k];
    }
    for (; i < end; ++i) out[i] = f(i);
}

/// Copies all rows of a mask to another of the same extent.
template <concepts::policy Policy>
void copy_rows(Policy const& p, bit_image const& mask, bit_image& result) {
    for_each_chunk(p, row_chunks(mask.height()),
                   [&](index_t begin, index_t end) { std::copy(mask.row(begin), mask.row(end), result.row(begin)); });
}

/// Writes the complement of row y of the mask.
constexpr void complement_row(bit_image const& mask, index_t y, std::uint64_t* out) {
    index_t const words = mask.words_per_row();
    std::uint64_t const* const row = mask.row(y);
    write_words(out, 0, words, [=](index_t i) { return ~row[i]; });
    if (words > 0) out[words - 1] &= mask.last_word_mask();
}

/// The bits of word i that are pixels begin <= x < end. The word must hold at least one of them.
constexpr std::uint64_t bits_in(index_t i, index_t begin, index_t end) {
    std::uint64_t bits = ~std::uint64_t{0};
    if (i == begin / 64) bits &= ~std::uint64_t{0} << (begin % 64);
    if (i == (end - 1) / 64) bits &= ~std::uint64_t{0} >> (63 - (end - 1) % 64);
    return bits;
}

/// Whether all pixels begin <= x < end of a row have the value.
constexpr bool uniform(std::uint64_t const* row, index_t begin, index_t end, bool value) {
    std::uint64_t const flip = value ? ~std::uint64_t{0} : 0;
    for (index_t i = begin / 64; i <= (end - 1) / 64; ++i)
        if (((row[i] ^ flip) & bits_in(i, begin, end)) != 0) return false;
    return true;
}

/// Flips the pixels begin <= x < end of a row.
constexpr void flip_range(std::uint64_t* row, index_t begin, index_t end) {
    for (index_t i = begin / 64; i <= (end - 1) / 64; ++i) row[i] ^= bits_in(i, begin, end);
}

/// Calls f(x) for every set bit of word i, in ascending order of x.
template <class F>
constexpr void for_each_bit(std::uint64_t word, index_t i, F const& f) {
    for (; word != 0; word &= word - 1) f(i * 64 + std::countr_zero(word));
}

} // namespace detail
QUOIN_NAMESPACE_END
