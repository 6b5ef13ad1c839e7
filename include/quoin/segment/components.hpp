// SPDX-License-Identifier: BSL-1.0
// components: the connected components of a mask, with area, bounding box and centroid, from its runs.
#pragma once

#include <quoin/segment/runs.hpp>
#include <quoin/segment/detail/union_find.hpp>

#include <algorithm>

QUOIN_NAMESPACE_BEGIN

/// Which pixels touch: `four` those that share a side, `eight` also those that share a corner.
enum class connectivity { four, eight };

/// What is known of a connected component.
struct component {
    index_t area = 0;      ///< pixels
    rect box;              ///< the smallest rectangle around them
    double centroid_x = 0; ///< the mean column of its pixels: their sum, exact in 64 bits, by the area
    double centroid_y = 0; ///< the mean row
    friend bool operator==(component const&, component const&) = default;
};

/// The components of a mask, and to which of them each of its runs belongs.
struct component_map {
    run_list runs;
    std::vector<index_t> label;        ///< for each run id the index of its component
    std::vector<component> components; ///< in raster order of each component's first pixel
};

/// The components of the set pixels of `mask`. No label image exists: work and memory are proportional to the
/// runs. Union-find over run ids with the smallest id as root, in strips of rows at the same time, then
/// across the seams (the run-based two-scan algorithm; the numbering is that of CCL_WU).
/// @throws invalid_argument for a mask with a side above 2^31 - 1 pixels.
template <policy Policy>
component_map components(Policy const& p, bit_image const& mask, connectivity c = connectivity::four);

namespace detail {

struct component_sums {
    index_t area = 0;
    index_t sum_x = 0;
    index_t sum_y = 0;
    index_t left = std::numeric_limits<index_t>::max();
    index_t right = 0;
    index_t top = 0;
    index_t bottom = 0;

    /// Adds a run of row y; rows come in ascending order.
    constexpr void add(pixel_run r, index_t y) {
        index_t const count = index_t{r.end} - r.begin;
        if (area == 0) top = y;
        area += count;
        sum_x += count * (index_t{r.begin} + r.end - 1) / 2;
        sum_y += count * y;
        left = std::min<index_t>(left, r.begin);
        right = std::max<index_t>(right, r.end);
        bottom = y + 1;
    }
    /// Adds a part that starts no higher than this one does.
    constexpr void add(component_sums const& below) {
        area += below.area;
        sum_x += below.sum_x;
        sum_y += below.sum_y;
        left = std::min(left, below.left);
        right = std::max(right, below.right);
        bottom = std::max(bottom, below.bottom);
    }
    constexpr component finish() const {
        return {area, rect{left, top, right - left, bottom - top},
                static_cast<double>(sum_x) / static_cast<double>(area),
                static_cast<double>(sum_y) / static_cast<double>(area)};
    }
};

/// Calls f(i, j) for each run i above and run j below that touch; reach is 0 for sides, 1 for corners too.
template <class F>
constexpr void for_each_contact(std::span<pixel_run const> above, std::span<pixel_run const> below, int reach,
                                F const& f) {
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < above.size() && j < below.size()) {
        if (above[i].begin - below[j].end < reach && below[j].begin - above[i].end < reach)
            f(static_cast<index_t>(i), static_cast<index_t>(j));
        (above[i].end < below[j].end ? i : j) += 1;
    }
}

/// Labels the runs of rows [begin, end) among themselves, 0, 1, ... in raster order; returns the sums of each
/// label.
inline std::vector<component_sums> label_strip(run_list const& list, index_t begin, index_t end, int reach,
                                               index_t* label) {
    index_t const origin = list.first[begin];
    index_t* const parent = label + origin;
    for (index_t i = 0; i < list.first[end] - origin; ++i) parent[i] = i;
    for (index_t y = begin + 1; y < end; ++y)
        for_each_contact(list.row(y - 1), list.row(y), reach, [&](index_t i, index_t j) {
            unite(parent, list.first[y - 1] - origin + i, list.first[y] - origin + j);
        });
    // A parent comes before its child, so labels can replace parents in place.
    std::vector<component_sums> sums;
    for (index_t y = begin; y < end; ++y)
        for (index_t id = list.first[y]; id < list.first[y + 1]; ++id) {
            index_t const i = id - origin;
            bool const root = parent[i] == i;
            parent[i] = root ? static_cast<index_t>(sums.size()) : parent[parent[i]];
            if (root) sums.emplace_back();
            sums[parent[i]].add(list.all[id], y);
        }
    return sums;
}

/// components() with strips of the given height, on which the result does not depend.
template <policy Policy>
component_map components_in_strips(Policy const& p, bit_image const& mask, connectivity c, index_t strip_height) {
    component_map result{runs(p, mask), {}, {}};
    run_list const& list = result.runs;
    int const reach = c == connectivity::eight ? 1 : 0;
    chunks const strips{mask.height(), strip_height};
    result.label.resize(list.all.size());

    std::vector<std::vector<component_sums>> sums(static_cast<std::size_t>(strips.count()));
    p.bulk(strips.count(),
           [&](index_t s) { sums[s] = label_strip(list, strips.begin(s), strips.end(s), reach, result.label.data()); });

    std::vector<index_t> offset(sums.size());
    for (std::size_t s = 0; s < sums.size(); ++s) offset[s] = static_cast<index_t>(sums[s].size());
    std::vector<index_t> parent(static_cast<std::size_t>(exclusive_scan(offset)));
    for (std::size_t i = 0; i < parent.size(); ++i) parent[i] = static_cast<index_t>(i);
    for (index_t s = 1; s < strips.count(); ++s) {
        index_t const y = strips.begin(s);
        for_each_contact(list.row(y - 1), list.row(y), reach, [&](index_t i, index_t j) {
            unite(parent.data(), offset[s - 1] + result.label[list.first[y - 1] + i],
                  offset[s] + result.label[list.first[y] + j]);
        });
    }

    std::vector<component_sums> total;
    for (std::size_t s = 0; s < sums.size(); ++s)
        for (std::size_t k = 0; k < sums[s].size(); ++k) {
            index_t const i = offset[s] + static_cast<index_t>(k);
            bool const root = parent[i] == i;
            parent[i] = root ? static_cast<index_t>(total.size()) : parent[parent[i]];
            if (root) total.push_back(sums[s][k]);
            else total[parent[i]].add(sums[s][k]);
        }

    p.bulk(strips.count(), [&](index_t s) {
        for (index_t id = list.first[strips.begin(s)]; id < list.first[strips.end(s)]; ++id)
            result.label[id] = parent[offset[s] + result.label[id]];
    });
    result.components.resize(total.size());
    for_each_chunk(p, {static_cast<index_t>(total.size()), 4096}, [&](index_t begin, index_t end) {
        for (index_t k = begin; k < end; ++k) result.components[k] = total[k].finish();
    });
    return result;
}

/// Flips, in `mask`, every run of the map whose component satisfies the predicate.
template <policy Policy, class Predicate>
void flip_components(Policy const& p, bit_image& mask, component_map const& map, Predicate const& wanted) {
    for_each_chunk(p, row_chunks(mask.height()), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y)
            for (index_t id = map.runs.first[y]; id < map.runs.first[y + 1]; ++id)
                if (wanted(map.components[map.label[id]]))
                    flip_range(mask.row(y), map.runs.all[id].begin, map.runs.all[id].end);
    });
}

} // namespace detail

template <policy Policy>
component_map components(Policy const& p, bit_image const& mask, connectivity c) {
    return detail::components_in_strips(p, mask, c, 64);
}

QUOIN_NAMESPACE_END
