// SPDX-License-Identifier: BSL-1.0
// One pass over the rows of a strip: the runs of each row, and a label for each run that joins it to the
// rows above; not public.
#pragma once

#include <quoin/core/aligned_array.hpp>
#include <quoin/segment/detail/union_find.hpp>
#include <quoin/segment/detail/words.hpp>

#include <algorithm>
#include <utility>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Labels are counted in 32 bits, for one strip at a time.
using label_t = std::int32_t;

/// The columns where runs begin and end, alternating, and the label of each run.
class row_runs {
public:
    explicit row_runs(index_t width)
        : edges_(width + 2 + slack, uninitialised), labels_(width / 2 + 2, uninitialised) {
        std::fill_n(edges_.data(), 2, 0);
        *labels_.data() = 0;
    }

    std::int32_t* edges() const { return edges_.data(); }
    /// label()[-1] may be read, as may the first two edges.
    label_t* label() const { return labels_.data() + 1; }
    index_t count = 0;

    /// write_edges may write so many numbers too many.
    static constexpr index_t slack = 4;

private:
    aligned_array<std::int32_t> edges_;
    aligned_array<label_t> labels_;
};

/// Writes the columns of the bits of a word, some of them too many, and returns where the next ones go.
constexpr std::int32_t* write_columns(std::uint64_t word, index_t i, std::int32_t* out) {
    std::int32_t* const next = out + std::popcount(word);
    auto const base = static_cast<std::uint32_t>(i * 64);
    // Four at a time, since the processor guesses the length of a loop badly where every word has another.
    for (; out < next; out += 4)
        for (int k = 0; k < 4; ++k, word &= word - 1) out[k] = static_cast<std::int32_t>(base + static_cast<std::uint32_t>(std::countr_zero(word)));
    return next;
}

/// Whether two runs of rows with these edges have the same ends.
constexpr bool same_run(std::int32_t const* a, index_t i, std::int32_t const* b, index_t j) {
    return ((a[2 * i] ^ b[2 * j]) | (a[2 * i + 1] ^ b[2 * j + 1])) == 0;
}

/// Gives the runs of rows [begin, end) of the mask labels 0, 1, ..., such that runs that are connected within
/// those rows have labels in one set of `parent`; the smallest label of a set is that of its first run.
/// `parent` has room for as many labels as there are runs. Calls, row by row,
///     sink.run(y, j, i, here, above)   for each run j of the row, with the run i of the row above that it
///                                      touches first, or -1
///     sink.end_row(y, here, repeated)  repeated: the row is the same as the one above, and no run was told
/// Returns the number of labels. The run-based two-scan algorithm: a label of its own goes only to a run that
/// touches none above.
template <bool Corners, class Sink>
label_t scan_rows(bit_image const& mask, index_t begin, index_t end, label_t* parent, Sink& sink) {
    index_t const words = mask.words_per_row();
    row_runs here(mask.width());
    row_runs before(mask.width());
    aligned_array<label_t> contact(mask.width() / 2 + 1, uninitialised); // -1 between rows
    std::fill_n(contact.data(), contact.size(), label_t{-1});
    aligned_array<std::uint64_t> const nothing(words);
    std::uint64_t const* above = nothing.data();
    label_t labels = 0;

    for (index_t y = begin; y < end; ++y) {
        std::uint64_t const* const row = mask.row(y);
        if (y > begin && std::equal(row, row + words, above)) {
            sink.end_row(y, before, true);
            above = row;
            continue;
        }
        std::int32_t* edge = here.edges();
        label_t const* const label_above = before.label();
        std::uint64_t row_carry = 0; // the last bits of the words before
        std::uint64_t above_carry = 0;
        label_t row_started = -1; // the last run that has begun
        label_t above_started = -1;
        label_t last = -1; // the run whose contacts are being found
        label_t last_above = 0;
        for (index_t i = 0; i < words; ++i) {
            std::uint64_t const a = row[i];
            std::uint64_t const b = above[i];
            std::uint64_t const a_left = a << 1 | row_carry;
            std::uint64_t const b_left = b << 1 | above_carry;
            row_carry = a >> 63;
            above_carry = b >> 63;
            std::uint64_t const a_change = a ^ a_left;
            std::uint64_t const b_starts = b & ~b_left;
            // Two runs touch along one interval of columns; it is found where it begins.
            std::uint64_t touching = (a & b) & ~(a_left & b_left);
            if constexpr (Corners) touching |= a_change & (b ^ b_left) & (a ^ b);
            if ((a_change | b_starts | touching) == 0) continue;
            std::uint64_t const a_starts = a_change & a;
            edge = write_columns(a_change, i, edge);
            for (; touching != 0; touching &= touching - 1) {
                std::uint64_t const up_to = touching ^ (touching - 1);
                label_t const j = row_started + std::popcount(a_starts & up_to);
                label_t const k = above_started + std::popcount(b_starts & up_to);
                if (j == last) unite(parent, label_above[last_above], label_above[k]);
                else contact.data()[j] = k;
                last = j;
                last_above = k;
            }
            row_started += std::popcount(a_starts);
            above_started += std::popcount(b_starts);
        }
        if (row_carry != 0 && mask.width() % 64 == 0) *edge = static_cast<std::int32_t>(mask.width());
        here.count = row_started + 1;
        for (index_t j = 0; j < here.count; ++j) {
            label_t const k = std::exchange(contact.data()[j], -1);
            bool const fresh = k < 0;
            parent[labels] = labels;
            here.label()[j] = fresh ? labels : label_above[k];
            labels += fresh;
            sink.run(y, j, k, here, before);
        }
        sink.end_row(y, here, false);
        std::swap(here, before);
        above = row;
    }
    return labels;
}

} // namespace detail
QUOIN_NAMESPACE_END
