// SPDX-License-Identifier: BSL-1.0
// One pass over the rows of a strip: the runs of each row, and a label for each run that joins it to the
// rows above; not public.
#pragma once

#include <quoin/core/aligned_array.hpp>
#include <quoin/segment/detail/union_find.hpp>
#include <quoin/segment/detail/words.hpp>

#include <algorithm>
#include <utility>

#include QUOIN_COLUMNS_BACKEND

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Labels are counted in 32 bits, for one strip at a time.
using label_t = std::int32_t;

/// The runs of a row, and what the row below asks about them.
class row_runs {
public:
    /// None.
    explicit row_runs(index_t width)
        : edges_(width + 5 + columns_slack, uninitialised), labels_(width / 2 + 2, uninitialised),
          ends_((width / 64 / block + 1) * block), ended_(ends_.size()) {
        std::fill_n(edges_.data(), 4, no_column);
        *labels_.data() = 0;
    }

    /// Takes the runs of the row, which have no labels yet.
    void read(std::uint64_t const* row, index_t words);

    index_t count() const { return count_; }
    /// The columns where runs begin and end, alternating, and behind them four that are higher than all others.
    std::int32_t const* edges() const { return edges_.data(); }
    /// label()[count()] may be read.
    label_t* label() const { return labels_.data(); }

    /// How many runs end at column x or before; with `Corners`, before column x.
    template <bool Corners>
    label_t ended(std::int32_t x) const {
        std::uint64_t const columns = Corners ? (std::uint64_t{1} << (x & 63)) - 1 : ~std::uint64_t{0} >> (~x & 63);
        return ended_.data()[x >> 6] + std::popcount(ends_.data()[x >> 6] & columns);
    }

    static constexpr std::int32_t no_column = -1; // as a number without sign

private:
    // Loops over so many words have a fixed length, and become vector instructions.
    static constexpr index_t block = 64;

    index_t count_ = 0;
    aligned_array<std::int32_t> edges_;
    aligned_array<label_t> labels_;
    aligned_array<std::uint64_t> ends_; // bit x: a run ends at column x, its first one behind it
    aligned_array<label_t> ended_;      // how many in the words before
};

inline QUOIN_NOINLINE void row_runs::read(std::uint64_t const* row, index_t words) {
    // What the processor cannot guess (which words have something in them, and how much) takes more time than
    // work on words in which there is nothing. So no loop here depends on a single word.
    std::uint64_t word[block + 1]{}; // behind the last one of the block before
    std::uint64_t change[block];     // where runs begin and end
    std::int32_t active[block + 1];
    std::int32_t* edge = edges_.data();
    label_t ended = 0;
    for (index_t start = 0; start < words; start += block) {
        index_t const used = std::min(block, words - start);
        word[0] = word[block];
        std::copy_n(row + start, used, word + 1);
        std::fill(word + 1 + used, word + 1 + block, std::uint64_t{0});
        std::uint64_t* const ends = ends_.data() + start;
        for (index_t i = 0; i < block; ++i) {
            std::uint64_t const left = word[i + 1] << 1 | word[i] >> 63;
            change[i] = word[i + 1] ^ left;
            ends[i] = left & ~word[i + 1];
        }
        index_t count = 0;
        for (index_t i = 0; i < block; ++i) {
            active[count] = static_cast<std::int32_t>(i);
            count += change[i] != 0;
            ended_.data()[start + i] = ended;
            ended += std::popcount(ends[i]);
        }
        for (index_t n = 0; n < count; ++n)
            edge = write_columns(change[active[n]], static_cast<std::int32_t>(start + active[n]) * 64, edge);
    }
    // A run that ends with the last word may have an end in no block.
    if ((edge - edges_.data()) % 2 != 0) *edge++ = static_cast<std::int32_t>(words * 64);
    count_ = (edge - edges_.data()) / 2;
    std::fill_n(edge, 4, no_column);
}

/// Gives the runs of rows [begin, end) of the mask labels 0, 1, ..., such that runs that are connected within
/// those rows have labels in one set of `parents`; the smallest label of a set is that of its first run. For
/// each row sink.row(y, here, above) gives an object; told(j, i, label) tells it each run j of the row, its label, and
/// the first run i of the row above that it touches if it touches any; then sink.end_row(y, here, object). Where
/// the row is the same as the one above sink.repeat(y, here) does instead. Returns the number of labels. The
/// run-based two-scan algorithm: a label of its own goes only to a run that touches none above.
template <bool Corners, class Sink>
label_t scan_rows(bit_image const& mask, index_t begin, index_t end, growing_array<label_t>& parents, Sink& sink) {
    index_t const words = mask.words_per_row();
    row_runs here(mask.width());
    row_runs above(mask.width());
    label_t labels = 0;
    for (index_t y = begin; y < end; ++y) {
        std::uint64_t const* const row = mask.row(y);
        if (y > begin && std::equal(row, row + words, mask.row(y - 1))) {
            sink.repeat(y, above);
            continue;
        }
        here.read(row, words);
        label_t* const parent = parents.reserve(labels, index_t{labels} + here.count());
        std::int32_t const* const edge = here.edges();
        std::int32_t const* const edge_above = above.edges();
        label_t const* const label_above = above.label();
        label_t* const label = here.label();
        auto told = sink.row(y, here, above);
        for (index_t j = 0; j < here.count(); ++j) {
            auto const before_end = [&, limit = static_cast<std::uint32_t>(edge[2 * j + 1]) + Corners](index_t i) {
                return static_cast<std::uint32_t>(edge_above[2 * i]) < limit;
            };
            index_t i = above.template ended<Corners>(edge[2 * j]);
            label_t const inherited = label_above[i];
            bool const fresh = !before_end(i);
            parent[labels] = labels;
            label[j] = fresh ? labels : inherited;
            labels += fresh;
            told(j, i, label[j]);
            if (!before_end(i + 1)) continue;
            while (before_end(++i)) unite(parent, inherited, label_above[i]);
        }
        sink.end_row(y, here, told);
        std::swap(here, above);
    }
    return labels;
}

} // namespace detail
QUOIN_NAMESPACE_END
