// SPDX-License-Identifier: BSL-1.0
// regionprops_bands: the properties of the components of a mask whose rows are dealt to the ranks of a communicator.
#pragma once

#include <quoin/label/region_properties.hpp>
#include <quoin/mpi/segment_bands.hpp>

QUOIN_NAMESPACE_BEGIN

/// What one rank has of the properties: those of the components whose first pixel lies in its rows. The lists of all
/// ranks behind each other are in the order of segment_bands().components, which have the same numbers.
struct band_regions {
    std::vector<region_properties> regions;
    index_t first = 0; ///< the number of components on the ranks before
    index_t all = 0;   ///< the number of components on all ranks
};

namespace detail {

struct numbered_sums {
    index_t number = 0; ///< of the component, in the whole mask
    region_sums sums;
};

/// The map of a band, whose rows count from 0: with boxes cut to the band, and with the whole component's centroid,
/// rounded down, from which moments are counted.
inline component_map map_of_rows(band_labels const& labels) {
    component_map map = labels.map;
    index_t const top = labels.rows().begin;
    for (component& each : map.components) {
        index_t const begin = max(each.box.y, top), end = min(each.box.bottom(), labels.rows().end);
        each.box = {each.box.x, begin - top, each.box.width, end - begin};
        each.centroid_y = static_cast<double>(static_cast<index_t>(each.centroid_y) - top);
    }
    return map;
}

/// The runs of row y of a band, with the numbers of their components.
inline std::vector<seam_run> numbered_runs(band_labels const& labels, index_t y) {
    std::vector<seam_run> result;
    labels.map.for_each_run(y, [&](pixel_run run, index_t id) {
        result.push_back({run.begin, run.end, labels.number[static_cast<std::size_t>(id)]});
    });
    return result;
}

/// Takes the pixel sides between the first row of a band and the last one of the band above off the boundaries.
inline void join_sides(band_labels const& labels, std::vector<seam_run> const& above, std::vector<region_sums>& sums) {
    component_map rows; // two, with the numbers of the whole mask
    rows.runs.first = {0};
    auto const add = [&](std::vector<seam_run> const& runs) {
        for (seam_run const& run : runs) {
            rows.runs.all.push_back({static_cast<std::int32_t>(run.begin), static_cast<std::int32_t>(run.end)});
            rows.label.push_back(run.of);
        }
        rows.runs.first.push_back(rows.runs.size());
    };
    add(above);
    add(numbered_runs(labels, 0));
    covered_pixels covered(rows, 1);
    labels.map.for_each_run(0, [&](pixel_run run, index_t id) {
        auto const i = static_cast<std::size_t>(id);
        sums[i].half_sides -= covered(run, labels.number[i]);
    });
}

/// light(add) calls add(add_pixels) with what adds the pixels of a run of the band to the intensities. Collective.
template <class Inner, class What, class Light>
band_regions regions_in_bands(mpi<Inner> const& policy, What const& what, segment_options const& steps,
                              Light const& light) {
    auto const p = pipeline_of<typename Inner::lanes>(what);
    check(steps);
    check_sides("quoin::regionprops_bands", p.size());
    auto const& group = *policy.group();
    auto const inner = policy_ref::to(policy.inner());
    bit_image const band = cleaned_band(policy, p, steps);
    band_labels const labels(inner, group, band, p.height(), connectivity::four);
    interval const mine = labels.rows();

    std::vector<region_sums> sums;
    std::vector<std::vector<seam_run>> last;
    std::vector<int> above, below, owners, sharers;
    group.agree([&] {
        light([&](auto const& add_pixels) { sums = sum_regions(inner, map_of_rows(labels), add_pixels); });
        if (mine.begin < mine.end && mine.begin > 0) above = {group.rank() - 1};
        if (mine.begin < mine.end && mine.end < p.height()) {
            below = {group.rank() + 1};
            last = {numbered_runs(labels, mine.end - mine.begin - 1)};
        }
        owners = labels.owners();
        sharers = labels.sharers();
    });
    auto const rows_above = exchange(group, below, last, above);
    std::vector<std::vector<numbered_sums>> sent(owners.size());
    std::vector<region_sums> whole;
    auto const add = [&](numbered_sums const& part) {
        whole[static_cast<std::size_t>(part.number - labels.first)].add(part.sums);
    };
    band_regions result{{}, labels.first, labels.all};
    group.agree([&] {
        if (!rows_above.empty()) join_sides(labels, rows_above[0], sums);
        whole.resize(static_cast<std::size_t>(std::count(labels.begins.begin(), labels.begins.end(), true)));
        for (std::size_t id = 0; id < sums.size(); ++id) {
            std::ptrdiff_t const other = labels.owner_in(owners, labels.map.components[id]);
            numbered_sums const part{labels.number[id], sums[id]};
            if (other < 0) add(part);
            else sent[static_cast<std::size_t>(other)].push_back(part);
        }
    });
    auto const received = exchange(group, owners, sent, sharers);
    group.agree([&] {
        for (auto const& parts : received)
            for (numbered_sums const& part : parts) add(part);
        for (std::size_t id = 0; id < labels.begins.size(); ++id)
            if (labels.begins[id])
                result.regions.push_back(finish(labels.map.components[id], whole[result.regions.size()]));
    });
    return result;
}

} // namespace detail

/// regionprops() of the ranks of a communicator: the properties of the components of a mask after the steps of
/// segment_options before the components. `what` is a pipeline of bytes, whose pixels that are not 0 are the mask. The
/// intensities are those of `image`, a pipeline of gray integers of the extent of the mask. All sums are exact, so the
/// result is that of one process, to the last bit, on any number of ranks. Collective.
///
/// Cost: that of segment_bands() without rectangles, then one pass over the runs and over the pixels in them. Each rank
/// keeps its band of the image, and sends the runs of its last row to the next one, 24 bytes for each, and 112 bytes
/// for each component that began on another rank to this one.
/// @throws invalid_argument as segment() does for the steps, or unless the image has the extent of the mask.
template <class Inner, class What>
band_regions regionprops_bands(mpi<Inner> const& policy, What const& what, segment_options const& steps = {}) {
    return detail::regions_in_bands(policy, what, steps, [](auto const& add) { add(detail::no_intensities{}); });
}
template <class Inner, class What, class Image>
    requires(!std::same_as<Image, segment_options>)
band_regions regionprops_bands(mpi<Inner> const& policy, What const& what, Image const& image,
                               segment_options const& steps = {}) {
    auto const q = detail::pipeline_of<typename Inner::lanes>(image);
    using pixels = typename std::remove_const_t<decltype(q)>::pixel_type;
    static_assert(std::integral<pixels>, "quoin::regionprops_bands: the pixels are not integers; end the pipeline with "
                                         "gray and convert_to");
    auto const p = detail::pipeline_of<typename Inner::lanes>(what);
    if (q.size() != p.size())
        detail::raise("quoin::regionprops_bands: the mask has ", p.width(), " x ", p.height(), " pixels, the image ",
                      q.width(), " x ", q.height(), "; give the image of which the mask was made");
    auto const bands = to_image(policy, q);
    return detail::regions_in_bands(policy, p, steps, [&](auto const& add) {
        auto const rows = bands.band();
        add(detail::intensities_in<std::remove_const_t<decltype(rows)>>{rows});
    });
}

QUOIN_NAMESPACE_END
