// SPDX-License-Identifier: BSL-1.0
// segment_bands: the components and rectangles of a mask whose rows are dealt to the ranks of a communicator.
#pragma once

#include <quoin/mask/to_bits.hpp>
#include <quoin/mpi/detail/minimum_bands.hpp>
#include <quoin/mpi/mpi.hpp>
#include <quoin/rect/segment.hpp>

QUOIN_NAMESPACE_BEGIN

/// What one rank has of a segmentation: the rectangles whose top-left corner lies in its rows, and the components whose
/// first pixel does. The lists of all ranks behind each other are those that segment() returns. All coordinates and
/// numbers are those of the whole mask.
struct band_segmentation {
    std::vector<labeled_rect> rectangles;
    std::vector<component> components;
    index_t first_rectangle = 0; ///< the number of rectangles on the ranks before
    index_t first_component = 0;
    index_t all_rectangles = 0; ///< the number of rectangles on all ranks
    index_t all_components = 0;
    bool optimal = false; ///< only for minimum, on all ranks together: see segmentation
    index_t gap = 0;
};

namespace detail {

/// The rows of a mask.
inline bit_image rows_of(bit_image const& mask, interval rows) {
    bit_image part(mask.width(), rows.end - rows.begin);
    for (index_t y = rows.begin; y < rows.end; ++y)
        std::copy_n(mask.row(y), mask.words_per_row(), part.row(y - rows.begin));
    return part;
}

/// What the neighbors of a band must know of its rectangles.
inline band_rectangles rectangles_at_seams(bit_image const& band, run_list const& runs,
                                           std::vector<labeled_rect> const& found) {
    band_rectangles report;
    report.count = static_cast<index_t>(found.size());
    if (band.height() == 0) return report;
    for (pixel_run const& run : runs.row(band.height() - 1)) report.bottom.push_back({run.begin, run.end, 0});
    for (labeled_rect const& each : found) {
        if (each.box.y > 0) break;
        index_t last = -1;
        if (each.box.bottom() == band.height())
            last = std::lower_bound(report.bottom.begin(), report.bottom.end(), each.box.x,
                                    [](seam_run const& run, index_t x) { return run.begin < x; }) -
                   report.bottom.begin();
        report.top.push_back({each.box.x, each.box.right(), each.box.height, last});
    }
    return report;
}

/// Makes the rectangles of a band those of the whole mask.
inline void extend_rectangles(std::vector<labeled_rect>& found, band_extensions const& seams, index_t height,
                              index_t top, std::vector<index_t> const& number) {
    std::vector<std::pair<index_t, std::size_t>> last; // the column and the index of those that reach the last row
    for (std::size_t i = 0; i < found.size(); ++i)
        if (found[i].box.bottom() == height) last.emplace_back(found[i].box.x, i);
    std::sort(last.begin(), last.end());
    for (std::size_t k = 0; k < last.size(); ++k) found[last[k].second].box.height += seams.rows[k];
    std::size_t kept = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (i < seams.goes_on.size() && seams.goes_on[i] != 0) continue;
        found[kept] = found[i];
        found[kept].box.y += top;
        found[kept].component = number[static_cast<std::size_t>(found[i].component)];
        ++kept;
    }
    found.resize(kept);
}

/// A rank's rows of the mask after the steps before the components. Collective.
template <class Inner, class Pipeline>
bit_image cleaned_band(mpi<Inner> const& policy, Pipeline const& p, segment_options const& options) {
    auto const& group = *policy.group();
    auto const inner = policy_ref::to(policy.inner());
    interval const mine = group.rows(p.height());
    // What is unknown beyond the rows spreads by the radius in each of the two steps of an opening, and of a closing.
    index_t const beyond = mine.begin < mine.end ? 2 * min(options.open + options.close, p.height()) : 0;
    interval const read{max<index_t>(0, mine.begin - beyond), min(p.height(), mine.end + beyond)};
    rect const part{0, read.begin, p.width(), read.end - read.begin};
    bit_image band, background;
    {
        fetched_rows const fetched(p, part);
        group.agree([&] {
            if (part.empty()) return void(band = bit_image(p.width(), part.height));
            bit_image const mask =
                to_bits(policy.inner(), with_rows_here(p) | crop(part.x, part.y, part.width, part.height));
            clean_memory memory;
            segment_options steps;
            steps.open = options.open;
            steps.close = options.close;
            band = rows_of(clean(inner, mask, steps, memory), {mine.begin - read.begin, mine.end - read.begin});
        });
    }
    if (options.fill_holes > 0) {
        group.agree([&] {
            background = bit_image(band.size());
            for (index_t y = 0; y < band.height(); ++y) complement_row(band, y, background.row(y));
        });
        rect const inside{1, 1, p.width() - 2, p.height() - 2};
        band_labels const holes(inner, group, background, p.height(), connectivity::eight);
        flip_components(inner, band, holes.map, [&](component const& hole) {
            return hole.area <= options.fill_holes && inside.contains(hole.box);
        });
    }
    if (options.min_area > 1) {
        band_labels const labels(inner, group, band, p.height(), connectivity::four);
        flip_components(inner, band, labels.map, [&](component const& each) { return each.area < options.min_area; });
    }
    return band;
}

} // namespace detail

/// segment() of the ranks of a communicator, for the methods run_merge and minimum: `what` is a pipeline of bytes,
/// whose pixels that are not 0 are the mask. Each rank evaluates its rows of it, and cleans, labels and cuts them. Then
/// rank 0 joins what meets at the seams. The result is that of segment(policy, to_bits(policy, what), options), to the
/// last bit, on any number of ranks. Collective. Messages: for each rank one to rank 0 and one back for each step that
/// counts pixels, of the runs at its seams. Rows evaluated twice: 2 (open + close) at each side of a seam.
///
/// For minimum, a component that lies in the rows of one rank is cut there. One that crosses seams is cut by the rank
/// in whose rows it begins, with all others that begin there and cross seams. That rank gets one message from each rank
/// to which these components come, 12 bytes for each of their runs, and sends the rectangles that begin there back. It
/// has a mask of the smallest rectangle of the image around these components. So a component that fills the image is
/// cut by one rank, in the time of one process.
///
/// The limits of options.budget are those of each search: a rank's own rows are one, and the components that cross
/// seams another. If they stop a search, the gap is that of all together, and the rectangles depend on the number of
/// ranks.
/// @throws invalid_argument as segment() does, and for regularize.
template <class Inner, class What>
band_segmentation segment_bands(mpi<Inner> const& policy, What const& what, segment_options const& options = {}) {
    auto const p = detail::pipeline_of<typename Inner::lanes>(what);
    detail::check(options);
    detail::check_sides("quoin::segment_bands", p.size());
    if (options.method == segment_method::regularize)
        detail::raise(
            "quoin::segment_bands: regularize needs the outlines of the whole mask; gather() the mask and call "
            "segment(), or take run_merge or minimum");
    auto const& group = *policy.group();
    auto const inner = detail::policy_ref::to(policy.inner());
    bit_image band = detail::cleaned_band(policy, p, options);
    detail::band_labels const labels(inner, group, band, p.height(), connectivity::four);

    band_segmentation result;
    group.agree([&] {
        for (std::size_t id = 0; id < labels.begins.size(); ++id)
            if (labels.begins[id]) result.components.push_back(labels.map.components[id]);
    });
    result.first_component = labels.first;
    result.all_components = labels.all;
    if (options.method == segment_method::minimum) {
        auto found = detail::fewest_in_bands(inner, group, std::move(band), labels, options.budget);
        result.rectangles = std::move(found.rectangles);
        index_t const counts[2] = {static_cast<index_t>(result.rectangles.size()), found.gap};
        index_t before = 0, all[2] = {};
        MPI_Exscan(counts, &before, 1, MPI_INT64_T, MPI_SUM, group.comm());
        MPI_Allreduce(counts, all, 2, MPI_INT64_T, MPI_SUM, group.comm());
        result.first_rectangle = before;
        result.all_rectangles = all[0];
        result.gap = all[1];
        result.optimal = result.gap == 0;
        return result;
    }
    detail::band_rectangles report;
    group.agree([&] {
        result.rectangles = rectangles(inner, band, run_merge(inner, band), labels.map);
        report = detail::rectangles_at_seams(band, labels.map.runs, result.rectangles);
    });
    auto const seams = detail::ask_first_rank<detail::band_extensions>(group, report, detail::joined_rectangles);
    group.agree([&] {
        detail::extend_rectangles(result.rectangles, seams, band.height(), labels.rows().begin, labels.number);
    });
    result.first_rectangle = seams.first;
    result.all_rectangles = seams.all;
    return result;
}

QUOIN_NAMESPACE_END
