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

/// The columns where runs begin and end, alternating, and the label of each run.
class row_runs {
public:
    explicit row_runs(index_t width)
        : edges_(width + 2 + columns_slack, uninitialised), labels_(width / 2 + 2, uninitialised) {
        std::fill_n(edges_.data(), 2, 0);
        *labels_.data() = 0;
    }

    std::int32_t* edges() const { return edges_.data(); }
    /// label()[-1] may be read, as may the first two edges.
    label_t* label() const { return labels_.data() + 1; }
    index_t count = 0;

    /// write_edges may write so many numbers too many.

private:
    aligned_array<std::int32_t> edges_;
    aligned_array<label_t> labels_;
};

/// Writes the edges of the runs of a row, and for each run that touches runs of the row above the first of
/// those; calls join(i, k) for the others, where i and k touch the same run. Returns the number of runs.
template <bool Corners, class Join>
QUOIN_NOINLINE index_t scan_row(std::uint64_t const* row, std::uint64_t const* above, index_t words,
                                std::int32_t* edge, label_t* contact, Join const& join) {
    // What the processor cannot guess (which words have something in them, and how much) takes more time than
    // work on words in which there is nothing. So every loop here is long: over a block of words, over those
    // in which something begins or ends, over the places where runs touch.
    constexpr index_t block = 64;
    std::uint64_t a[block + 1]{}; // words of the row, behind the last one of the block before
    std::uint64_t b[block + 1]{}; // of the row above
    std::uint64_t change[block];  // where runs of the row begin and end
    std::uint64_t begins[block];  // where they begin
    std::uint64_t begins_above[block];
    std::uint64_t touching[block]; // where the interval begins along which two runs touch
    label_t before[block];         // how many runs begin in the words before
    label_t before_above[block];
    std::int32_t active[block + 1];
    std::int32_t places[block * 64 + columns_slack];
    label_t begun = 0;
    label_t begun_above = 0;
    label_t last = -1; // the run whose contacts are being found
    label_t last_above = 0;
    for (index_t start = 0; start < words; start += block) {
        index_t const count = std::min(block, words - start);
        a[0] = a[block];
        b[0] = b[block];
        std::copy_n(row + start, count, a + 1);
        std::copy_n(above + start, count, b + 1);
        std::fill(a + 1 + count, a + 1 + block, std::uint64_t{0});
        std::fill(b + 1 + count, b + 1 + block, std::uint64_t{0});
        for (index_t i = 0; i < block; ++i) {
            std::uint64_t const a_left = a[i + 1] << 1 | a[i] >> 63;
            std::uint64_t const b_left = b[i + 1] << 1 | b[i] >> 63;
            change[i] = a[i + 1] ^ a_left;
            begins[i] = a[i + 1] & ~a_left;
            begins_above[i] = b[i + 1] & ~b_left;
            touching[i] = a[i + 1] & b[i + 1] & ~(a_left & b_left);
            if constexpr (Corners) touching[i] |= change[i] & (b[i + 1] ^ b_left) & (a[i + 1] ^ b[i + 1]);
        }
        index_t used = 0;
        for (index_t i = 0; i < block; ++i) {
            active[used] = static_cast<std::int32_t>(i);
            used += (change[i] | touching[i]) != 0;
            before[i] = begun;
            before_above[i] = begun_above;
            begun += std::popcount(begins[i]);
            begun_above += std::popcount(begins_above[i]);
        }
        std::int32_t* place = places;
        for (index_t n = 0; n < used; ++n) {
            std::int32_t const i = active[n];
            edge = write_columns(change[i], static_cast<std::int32_t>(start + i) * 64, edge);
            place = write_columns(touching[i], i * 64, place);
        }
        for (std::int32_t const* at = places; at != place; ++at) {
            std::int32_t const i = *at >> 6;
            std::uint64_t const up_to = ~std::uint64_t{0} >> (~*at & 63);
            label_t const j = before[i] + std::popcount(begins[i] & up_to) - 1;
            label_t const k = before_above[i] + std::popcount(begins_above[i] & up_to) - 1;
            if (j == last) join(last_above, k);
            else contact[j] = k;
            last = j;
            last_above = k;
        }
    }
    // The end of a run that ends with the last word, where it was not in a block.
    *edge = static_cast<std::int32_t>(words * 64);
    return begun;
}

/// Gives the runs of rows [begin, end) of the mask labels 0, 1, ..., such that runs that are connected within
/// those rows have labels in one set of `parents`; the smallest label of a set is that of its first run.
/// Calls for each row
///     sink.row(y, here, above, contact)  contact[j] is the first run of the row above that run j touches, or -1
///     sink.repeat(y, here)               instead, where the row is the same as the one above
/// Returns the number of labels. The run-based two-scan algorithm: a label of its own goes only to a run that
/// touches none above.
template <bool Corners, class Sink>
label_t scan_rows(bit_image const& mask, index_t begin, index_t end, growing_array<label_t>& parents, Sink& sink) {
    index_t const words = mask.words_per_row();
    row_runs here(mask.width());
    row_runs before(mask.width());
    aligned_array<label_t> const contacts(mask.width() / 2 + 1, uninitialised);
    label_t* const contact = contacts.data();
    std::fill_n(contact, contacts.size(), label_t{-1});
    aligned_array<std::uint64_t> const nothing(words);
    std::uint64_t const* above = nothing.data();
    label_t labels = 0;
    for (index_t y = begin; y < end; ++y) {
        std::uint64_t const* const row = mask.row(y);
        if (y > begin && std::equal(row, row + words, above)) {
            sink.repeat(y, before);
        } else {
            label_t const* const label_above = before.label();
            label_t* parent = parents.data();
            here.count = scan_row<Corners>(row, above, words, here.edges(), contact, [=](label_t i, label_t k) {
                unite(parent, label_above[i], label_above[k]);
            });
            parent = parents.reserve(labels, index_t{labels} + here.count);
            label_t* const label = here.label();
            for (index_t j = 0; j < here.count; ++j) {
                label_t const inherited = label_above[contact[j]];
                bool const fresh = contact[j] < 0;
                parent[labels] = labels;
                label[j] = fresh ? labels : inherited;
                labels += fresh;
            }
            sink.row(y, here, before, contact);
            std::fill_n(contact, here.count, label_t{-1});
            std::swap(here, before);
        }
        above = row;
    }
    return labels;
}

} // namespace detail
QUOIN_NAMESPACE_END
