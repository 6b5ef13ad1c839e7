// SPDX-License-Identifier: BSL-1.0
// The fewest rectangles of a mask of which each rank has a band.
#pragma once

#include <quoin/mpi/detail/band_labels.hpp>
#include <quoin/rect/minimum_partition.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The rectangles of a part of the mask, with coordinates and numbers of the whole one, and the proved bound on how
/// many there are too many.
struct fewest_rectangles {
    std::vector<labeled_rect> rectangles;
    index_t gap = 0;
};

/// `part` begins at the column `left` and the row `top` of the whole mask; `number` says what its components are there.
template <class Policy>
fewest_rectangles fewest_of(Policy const& inner, bit_image const& part, component_map const& map,
                            std::vector<index_t> const& number, index_t left, index_t top,
                            minimum_options const& budget) {
    minimum_walls const cut = minimum_partition(inner, part, budget);
    fewest_rectangles result{rectangles(inner, part, cut.cuts, map), cut.gap};
    for (labeled_rect& each : result.rectangles) {
        each.box.x += left;
        each.box.y += top;
        each.component = number[static_cast<std::size_t>(each.component)];
    }
    return result;
}

struct placed_run {
    std::int32_t y = 0, begin = 0, end = 0; ///< in the whole mask
};

/// The runs of the band's components that cross seams: of own ones, and of those of each of `owners`.
struct crossing_runs {
    std::vector<placed_run> own;
    std::vector<std::vector<placed_run>> others;

    crossing_runs(band_labels const& labels, std::vector<int> const& owners) : others(owners.size()) {
        component_map const& map = labels.map;
        std::vector<std::vector<placed_run>*> to(map.components.size());
        for (std::size_t id = 0; id < to.size(); ++id) {
            component const& of = map.components[id];
            if (!labels.crosses(of)) continue;
            std::ptrdiff_t const other = labels.owner_in(owners, of);
            to[id] = other < 0 ? &own : &others[static_cast<std::size_t>(other)];
        }
        for (index_t y = 0; y < map.runs.height(); ++y) {
            auto const row = static_cast<std::int32_t>(labels.rows().begin + y);
            map.for_each_run(y, [&](pixel_run run, index_t id) {
                if (auto* const runs = to[static_cast<std::size_t>(id)]) runs->push_back({row, run.begin, run.end});
            });
        }
    }
};

/// The rectangles of a rank's components that cross seams. `parts` are all of their runs.
template <class Policy>
fewest_rectangles fewest_of_crossing(Policy const& inner, band_labels const& labels,
                                     std::vector<std::vector<placed_run>> const& parts, minimum_options const& budget) {
    std::vector<index_t> number; // in raster order, which is that of the components of the mask below
    component_sums all;          // whose box counts
    for (std::size_t id = 0; id < labels.begins.size(); ++id) {
        component const& of = labels.map.components[id];
        if (!labels.begins[id] || !labels.crosses(of)) continue;
        component_sums here;
        here.add_box(static_cast<std::int32_t>(of.box.x), static_cast<std::int32_t>(of.box.y),
                     static_cast<std::int32_t>(of.box.right()), static_cast<std::int32_t>(of.box.bottom()));
        all.extend(here.reach);
        number.push_back(labels.number[id]);
    }
    if (number.empty()) return {};
    rect const box = all.box();
    bit_image mask(box.width, box.height);
    for (auto const& part : parts)
        for (placed_run const& run : part) flip_range(mask.row(run.y - box.y), run.begin - box.x, run.end - box.x);
    return fewest_of(inner, mask, components(inner, mask), number, box.x, box.y, budget);
}

/// Minimum rectangles of a rank's rows, in raster order. The components that lie in one band are cut there. The runs of
/// the others go to the ranks to which they belong, and these deal the rectangles out. That is exact, because chords of
/// two components share no point. Collective.
template <class Policy>
fewest_rectangles fewest_in_bands(Policy const& inner, process_group const& group, bit_image band,
                                  band_labels const& labels, minimum_options const& budget) {
    auto const before = [](labeled_rect const& a, labeled_rect const& b) {
        return a.box.y != b.box.y ? a.box.y < b.box.y : a.box.x < b.box.x;
    };
    std::vector<int> owners, sharers;
    std::vector<std::vector<placed_run>> runs;
    std::vector<placed_run> own;
    fewest_rectangles result;
    group.agree([&] {
        owners = labels.owners();
        sharers = labels.sharers();
        crossing_runs crossing(labels, owners);
        own = std::move(crossing.own);
        runs = std::move(crossing.others);
        flip_components(inner, band, labels.map, [&](component const& of) { return labels.crosses(of); });
        result = fewest_of(inner, band, labels.map, labels.number, 0, labels.rows().begin, budget);
    });
    std::vector<std::vector<placed_run>> received = exchange(group, owners, runs, sharers);
    std::vector<std::vector<labeled_rect>> dealt;
    auto const add = [&](auto begin, auto end) {
        auto const middle = static_cast<std::ptrdiff_t>(result.rectangles.size());
        result.rectangles.insert(result.rectangles.end(), begin, end);
        std::inplace_merge(result.rectangles.begin(), result.rectangles.begin() + middle, result.rectangles.end(),
                           before);
    };
    group.agree([&] {
        received.push_back(std::move(own));
        fewest_rectangles const crossing = fewest_of_crossing(inner, labels, received, budget);
        result.gap += crossing.gap;
        auto begin = crossing.rectangles.begin();
        auto const rows_until = [&](index_t row) {
            return std::partition_point(begin, crossing.rectangles.end(),
                                        [row](labeled_rect const& each) { return each.box.y < row; });
        };
        auto end = rows_until(labels.rows().end);
        add(begin, end);
        for (int const other : sharers) {
            begin = end;
            end = rows_until(labels.rows_of(other).end);
            dealt.emplace_back(begin, end);
        }
    });
    auto const others = exchange(group, sharers, dealt, owners);
    group.agree([&] {
        for (auto const& part : others) add(part.begin(), part.end());
    });
    return result;
}

} // namespace detail

QUOIN_NAMESPACE_END
