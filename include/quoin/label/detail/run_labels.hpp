// SPDX-License-Identifier: BSL-1.0
// Labels and rectangles for the runs of a row, one by one, given the first run above each.
#pragma once

#include <quoin/core/geometry.hpp>

#include <cstdint>
#include <cstring>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// The label of a run. 32 bits suffice, because labels are counted for one strip at a time.
using label_t = std::int32_t;

/// The runs of a row. The begin and end of run j are edges[2 j] and edges[2 j + 1].
struct run_row {
    std::int32_t const* edges;
    label_t const* first; ///< for each run, the first run of the row above that ends behind its begin
    label_t* label;
    label_t* tag;
};

/// A list of the runs j that need further work.
struct run_queue {
    label_t* runs;
    index_t count = 0;
};

/// The number of elements behind the end of a row's arrays that label_runs and stack_runs may read and write.
inline constexpr index_t label_slack = 64;

/// Labels the runs [begin, end) of a row. A run that touches no run above gets a new label, from `labels` on. Any other
/// run gets the label of the first one that it touches. Runs that touch several are queued. Returns the next free
/// label.
template <bool Corners>
inline label_t label_each_run(index_t begin, index_t end, run_row const& here, run_row const& above, label_t labels,
                              label_t* parent, run_queue& several) {
    for (index_t j = begin; j < end; ++j) {
        auto const touches = [&above, limit = static_cast<std::uint32_t>(here.edges[2 * j + 1]) + Corners](index_t i) {
            return static_cast<std::uint32_t>(above.edges[2 * i]) < limit;
        };
        index_t const i = here.first[j];
        label_t const inherited = above.label[i];
        bool const fresh = !touches(i);
        parent[labels] = labels;
        here.label[j] = fresh ? labels : inherited;
        labels += fresh;
        several.runs[several.count] = static_cast<label_t>(j);
        several.count += touches(i + 1);
    }
    return labels;
}

/// The output of stacked runs, one array for each of their numbers.
struct stack_arrays {
    std::int32_t* begin;
    std::int32_t* end;
    std::int32_t* bottom;
    label_t* label;
};

/// Gives each run in [begin, end) the tag of its rectangle. A run with the same ends as the run above gets the tag of
/// that run and is queued. Any other run gets a new tag, from `next` on, and is stored. Returns the next free tag.
inline label_t stack_each_run(index_t begin, index_t end, run_row const& here, run_row const& above, label_t next,
                              std::int32_t bottom, stack_arrays const& out, run_queue& continued) {
    for (index_t j = begin; j < end; ++j) {
        index_t const i = here.first[j];
        std::uint64_t run, up;
        std::memcpy(&run, here.edges + 2 * j, sizeof run);
        std::memcpy(&up, above.edges + 2 * i, sizeof up);
        bool const fresh = run != up;
        label_t const old = above.tag[i];
        here.tag[j] = fresh ? next : old;
        out.begin[next] = here.edges[2 * j];
        out.end[next] = here.edges[2 * j + 1];
        out.bottom[next] = bottom;
        out.label[next] = here.label[j];
        next += fresh;
        continued.runs[continued.count] = static_cast<label_t>(j);
        continued.count += !fresh;
    }
    return next;
}

} // namespace detail
QUOIN_NAMESPACE_END
