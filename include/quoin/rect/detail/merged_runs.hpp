// SPDX-License-Identifier: BSL-1.0
// The components and the run-merge rectangles of a mask in one pass over its rows, for segment and for each band of
// segment_stream.
#pragma once

#include <quoin/rect/rectangles.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// The rectangles of a strip in raster order. The position of a rectangle in the list gives its first row. It covers
/// the columns begin <= x < end up to the row before `bottom`.
struct stacked_runs {
    growing_array<std::int32_t> begin;
    growing_array<std::int32_t> end;
    growing_array<std::int32_t> bottom; ///< 0 for the rest of a rectangle of the strip above
    growing_array<label_t> label;
    std::vector<label_t> first;    ///< the first rectangle of each row, and the number of all
    std::vector<label_t> last_row; ///< the rectangle of each run of the last row
    index_t continued = 0;         ///< the number of rectangles that are the rest of another

    stack_arrays reserve(index_t used, index_t count) {
        return {begin.reserve(used, count), end.reserve(used, count), bottom.reserve(used, count),
                label.reserve(used, count)};
    }
};

/// Stacks runs to rectangles. The tag of a run is its rectangle.
class stacking_sink {
public:
    /// The queue must have room for the runs of a row.
    stacking_sink(index_t last, stacked_runs& into, label_t* queue) : into_(into), last_(last), queue_(queue) {
        into.first.assign(1, 0);
        into.last_row.clear();
        into.continued = 0;
    }

    void row(index_t y, row_runs const& here, row_runs const& above) {
        run_row const runs = here.arrays();
        label_t const next = into_.first.back();
        stack_arrays const out = into_.reserve(next, next + here.count() + label_slack);
        auto const bottom = static_cast<std::int32_t>(y + 1);
        run_queue continued{queue_};
        label_t const end = stack_runs(here.count(), runs, above.arrays(), next, bottom, out, continued);
        for (index_t n = 0; n < continued.count; ++n) out.bottom[runs.tag[continued.runs[n]]] = bottom;
        end_row(y, here, end);
    }
    void repeat(index_t y, row_runs const& row) {
        for (index_t j = 0; j < row.count(); ++j)
            into_.bottom.data()[row.arrays().tag[j]] = static_cast<std::int32_t>(y + 1);
        end_row(y, row, into_.first.back());
    }

private:
    void end_row(index_t y, row_runs const& row, label_t next) {
        into_.first.push_back(next);
        if (y == last_) into_.last_row.assign(row.arrays().tag, row.arrays().tag + row.count());
    }

    stacked_runs& into_;
    index_t last_;
    label_t* queue_;
};

/// Joins the parts of rectangles across strip boundaries, from the last boundary up.
inline void join_stacks(std::vector<strip> const& strips, std::vector<stacked_runs>& stacks) {
    for (std::size_t s = strips.size(); s-- > 1;) {
        seam_row const& upper = strips[s - 1].bottom;
        seam_row const& lower = strips[s].top;
        for_each_contact(upper.runs, lower.runs, 0, [&](index_t i, index_t j) {
            if (upper.runs[i] != lower.runs[j]) return;
            // Run j of a strip's first row began rectangle j of the strip.
            stacks[s - 1].bottom.data()[stacks[s - 1].last_row[i]] = std::exchange(stacks[s].bottom.data()[j], 0);
            ++stacks[s].continued;
        });
    }
}

/// The reusable memory of merge_runs.
struct merge_memory {
    label_memory labels;
    std::vector<stacked_runs> stacks;
    std::vector<index_t> first; ///< the first rectangle of each strip
};

/// Sets `found` to rectangles(p, m, run_merge(p, m), components(p, m, c)), and `components` to these components or to
/// their sums (see finish). m stands for the rows [cut.top, cut.top + cut.cut.n) of the mask, whose sides must be at
/// most 2^31 - 1 pixels. Rows are counted as in the mask.
template <concepts::policy Policy, class Component>
void merge_runs(Policy const& p, bit_image const& mask, row_strips cut, connectivity c,
                std::vector<labeled_rect>& found, std::vector<Component>& components, merge_memory& memory) {
    std::vector<stacked_runs>& stacks = memory.stacks;
    stacks.resize(static_cast<std::size_t>(cut.count()));
    scan_strips(p, mask, c, cut, memory.labels,
                [&](index_t s, label_t* queue) { return stacking_sink(cut.end(s) - 1, stacks[s], queue); });
    join_stacks(memory.labels.strips, stacks);

    std::vector<index_t>& first = memory.first;
    first.resize(stacks.size());
    for (std::size_t s = 0; s < stacks.size(); ++s) first[s] = stacks[s].first.back() - stacks[s].continued;
    resize_for_use(found, exclusive_scan(first));
    number_components(p, memory.labels, components, [&](index_t s, component_sums* sums) {
        labeled_rect* out = found.data() + first[s];
        stacked_runs const& from = stacks[s];
        std::int32_t const* const begin = from.begin.data();
        std::int32_t const* const end = from.end.data();
        std::int32_t const* const bottom = from.bottom.data();
        label_t const* const label = from.label.data();
        label_t const* const part = memory.labels.strips[s].part.data();
        label_t r = 0;
        for (index_t y = cut.begin(s); y < cut.end(s); ++y)
            for (label_t const last = from.first[y - cut.begin(s) + 1]; r < last;) {
                sums_of_boxes const boxes(begin + r, end + r, bottom + r, static_cast<std::int32_t>(y));
                int const count = std::min<int>(last - r, sums_of_boxes::count);
                for (int k = 0; k < count; ++k, ++r) {
                    if (bottom[r] == 0) continue;
                    component_sums& to = sums[part[label[r]]];
                    boxes.add_to(to, k);
                    *out++ = {rect{begin[r], y, index_t{end[r]} - begin[r], bottom[r] - y}, to.component};
                }
            }
    });
}

} // namespace detail
QUOIN_NAMESPACE_END
