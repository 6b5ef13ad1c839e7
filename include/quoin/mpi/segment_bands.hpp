// SPDX-License-Identifier: BSL-1.0
// segment_bands: the components and rectangles of a mask whose rows are dealt to the ranks of a communicator.
#pragma once

#include <quoin/mask/to_bits.hpp>
#include <quoin/mpi/detail/band_seams.hpp>
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
};

namespace detail {

/// Rank 0 gets the report of every rank and makes an answer for each: answers(reports). Collective.
template <class Answer, class Report, class F>
Answer ask_first_rank(process_group const& group, Report report, F const& answers) noexcept {
    auto const bytes_of = [](auto value) {
        state_bytes written;
        written.field(value);
        return written.bytes();
    };
    auto const value_of = []<class T>(std::vector<std::byte> bytes, T value) {
        state_bytes(std::move(bytes)).field(value);
        return value;
    };
    if (group.rank() > 0) {
        send_bytes(group, bytes_of(std::move(report)), 0);
        return value_of(receive_bytes(group, 0), Answer{});
    }
    std::vector<Report> reports{std::move(report)};
    for (int r = 1; r < group.size(); ++r) reports.push_back(value_of(receive_bytes(group, r), Report{}));
    std::vector<Answer> all = answers(reports);
    for (int r = 1; r < group.size(); ++r) send_bytes(group, bytes_of(all[static_cast<std::size_t>(r)]), r);
    return std::move(all[0]);
}

/// The components of a rank's rows of a mask. Only those at a seam are spoken of.
class band_labels {
public:
    component_map map;           ///< of the band, but its components are those of the whole mask, as far as they go
    std::vector<index_t> number; ///< of each of them in the whole mask
    std::vector<bool> begins;    ///< whether its first pixel is in the band
    index_t first = 0, all = 0;  ///< the number of the first one that begins here; how many there are on all ranks

    /// Collective. `top` is the first row of the band.
    template <class Policy>
    band_labels(Policy const& inner, process_group const& group, bit_image const& band, index_t top, connectivity c) {
        band_parts parts;
        group.agree([&] {
            map = components(inner, band, c);
            add_sums(top);
            parts = parts_at_seams();
        });
        std::vector<index_t> const at_seams = parts.ids;
        auto const joined = ask_first_rank<band_numbers>(group, std::move(parts),
                                                         [c](auto const& each) { return joined_parts(each, c); });
        group.agree([&] { take(joined, at_seams); });
    }

private:
    void add_sums(index_t top) {
        sums_.resize(map.components.size());
        for (index_t y = 0; y < map.runs.height(); ++y) {
            auto const row = static_cast<std::int32_t>(top + y);
            index_t const* label = map.label.data() + map.runs.first[static_cast<std::size_t>(y)];
            for (pixel_run const& run : map.runs.row(y))
                sums_[static_cast<std::size_t>(*label++)].add_box(run.begin, row, run.end, row + 1);
        }
    }

    band_parts parts_at_seams() const {
        band_parts parts;
        parts.count = static_cast<index_t>(sums_.size());
        index_t const rows = map.runs.height();
        if (rows == 0) return parts;
        auto const labels_of = [&](index_t y) {
            return map.label.data() + map.runs.first[static_cast<std::size_t>(y)];
        };
        for (index_t const y : {index_t{0}, rows - 1})
            parts.ids.insert(parts.ids.end(), labels_of(y), labels_of(y) + map.runs.row(y).size());
        std::sort(parts.ids.begin(), parts.ids.end());
        parts.ids.erase(std::unique(parts.ids.begin(), parts.ids.end()), parts.ids.end());
        for (index_t const id : parts.ids) parts.sums.push_back(sums_[static_cast<std::size_t>(id)]);
        auto const add_row = [&](index_t y, std::vector<seam_run>& to) {
            index_t const* label = labels_of(y);
            for (pixel_run const& run : map.runs.row(y))
                to.push_back({run.begin, run.end,
                              std::lower_bound(parts.ids.begin(), parts.ids.end(), *label++) - parts.ids.begin()});
        };
        add_row(0, parts.top);
        add_row(rows - 1, parts.bottom);
        return parts;
    }

    void take(band_numbers const& joined, std::vector<index_t> const& at_seams) {
        first = joined.first;
        all = joined.all;
        std::size_t k = 0;
        index_t next = first;
        for (std::size_t id = 0; id < sums_.size(); ++id) {
            bool const at_seam = k < at_seams.size() && at_seams[k] == static_cast<index_t>(id);
            finish(at_seam ? joined.sums[k] : sums_[id], map.components[id]);
            begins.push_back(!at_seam || joined.begins[k] != 0);
            number.push_back(at_seam ? joined.number[k] : next);
            next += begins.back();
            k += at_seam;
        }
    }

    std::vector<component_sums> sums_; // of the band alone, with rows of the whole mask
};

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
        band_labels const holes(inner, group, background, mine.begin, connectivity::eight);
        flip_components(inner, band, holes.map, [&](component const& hole) {
            return hole.area <= options.fill_holes && inside.contains(hole.box);
        });
    }
    if (options.min_area > 1) {
        band_labels const labels(inner, group, band, mine.begin, connectivity::four);
        flip_components(inner, band, labels.map, [&](component const& each) { return each.area < options.min_area; });
    }
    return band;
}

} // namespace detail

/// segment() of the ranks of a communicator, for the method run_merge: `what` is a pipeline of bytes, whose pixels that
/// are not 0 are the mask. Each rank evaluates its rows of it, and cleans, labels and cuts them. Then rank 0 joins what
/// meets at the seams. The result is that of segment(policy, to_bits(policy, what), options), to the last bit, on any
/// number of ranks. Collective. Messages: for each rank one to rank 0 and one back for each step that counts pixels, of
/// the runs at its seams. Rows evaluated twice: 2 (open + close) at each side of a seam.
/// @throws invalid_argument as segment() does, and for another method.
template <class Inner, class What>
band_segmentation segment_bands(mpi<Inner> const& policy, What const& what, segment_options const& options = {}) {
    auto const p = detail::pipeline_of<typename Inner::lanes>(what);
    detail::check(options);
    detail::check_sides("quoin::segment_bands", p.size());
    if (options.method != segment_method::run_merge)
        detail::raise(
            "quoin::segment_bands: the fewest rectangles depend on all rows of a component; gather() the mask "
            "and call segment() for minimum and regularize");
    auto const& group = *policy.group();
    auto const inner = detail::policy_ref::to(policy.inner());
    index_t const top = group.rows(p.height()).begin;
    bit_image const band = detail::cleaned_band(policy, p, options);
    detail::band_labels const labels(inner, group, band, top, connectivity::four);

    band_segmentation result;
    detail::band_rectangles report;
    group.agree([&] {
        result.rectangles = rectangles(inner, band, run_merge(inner, band), labels.map);
        report = detail::rectangles_at_seams(band, labels.map.runs, result.rectangles);
    });
    auto const seams = detail::ask_first_rank<detail::band_extensions>(group, report, detail::joined_rectangles);
    group.agree([&] {
        for (std::size_t id = 0; id < labels.begins.size(); ++id)
            if (labels.begins[id]) result.components.push_back(labels.map.components[id]);
        detail::extend_rectangles(result.rectangles, seams, band.height(), top, labels.number);
    });
    result.first_component = labels.first;
    result.all_components = labels.all;
    result.first_rectangle = seams.first;
    result.all_rectangles = seams.all;
    return result;
}

QUOIN_NAMESPACE_END
