// SPDX-License-Identifier: BSL-1.0
// The components and the run-merge rectangles of a mask in one pass over its rows; not public.
#pragma once

#include <quoin/segment/rectangles.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// A rectangle of runs in the rows y <= row < bottom; y is that of the list in which it stands.
struct stacked_run {
    std::int32_t begin;
    std::int32_t end;
    std::int32_t bottom; ///< 0: it is the rest of a rectangle of the strip above
    label_t label;
};

/// The rectangles of a strip, in raster order.
struct stacked_runs {
    growing_array<stacked_run> all;
    std::vector<label_t> first; ///< of each row, and their number
    std::vector<label_t> last_row; ///< which rectangle each run of the last row is in
    index_t continued = 0;         ///< how many are the rest of another
};

/// Makes stacked runs out of runs.
class stacking_sink {
public:
    stacking_sink(index_t width, index_t last, stacked_runs& into)
        : into_(into), last_(last), here_(width / 2 + 2, uninitialised), above_(width / 2 + 2, uninitialised) {
        *above_.data() = 0;
        into.first.assign(1, 0);
        into.last_row.clear();
        into.continued = 0;
    }

    /// Sees the runs of one row.
    struct told {
        stacked_run* all;
        label_t next;
        std::int32_t bottom;
        label_t* in;
        label_t const* in_above;
        std::int32_t const* edge;
        std::int32_t const* edge_above;

        void operator()(index_t j, index_t i, label_t label) {
            std::int32_t const begin = edge[2 * j];
            std::int32_t const end = edge[2 * j + 1];
            label_t const old = in_above[i];
            bool const fresh = ((begin ^ edge_above[2 * i]) | (end ^ edge_above[2 * i + 1])) != 0;
            label_t const to = fresh ? next : old;
            all[next] = {begin, end, bottom, label};
            next += fresh;
            in[j] = to;
            all[to].bottom = bottom;
        }
    };
    told row(index_t y, row_runs const& here, row_runs const& above) {
        // One more than there can be: it is written before it is known whether there is one.
        label_t const next = into_.first.back();
        stacked_run* const all = into_.all.reserve(next, index_t{next} + here.count() + 1);
        return {all,          next,         static_cast<std::int32_t>(y + 1), here_.data(), above_.data(),
                here.edges(), above.edges()};
    }
    void end_row(index_t y, row_runs const& here, told const& t) {
        std::swap(here_, above_);
        end_row(y, here, t.next);
    }
    void repeat(index_t y, row_runs const& row) {
        for (index_t j = 0; j < row.count(); ++j)
            into_.all.data()[above_.data()[j]].bottom = static_cast<std::int32_t>(y + 1);
        end_row(y, row, into_.first.back());
    }

private:
    void end_row(index_t y, row_runs const& row, label_t next) {
        into_.first.push_back(next);
        if (y == last_) into_.last_row.assign(above_.data(), above_.data() + row.count());
    }

    stacked_runs& into_;
    index_t last_;
    aligned_array<label_t> here_;  // for each run the rectangle in which it is; one more may be read
    aligned_array<label_t> above_;
};

/// The parts of rectangles that a seam has cut are put together, from the last seam up.
inline void join_stacks(std::vector<strip> const& strips, std::vector<stacked_runs>& stacks) {
    for (std::size_t s = strips.size(); s-- > 1;) {
        seam_row const& upper = strips[s - 1].bottom;
        seam_row const& lower = strips[s].top;
        for_each_contact(upper.runs, lower.runs, 0, [&](index_t i, index_t j) {
            if (upper.runs[i] != lower.runs[j]) return;
            // Run j of a strip's first row began its rectangle j.
            stacks[s - 1].all.data()[stacks[s - 1].last_row[i]].bottom =
                std::exchange(stacks[s].all.data()[j].bottom, 0);
            ++stacks[s].continued;
        });
    }
}

/// What merge_runs writes down on its way, and may use again.
struct merge_memory {
    std::vector<strip> strips;
    std::vector<stacked_runs> stacks;
};

/// Sets `found` and `components` to rectangles(p, mask, run_merge(p, mask), components(p, mask)) and to those
/// components.
template <policy Policy>
void merge_runs(Policy const& p, bit_image const& mask, std::vector<rectangle>& found,
                std::vector<component>& components, merge_memory& memory, index_t strip_height = strip_rows) {
    check_sides("quoin::run_merge", mask.size());
    chunks const cut = strips_of(mask.size(), strip_height);
    auto& [strips, stacks] = memory;
    stacks.resize(static_cast<std::size_t>(cut.count()));
    scan_strips(p, mask, connectivity::four, cut, strips, [&stacks = stacks, &mask, cut](index_t s) {
        return stacking_sink(mask.width(), cut.end(s) - 1, stacks[s]);
    });
    join_stacks(strips, stacks);

    std::vector<index_t> first(stacks.size());
    for (std::size_t s = 0; s < stacks.size(); ++s) first[s] = stacks[s].first.back() - stacks[s].continued;
    resize_for_use(found, exclusive_scan(first));
    number_components(
        p, strips, strip_joints(strips, 0), components,
        [&, &strips = strips, &stacks = stacks](index_t s, index_t const* component, component_sums* sums) {
            rectangle* out = found.data() + first[s];
            stacked_run const* r = stacks[s].all.data();
            label_t const* const part = strips[s].part.data();
            for (index_t y = cut.begin(s); y < cut.end(s); ++y)
                for (stacked_run const* const end = stacks[s].all.data() + stacks[s].first[y - cut.begin(s) + 1];
                     r != end; ++r) {
                    if (r->bottom == 0) continue;
                    label_t const k = part[r->label];
                    sums[k].add_block(r->begin, static_cast<std::int32_t>(y), r->end, r->bottom);
                    *out++ = {rect{r->begin, y, index_t{r->end} - r->begin, r->bottom - y}, component[k]};
                }
        });
}

} // namespace detail
QUOIN_NAMESPACE_END
