// SPDX-License-Identifier: BSL-1.0
// One pass over the rows of a strip: finds the runs of each row, and gives each run a label that joins it to the rows
// above.
#pragma once

#include <quoin/core/detail/aligned_array.hpp>
#include <quoin/label/detail/union_find.hpp>
#include <quoin/mask/runs.hpp>

#include <algorithm>
#include <utility>

#include QUOIN_COLUMNS_BACKEND
#include QUOIN_LABELS_BACKEND

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// The runs of a row, and the data that the row below needs.
class row_runs {
public:
    /// Makes this a row without runs, in a mask of this width.
    void clear(index_t width) {
        index_t const most = width / 2 + 1 + label_slack;
        index_t const words = (width / 64 / group + 1) * group;
        make_room(edges_, width + 1 + 2 * label_slack);
        make_room(first_, most);
        make_room(labels_, most);
        make_room(tags_, most);
        make_room(words_, words);
        std::fill_n(edges_.data(), 4, no_column);
        std::fill_n(words_.data(), words, ends{});
        count_ = 0;
    }

    /// Reads the runs of the row, which have no labels yet. For each run it finds the first run above that ends behind
    /// its begin, or with `Corners` at its begin or behind it.
    template <bool Corners>
    void read(std::uint64_t const* row, index_t words, row_runs const& above);

    index_t count() const { return count_; }
    /// Run j, where j < count().
    pixel_run run(index_t j) const { return {edges_.data()[2 * j], edges_.data()[2 * j + 1]}; }
    /// The arrays of the row. Four edges above all columns follow the edges, and all arrays extend by label_slack runs.
    run_row arrays() const { return {edges_.data(), first_.data(), labels_.data(), tags_.data()}; }

private:
    // Loops over this many words have a fixed length, so compilers vectorize them.
    static constexpr index_t group = 64;
    static constexpr std::int32_t no_column = -1; // the largest number when read as unsigned

    struct ends {
        std::uint64_t here; // bit x: a run ends at column x, which is the first column behind it
        label_t before;     // the number of ends in the words before
    };

    index_t count_ = 0;
    aligned_array<std::int32_t> edges_;
    aligned_array<label_t> first_;
    aligned_array<label_t> labels_;
    aligned_array<label_t> tags_;
    aligned_array<ends> words_;
};

template <bool Corners>
QUOIN_NOINLINE void row_runs::read(std::uint64_t const* row, index_t words, row_runs const& above) {
    // Unpredictable branches (which words have runs, and how many) take more time than work on empty words. So no loop
    // here depends on a single word.
    std::uint64_t word[group + 1]{}; // preceded by the last word of the previous group
    std::uint64_t change[group];     // the begins and ends of runs
    std::uint64_t end[group];
    std::int32_t active[group + 1];
    std::int32_t* edge = edges_.data();
    label_t* first = first_.data();
    label_t ended = 0;
    for (index_t start = 0; start < words; start += group) {
        index_t const used = std::min(group, words - start);
        word[0] = word[group];
        std::copy_n(row + start, used, word + 1);
        std::fill(word + 1 + used, word + 1 + group, std::uint64_t{0});
        for (index_t i = 0; i < group; ++i) {
            std::uint64_t const left = word[i + 1] << 1 | word[i] >> 63;
            change[i] = word[i + 1] ^ left;
            end[i] = left & ~word[i + 1];
        }
        index_t count = 0;
        for (index_t i = 0; i < group; ++i) {
            active[count] = static_cast<std::int32_t>(i);
            count += change[i] != 0;
            words_.data()[start + i] = {end[i], ended};
            ended += std::popcount(end[i]);
        }
        for (index_t n = 0; n < count; ++n) {
            index_t const i = active[n];
            edge = write_columns(change[i], static_cast<std::int32_t>(start + i) * 64, edge);
            ends const& up = above.words_.data()[start + i];
            first = write_ranks(change[i] & word[i + 1], Corners ? up.here << 1 : up.here, up.before, first);
        }
    }
    // A run that ends with the last word may have its end in no group.
    if ((edge - edges_.data()) % 2 != 0) *edge++ = static_cast<std::int32_t>(words * 64);
    count_ = (edge - edges_.data()) / 2;
    std::fill_n(edge, 4, no_column);
}

/// The scratch memory for the scan of a strip.
struct scan_memory {
    row_runs here;
    row_runs above;
    aligned_array<label_t> queue; ///< room for each run of a row; scan_rows and its sink use it in turn

    void clear(index_t width) {
        here.clear(width);
        above.clear(width);
        make_room(queue, width / 2 + 1 + label_slack);
    }
};

/// Gives the runs of rows [begin, end) of the mask labels 0, 1, .... Runs that are connected within those rows have
/// labels in one set of `parents`. The smallest label of a set is that of its first run. For each row, sink.row(y,
/// here, above) receives the runs and their labels, and may give them tags. For a row that is equal to the one above,
/// sink.repeat(y, above) is called instead. Returns the number of labels. Source: the run-based two-scan algorithm, in
/// which only a run that touches none above gets a new label. `memory` must be cleared for the mask's width.
template <bool Corners, class Sink>
label_t scan_rows(bit_image const& mask, index_t begin, index_t end, scan_memory& memory,
                  growing_array<label_t>& parents, Sink& sink) {
    index_t const words = mask.words_per_row();
    row_runs& here = memory.here;
    row_runs& above = memory.above;
    label_t labels = 0;
    for (index_t y = begin; y < end; ++y) {
        std::uint64_t const* const row = mask.row(y);
        if (y > begin && std::equal(row, row + words, mask.row(y - 1))) {
            sink.repeat(y, above);
            continue;
        }
        here.read<Corners>(row, words, above);
        label_t* const parent = parents.reserve(labels, index_t{labels} + here.count() + label_slack);
        run_row const runs = here.arrays();
        run_row const up = above.arrays();
        run_queue several{memory.queue.data()};
        labels = label_runs<Corners>(here.count(), runs, up, labels, parent, several);
        for (index_t n = 0; n < several.count; ++n) {
            index_t const j = several.runs[n];
            std::uint32_t const limit = static_cast<std::uint32_t>(runs.edges[2 * j + 1]) + Corners;
            index_t i = runs.first[j];
            label_t const inherited = up.label[i];
            while (static_cast<std::uint32_t>(up.edges[2 * ++i]) < limit) unite(parent, inherited, up.label[i]);
        }
        sink.row(y, here, above);
        std::swap(here, above);
    }
    return labels;
}

} // namespace detail
QUOIN_NAMESPACE_END
