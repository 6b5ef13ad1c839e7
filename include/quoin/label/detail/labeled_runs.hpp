// SPDX-License-Identifier: BSL-1.0
// The regions of a label image as runs, in the form of components.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/image/view.hpp>
#include <quoin/label/components.hpp>

#include <concepts>
#include <limits>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Calls f(begin, end, label) for each run of equal labels in row y, except those of label 0.
template <class Labels, class F>
void for_each_labeled_run(Labels const& labels, index_t y, F f) {
    using L = typename Labels::pixel_type;
    L label = 0;
    index_t begin = 0;
    index_t const width = labels.width();
    for (index_t x = 0; x < width; ++x) {
        L const here = labels.load(x, y);
        if (here == label) continue;
        if (label != 0) f(begin, x, label);
        label = here;
        begin = x;
    }
    if (label != 0) f(begin, width, label);
}

/// Computes area, box and centroid of each region of the map from its runs and labels. A region without runs keeps
/// zeros.
template <concepts::policy Policy>
void sum_labeled_runs(Policy const& p, component_map& map) {
    struct part {
        index_t lowest = 0; // the region of sums[0]
        std::vector<component_sums> sums;
    };
    chunks const strips{map.runs.height(), 256};
    std::vector<part> parts(static_cast<std::size_t>(strips.count()));
    p.bulk(strips.count(), [&](index_t s) {
        index_t const first = map.runs.first[strips.begin(s)], last = map.runs.first[strips.end(s)];
        if (first == last) return;
        auto const [lowest, highest] = std::minmax_element(map.label.begin() + first, map.label.begin() + last);
        part& mine = parts[static_cast<std::size_t>(s)];
        mine.lowest = *lowest;
        mine.sums.resize(static_cast<std::size_t>(*highest - *lowest + 1));
        for (index_t y = strips.begin(s); y < strips.end(s); ++y)
            map.for_each_run(y, [&](pixel_run run, index_t region) {
                auto const row = static_cast<std::int32_t>(y);
                mine.sums[region - mine.lowest].add_box(run.begin, row, run.end, row + 1);
            });
    });
    std::vector<component_sums> total;
    for (part const& each : parts) {
        std::size_t const end = static_cast<std::size_t>(each.lowest) + each.sums.size();
        if (total.size() < end) total.resize(end);
        for (std::size_t i = 0; i < each.sums.size(); ++i) total[each.lowest + i].add(each.sums[i]);
    }
    map.components.resize(total.size());
    for (std::size_t k = 0; k < total.size(); ++k)
        if (total[k].area > 0) finish(total[k], map.components[k]);
}

/// The map in which the label k + 1 is component k.
template <concepts::policy Policy, concepts::view Labels>
component_map labeled_runs(Policy const& p, Labels const& labels) {
    static_assert(std::unsigned_integral<typename Labels::pixel_type>,
                  "quoin::regionprops: the labels are not unsigned integers; give a label image, or the component_map "
                  "of a mask");
    check_sides("quoin::regionprops", {labels.width(), labels.height()});
    component_map map;
    map.runs.width = labels.width();
    std::vector<index_t>& first = map.runs.first;
    first.resize(static_cast<std::size_t>(labels.height() + 1));
    for_each_chunk(p, row_chunks(labels.height()), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y)
            for_each_labeled_run(labels, y, [&](index_t, index_t, auto) { ++first[y]; });
    });
    exclusive_scan(first);
    resize_for_use(map.runs.all, first.back());
    resize_for_use(map.label, first.back());
    for_each_chunk(p, row_chunks(labels.height()), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y)
            for_each_labeled_run(labels, y, [&, id = first[y]](index_t left, index_t right, auto label) mutable {
                map.runs.all[id] = {static_cast<std::int32_t>(left), static_cast<std::int32_t>(right)};
                map.label[id++] = static_cast<index_t>(label) - 1;
            });
    });
    sum_labeled_runs(p, map);
    return map;
}

} // namespace detail
QUOIN_NAMESPACE_END
