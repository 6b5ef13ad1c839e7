// SPDX-License-Identifier: BSL-1.0
// Dilation and erosion of masks by structuring elements, 64 pixels at a time.
#pragma once

#include <quoin/core/structuring_element.hpp>
#include <quoin/mask/detail/u64_rows.hpp>

#include <vector>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// All rows of an element that have the same chord: its columns, and the rows.
struct chord_rows {
    index_t dx = 0;
    index_t length = 0;
    std::vector<index_t> dy;
};

inline std::vector<chord_rows> equal_chords(structuring_element const& element) {
    std::vector<chord_rows> result;
    for (auto const& chord : element.chords()) {
        auto const same = std::find_if(result.begin(), result.end(), [&](chord_rows const& other) {
            return other.dx == chord.dx && other.length == chord.length;
        });
        if (same != result.end()) same->dy.push_back(chord.dy);
        else result.push_back({chord.dx, chord.length, {chord.dy}});
    }
    return result;
}

/// Bits shifted towards higher x by any number of pixels, also a negative one.
struct row_shift {
    index_t words;
    int bits;

    explicit constexpr row_shift(index_t by) : words(by >> 6), bits(static_cast<int>(by & 63)) {}
    QUOIN_INLINE std::uint64_t operator()(std::uint64_t const* row, index_t i) const {
        std::uint64_t const* const at = row + i - words;
        return at[0] << bits | at[-1] >> 1 >> (63 - bits); // by 64 - bits, which may be 64
    }
};

/// Writes an element around the pixels of a row. Row k of the memory is the row with each pixel repeated 2^k times, to
/// the right. It goes on behind the width, since chords that begin left of their pixel read from there.
class chord_painter {
public:
    // Words that the longest chord reaches to either side, and the words around a row, unset ones before it.
    static constexpr index_t reach = (structuring_element::most_side + 62) / 64, frame = (reach + 8) / 8 * 8;

    chord_painter(std::vector<chord_rows> const& chords, index_t words)
        : chords_(chords), words_(words), stride_(words + 2 * frame) {
        index_t longest = 1;
        for (chord_rows const& c : chords) longest = std::max(longest, c.length);
        levels_ = level_of(longest) + 1;
    }

    index_t memory_words() const { return levels_ * stride_; }

    /// Sets, for each offset (dx, dy) of the element, pixel x + dx of row y + dy for the set pixels x of row y ^ flip,
    /// if that row is in begin <= row < end.
    void paint(bit_image const& mask, index_t y, std::uint64_t flip, index_t begin, index_t end, bit_image& result,
               std::uint64_t* memory) const {
        std::uint64_t* const single = memory + frame;
        std::uint64_t const* const row = mask.row(y);
        write_words(single, 0, words_, [=](index_t i) { return row[i] ^ flip; });
        single[words_ - 1] &= mask.last_word_mask();
        if (uniform(single, 0, mask.width(), false)) return;
        bool const full = uniform(single, 0, mask.width(), true);
        for (int k = 1; k < levels_ && !full; ++k) {
            std::uint64_t const* const from = single + (k - 1) * stride_;
            row_shift const by(index_t{1} << (k - 1));
            write_words(single + k * stride_, 0, words_ + reach, [=](index_t i) { return from[i] | by(from, i); });
        }
        std::uint64_t* rows[structuring_element::most_side];
        for (chord_rows const& chord : chords_) {
            int count = 0;
            for (index_t const dy : chord.dy)
                if (y + dy >= begin && y + dy < end) rows[count++] = result.row(y + dy);
            if (full) fill(chord, mask.width(), rows, count);
            else if (count > 0) write(chord, single, rows, count);
        }
    }

private:
    /// The greatest k with 2^k <= length.
    static int level_of(index_t length) {
        return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(length))) - 1;
    }

    /// A chord is two overlapping ones, each of a power of two.
    void write(chord_rows const& chord, std::uint64_t const* single, std::uint64_t* const* rows, int count) const {
        int const level = level_of(chord.length);
        std::uint64_t const* const from = single + level * stride_;
        row_shift const first(chord.dx), second(chord.dx + chord.length - (index_t{1} << level));
        index_t i = 0;
        for (; i + 8 <= words_; i += 8) {
            std::uint64_t word[8];
            for (int k = 0; k < 8; ++k) word[k] = first(from, i + k) | second(from, i + k);
            for (int r = 0; r < count; ++r)
                for (int k = 0; k < 8; ++k) rows[r][i + k] |= word[k];
        }
        for (; i < words_; ++i)
            for (int r = 0; r < count; ++r) rows[r][i] |= first(from, i) | second(from, i);
    }

    /// The chord around all pixels of a row.
    static void fill(chord_rows const& chord, index_t width, std::uint64_t* const* rows, int count) {
        index_t const first = std::max<index_t>(0, chord.dx),
                      end = std::min(width, width + chord.dx + chord.length - 1);
        if (first >= end) return;
        for (int r = 0; r < count; ++r)
            for (index_t i = first / 64; i <= (end - 1) / 64; ++i) rows[r][i] |= bits_in(i, first, end);
    }

    std::vector<chord_rows> const& chords_;
    index_t words_, stride_;
    int levels_;
};

/// The set pixels of the mask, each moved by all offsets of the element; the unset ones, and the complement of that, if
/// `unset`. Pixels outside the mask never grow into it.
template <concepts::policy Policy>
bit_image painted(Policy const& p, bit_image const& mask, structuring_element const& element, bool unset) {
    bit_image result(mask.size());
    if (mask.empty()) return result;
    index_t const height = mask.height();
    std::vector<chord_rows> const chords = equal_chords(element);
    chord_painter const painter(chords, mask.words_per_row());
    rect const bounds = element.bounds();
    index_t const top = bounds.y, bottom = bounds.bottom() - 1;
    std::uint64_t const flip = unset ? ~std::uint64_t{0} : 0;
    // Long strips, since each reads rows around it.
    index_t const strip = std::max<index_t>(64, (height - 1) / (p.concurrency() > 1 ? 4 * p.concurrency() : 1) + 1);
    for_each_chunk(p, {height, strip}, [&](index_t begin, index_t end) {
        aligned_array<std::uint64_t> const memory(painter.memory_words());
        index_t done = begin; // rows of the result
        auto const finish = [&](index_t to) {
            for (; done < std::min(to, end); ++done) {
                std::uint64_t* const out = result.row(done);
                if (unset) write_words(out, 0, mask.words_per_row(), [=](index_t i) { return ~out[i]; });
                out[mask.words_per_row() - 1] &= mask.last_word_mask();
            }
        };
        for (index_t y = std::max<index_t>(0, begin - bottom); y < std::min(height, end - top); ++y) {
            painter.paint(mask, y, flip, begin, end, result, memory.data());
            finish(y + top + 1);
        }
        finish(end);
    });
    return result;
}

} // namespace detail
QUOIN_NAMESPACE_END
