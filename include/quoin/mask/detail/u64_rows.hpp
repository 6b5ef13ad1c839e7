// SPDX-License-Identifier: BSL-1.0
// Arithmetic on rows of packed bits, 64 pixels at a time; shared by the segmenter's headers, not public.
#pragma once

#include <quoin/core/tuning.hpp>
#include <quoin/exec/policy.hpp>
#include <quoin/mask/bits.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Throws unless every column and row of the mask has a 32-bit number, or there are fewer still.
inline void check_sides(char const* what, extent size, index_t limit = std::numeric_limits<std::int32_t>::max()) {
    if (size.width > limit || size.height > limit)
        raise(what, ": a mask of ", size.width, " x ", size.height, " pixels; cut it into parts with no side above ",
              limit);
}

/// How rows are handed out as work. Results depend on it nowhere; it only sets the overhead of a hand-out.
constexpr chunks row_chunks(index_t height) {
    return {height, tuning::mask_rows};
}

/// Word i of the row moved by one pixel to the right: bit x is pixel x - 1.
constexpr std::uint64_t from_left(std::uint64_t const* row, index_t i) {
    return row[i] << 1 | (i > 0 ? row[i - 1] >> 63 : 0);
}

/// Word i of the row moved by one pixel to the left: bit x is pixel x + 1.
constexpr std::uint64_t from_right(std::uint64_t const* row, index_t i, index_t words) {
    return row[i] >> 1 | (i + 1 < words ? row[i + 1] << 63 : 0);
}

/// The pixels of `pass` that are reached from a seed (a subset of pass) or from the carry, which stands for a
/// pixel before bit 0, by going to higher bits inside pass; the carry becomes that for the next word. One
/// addition does it: a seed's carry ripples through the ones above it, and where a second seed stops it, that
/// seed carries on.
constexpr std::uint64_t flood_up(std::uint64_t seeds, std::uint64_t pass, std::uint64_t& carry) {
    std::uint64_t const partial = pass + seeds;
    std::uint64_t const sum = partial + carry;
    carry = static_cast<std::uint64_t>(partial < pass) | static_cast<std::uint64_t>(sum < partial);
    return ((sum ^ pass) | seeds) & pass;
}

/// flood_up towards lower bits: the carry stands for a pixel after bit 63.
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

/// out[i] = f(i) for first <= i < end. f(i) may read out[i] and no other word of it. Eight at a time, which become
/// vector instructions.
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

/// Writes row y of the mask with set and unset exchanged.
constexpr void complement_row(bit_image const& mask, index_t y, std::uint64_t* out) {
    index_t const words = mask.words_per_row();
    std::uint64_t const* const row = mask.row(y);
    write_words(out, 0, words, [=](index_t i) { return ~row[i]; });
    if (words > 0) out[words - 1] &= mask.last_word_mask();
}

/// The bits of word i that are pixels begin <= x < end, where it has any.
constexpr std::uint64_t bits_in(index_t i, index_t begin, index_t end) {
    std::uint64_t bits = ~std::uint64_t{0};
    if (i == begin / 64) bits &= ~std::uint64_t{0} << (begin % 64);
    if (i == (end - 1) / 64) bits &= ~std::uint64_t{0} >> (63 - (end - 1) % 64);
    return bits;
}

/// Whether the pixels begin <= x < end of a row all have the value.
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

/// Calls f(x) for every set bit of word i, in ascending order.
template <class F>
constexpr void for_each_bit(std::uint64_t word, index_t i, F const& f) {
    for (; word != 0; word &= word - 1) f(i * 64 + std::countr_zero(word));
}

} // namespace detail
QUOIN_NAMESPACE_END
