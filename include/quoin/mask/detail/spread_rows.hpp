// SPDX-License-Identifier: BSL-1.0
// Dilation and erosion by 3 x 3 pixels, and pairs of both, in one pass over the rows.
#pragma once

#include <quoin/mask/detail/u64_rows.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Bit x of out is the OR of the bits x - 1 .. x + 1 of in ^ flip that are pixels. out and in must be different memory.
constexpr void spread_row(std::uint64_t* out, std::uint64_t const* in, index_t words, std::uint64_t last_mask,
                          std::uint64_t flip) {
    auto const spread = [](std::uint64_t before, std::uint64_t here, std::uint64_t after) {
        return here | here << 1 | before >> 63 | here >> 1 | after << 63;
    };
    auto const pixels = [=](index_t i) {
        if (i < 0 || i >= words) return std::uint64_t{0};
        return (in[i] ^ flip) & (i == words - 1 ? last_mask : ~std::uint64_t{0});
    };
    auto const at_end = [=](index_t i) { return spread(pixels(i - 1), pixels(i), pixels(i + 1)); };
    index_t const inside = std::max<index_t>(1, words - 2);
    out[0] = at_end(0);
    write_words(out, 1, inside, [=](index_t i) { return spread(in[i - 1] ^ flip, in[i] ^ flip, in[i + 1] ^ flip); });
    for (index_t i = inside; i < words; ++i) out[i] = at_end(i);
    out[words - 1] &= last_mask;
}

/// Computes the rows of a dilated mask from row `first` on, or of an eroded mask if flip = ~0. The source rows are
/// in(y), and each is read once. The memory has room for three rows.
template <class In>
class spread_rows {
public:
    constexpr spread_rows(bit_image const& shape, std::uint64_t flip, index_t first, std::uint64_t* memory,
                          In const& in)
        : height_(shape.height()), words_(shape.words_per_row()), last_mask_(shape.last_word_mask()), flip_(flip),
          next_(std::max<index_t>(0, first - 1)), ring_(memory), in_(in) {}

    /// Writes row y. Each call takes the row after that of the last call.
    constexpr void write(index_t y, std::uint64_t* out) {
        index_t const above = std::max<index_t>(0, y - 1), below = std::min(height_ - 1, y + 1);
        for (; next_ <= below; ++next_) spread_row(line(next_), in_(next_), words_, last_mask_, flip_);
        std::uint64_t const* const a = line(above);
        std::uint64_t const* const b = line(y);
        std::uint64_t const* const c = line(below);
        std::uint64_t const flip = flip_;
        write_words(out, 0, words_, [=](index_t i) { return (a[i] | b[i] | c[i]) ^ flip; });
        out[words_ - 1] &= last_mask_;
    }

private:
    constexpr std::uint64_t* line(index_t y) const { return ring_ + y % 3 * words_; }

    index_t height_, words_;
    std::uint64_t last_mask_, flip_;
    index_t next_;
    std::uint64_t* ring_;
    In in_;
};

/// Sets `result` to the mask dilated by 3 x 3, or eroded if `unset`. With `back`, the opposite follows.
template <concepts::policy Policy>
void spread(Policy const& p, bit_image const& mask, bool unset, bool back, bit_image& result, row_memory& rows) {
    resize_for_use(result, mask.size());
    index_t const words = mask.words_per_row();
    std::uint64_t const flip = unset ? ~std::uint64_t{0} : 0;
    rows.prepare(p.concurrency());
    for_each_chunk(p, row_chunks(mask.height()), [&](index_t begin, index_t end) {
        rows.lend([&](aligned_array<std::uint64_t>& own) {
            make_room(own, 7 * words);
            std::uint64_t* const between = own.data() + 6 * words;
            spread_rows first(mask, flip, begin - back, own.data(), [&](index_t y) { return mask.row(y); });
            if (!back) {
                for (index_t y = begin; y < end; ++y) first.write(y, result.row(y));
            } else {
                spread_rows second(mask, ~flip, begin, own.data() + 3 * words, [&](index_t y) {
                    first.write(y, between);
                    return between;
                });
                for (index_t y = begin; y < end; ++y) second.write(y, result.row(y));
            }
        });
    });
}

} // namespace detail
QUOIN_NAMESPACE_END
